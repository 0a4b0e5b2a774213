"""The picture of a page, for viewers: one step that is no module of a run's."""

from pathlib import Path

from axelered_box.domain.media_types import IMAGES, PDF
from axelered_box.domain.models import Model
from axelered_box.domain.modules import OutputFile, Progress, Refusal, StepMessage, StepResult

NAME = "preview"
MIN_WIDTH, MAX_WIDTH = 16, 4000
MAX_PIXELS = 40_000_000
"""Larger images are scaled down before they are drawn."""


def run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    """Draw the step's page, ``state["width"]`` pixels wide, as ``page.png``; raises Refusal."""
    if message.media_type != PDF and message.media_type not in IMAGES:
        raise Refusal("no_page_image", "This kind of file has no printed pages, so there is no picture of them.")
    from axelered_box.formats import pages, pdf  # noqa: PLC0415  # the box never loads a parser

    number = message.step.pages[0]
    width = min(max(int(message.step.state["width"]), MIN_WIDTH), MAX_WIDTH)
    file = pages.Pages(
        folder / message.input,
        message.media_type,
        password=message.options.get("password"),
        max_pixels=MAX_PIXELS,
        jpeg_quality=95,
    )
    if not 0 <= number < file.count:
        raise Refusal("no_such_page", f"The document has {file.count} pages; there is no page {number + 1}.")
    progress.page_started(number)
    (folder / message.output / "page.png").write_bytes(pdf.draw(file.load(number), width))
    progress.page_done(number)
    return StepResult(outputs=[OutputFile(role="image", name="page.png", media_type="image/png")], result={})
