"""The modules of the box, in the order in which they work on a file."""

from axelered_box.domain.modules import Module, Run
from axelered_box.modules import classify, edit, extract, parse, preview, summarize

TABLE: dict[str, Module] = {
    module.name: module for module in (parse.MODULE, extract.MODULE, classify.MODULE, summarize.MODULE, edit.MODULE)
}


def runs() -> dict[str, Run]:
    """Return the work that a child can be asked for, by name: that of each module, and pictures of pages."""
    works = {module.name: module.run for module in TABLE.values() if module.run is not None}
    return {**works, preview.NAME: preview.run}
