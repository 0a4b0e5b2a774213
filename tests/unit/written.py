"""Documents written out as short Markdown, for tests of what is made of a document."""

import re
from pathlib import Path
from typing import Any

from axelered_box.domain import documents
from axelered_box.domain.documents import Block, Cell, Document, Kind, Page, Source, Table, Word
from axelered_box.domain.models import Described, Generate, Generated, Likelihood
from axelered_box.domain.modules import Step, StepLimits, StepMessage

_PART = re.compile(r"\n\s*\n|\n(?=[-#|])")
_STEP = 10.0
"""Width of a word, and distance of lines, in points."""


def document(text: str, language: str | None = "eng", *, printed: bool = True) -> Document:
    """Return a document of headings (#), items (-), tables (rows of |) and paragraphs; each part on a line of its page.

    A part that is ``---`` begins a new page. With `printed` every word has a box.
    """
    blocks: list[Block] = []
    words: dict[int, list[Word]] = {1: []}
    page = 1
    for part in filter(None, map(str.strip, _PART.split(text.strip()))):
        if part == "---":
            page += 1
            words[page] = []
            continue
        if part.startswith("|") and blocks and blocks[-1].kind is Kind.TABLE:
            blocks.append(
                _block(blocks.pop().text + "\n" + part, f"{page}.{len(blocks) + 1}", page, words[page], printed)
            )
        else:
            blocks.append(_block(part, f"{page}.{len(blocks) + 1}", page, words[page], printed))
    pages = [
        Page(number=number, width=600 if printed else 0, height=800, source=Source.DIGITAL, quality=1.0, words=found)
        for number, found in words.items()
    ]
    title = next((block.text for block in blocks if block.kind is Kind.HEADING), None)
    return Document(title=title, languages=[language] if language else [], page_count=page, pages=pages, blocks=blocks)


def _block(part: str, name: str, page: int, words: list[Word], printed: bool) -> Block:
    kind, level, text = Kind.PARAGRAPH, None, part
    if part.startswith("#"):
        kind, level, text = Kind.HEADING, len(part) - len(part.lstrip("#")), part.lstrip("# ")
    elif part.startswith("- "):
        kind, level, text = Kind.LIST_ITEM, 1, part[2:]
    elif part.startswith("|"):
        kind = Kind.TABLE
    range_ = _print(text.replace("|", " "), words) if printed else (0, 0)
    table = _table(text, range_, words) if kind is Kind.TABLE else None
    return Block(id=name, kind=kind, page=page, text=text, level=level, words=range_, table=table)


def _print(text: str, words: list[Word]) -> tuple[int, int]:
    """Add the words of a text to a page, in a row below the last one."""
    start, top = len(words), (words[-1].y1 if words else 0.0)
    for place, word in enumerate(text.split()):
        words.append(Word(word, place * _STEP, top, (place + 1) * _STEP, top + _STEP))
    return start, len(words)


def _table(text: str, range_: tuple[int, int], words: list[Word]) -> Table:
    cells, place = [], range_[0]
    rows = [line.strip("| ").split("|") for line in text.splitlines()]
    for row, texts in enumerate(rows):
        for column, cell in enumerate(map(str.strip, texts)):
            end = place + len(cell.split())
            cells.append(Cell(row=row, column=column, text=cell, words=(place, end) if words else (0, 0)))
            place = end
    return Table(rows=len(rows), columns=max(map(len, rows)), cells=cells)


def message(folder: Path, written: Document, module: str, options: dict[str, Any]) -> StepMessage:
    """Return the message by which a child is told to work on a document, with its work folder made."""
    (folder / "document.json").write_bytes(documents.encode(written))
    (folder / "out").mkdir()
    return StepMessage(
        module=module, step=Step(), options=options, file_name="a.pdf", media_type="application/pdf",
        document="document.json", limits=StepLimits(memory_bytes=1, max_pages=1, cpu_s=1),
    )  # fmt: skip


class Answering:
    """A model that answers from a table, and keeps what it was asked."""

    def __init__(self, name: str = "writer-8b", answers: dict[str, str] | None = None) -> None:
        self._name = name
        self._answers = answers or {}
        self.asked: list[str] = []

    def describe(self) -> Described:
        return Described(name=self._name, context_tokens=4096, can_score=False)

    def generate(self, ask: Generate) -> Generated:
        self.asked.append(ask.prompt)
        sentence = ask.prompt.partition("\n")[2]
        return Generated(text=self._answers.get(sentence, "Nothing."), finished=True)

    def score(self, shared: str, questions: Any) -> list[list[Likelihood]]:
        raise AssertionError("a summary asks for no likelihoods")

    def embed(self, texts: Any) -> None:
        return None

    def count(self, texts: Any) -> list[int]:
        return [len(text.split()) for text in texts]
