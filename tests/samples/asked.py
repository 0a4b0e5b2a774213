"""Documents, tasks and a model for the tests of how the bench asks and judges."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axelered_box.domain import documents
from axelered_box.domain.documents import Block, Document, Kind, Page, Source, Word
from axelered_box.domain.models import Described, Generate, Generated
from tests.bench.pack.asked import Task
from tests.samples.models import NoModel

TEXT = {"type": "string"}


NUMBER = {"type": "number"}


DATE = {"type": "string", "format": "date"}


ROWS = {"type": "array", "items": {"type": "object", "properties": {"what": TEXT, "sum": NUMBER}}}


SCHEMA = {"type": "object", "properties": {"no": TEXT, "day": DATE, "total": NUMBER, "rows": ROWS}}


ABSTRACT = "We measured how fast rivers freeze in winter and found that broad ones take longer than narrow ones do."


def page(*words: str, number: int = 1) -> Page:
    """Return a page on which each word stands on a line of its own."""
    placed = [Word(word, 10, 20.0 * place, 60, 20.0 * place + 10) for place, word in enumerate(words)]
    return Page(number=number, width=500, height=800, source=Source.DIGITAL, quality=1, words=placed)


def paragraph(text: str, place: int = 0, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(id=f"1.{place}", kind=kind, page=1, text=text)


def document(*blocks: Block, pages: Sequence[Page] = ()) -> Document:
    return Document(page_count=1, pages=list(pages), blocks=list(blocks))


def field(path: str, **more: Any) -> dict[str, Any]:
    told = {"path": path, "status": "found", "page": 1, "bbox": [0, 0, 100, 12], "quote": "Total"}
    return told | {"confidence": {"read": 1.0, "extract": 0.95}} | more


class Writer(NoModel):
    """A model that writes one text whatever it is asked, and counts words as tokens."""

    def __init__(self, text: str, context: int = 1300) -> None:
        self.text, self.context = text, context
        self.asked: list[Generate] = []

    def describe(self) -> Described:
        return Described(name="writer", context_tokens=self.context, can_score=False)

    def generate(self, ask: Generate) -> Generated:
        self.asked.append(ask)
        return Generated(text=self.text, finished=True, prompt_tokens=7, completion_tokens=3)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def a_task(folder: Path, which: str = "extract", **options: Any) -> Task:
    file = folder / "a.document.json"
    file.write_bytes(documents.encode(document(paragraph("Invoice 12 of the ledger"))))
    return Task("a", which, str(file), "a.pdf", options or {"jsonSchema": SCHEMA})
