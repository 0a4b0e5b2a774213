"""The one step of a summary: from the Document that parse made to a text and the result."""

from pathlib import Path

import msgspec

from axelered_box.domain import documents
from axelered_box.domain.models import Model
from axelered_box.domain.modules import OutputFile, Progress, StepMessage, StepResult
from axelered_box.modules.summarize import SummarizeOptions
from axelered_box.modules.summarize.lines import Summary
from axelered_box.modules.summarize.summary import summarize

NAME = "summary.md"


def run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    """Write the summary of a document as Markdown and return it as the result; raises Refusal and ModelFailed."""
    options = msgspec.convert(message.options, SummarizeOptions)
    document = documents.decode((folder / (message.document or "document.json")).read_bytes())
    progress.alive()
    made = summarize(document, options, model)
    (folder / message.output / NAME).write_text(_markdown(made, document.title or message.file_name), "utf-8")
    return StepResult(
        outputs=[OutputFile(role="output", name=NAME, media_type="text/markdown")], result=msgspec.to_builtins(made)
    )


def _markdown(made: Summary, title: str) -> str:
    """Return a summary as Markdown: the title, the text, the key points each with its page."""
    points = "".join(f"- {_escaped(point.text)} (p. {point.page})\n" for point in made.key_points)
    return f"# {_escaped(title)}\n\n{_escaped(made.summary)}\n" + (f"\n{points}" if points else "")


def _escaped(text: str) -> str:
    """Return a text whose marks Markdown takes for what they are."""
    for mark in "\\`*_<>[]#|":
        text = text.replace(mark, "\\" + mark)
    return text
