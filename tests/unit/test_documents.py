"""Tests of `axelered_box.domain.documents`."""

import json

from axelered_box.domain import documents
from axelered_box.domain.documents import Block, Cell, Document, Kind, Page, Source, Table, Word


def _document() -> Document:
    words = [Word("Total", 10.0, 10.0, 40.0, 20.0), Word("12.50", 44.0, 10.0, 70.0, 20.0, 0.91)]
    page = Page(number=2, width=595.0, height=842.0, source=Source.OCR, quality=0.95, language="eng", words=words)
    cell = Cell(row=0, column=0, text="Total 12.50", words=(0, 2), bbox=(10.0, 10.0, 70.0, 20.0))
    table = Table(rows=1, columns=1, cells=[cell])
    block = Block(id="2.1", kind=Kind.TABLE, page=2, text="Total 12.50", words=(0, 2), table=table)
    foot = Block(id="2.2", kind=Kind.PAGE_NUMBER, page=2, text="2")
    return Document(languages=["eng"], page_count=3, pages=[page], blocks=[block, foot])


def test_json_and_back() -> None:
    """A document is the same after it was written and read."""
    document = _document()

    assert documents.decode(documents.encode(document)) == document


def test_json_leaves_nothing_out_and_keeps_words_small() -> None:
    """Every member is in the JSON, by its camelCase name; a word is a list."""
    data = json.loads(documents.encode(_document()))

    assert data["pageCount"] == 3
    assert data["blocks"][0]["table"]["cells"][0]["rowSpan"] == 1
    assert data["blocks"][1]["continues"] is None
    assert data["pages"][0]["words"][1] == ["12.50", 44.0, 10.0, 70.0, 20.0, 0.91]


def test_a_block_names_its_words() -> None:
    """The words of a block are found by its page and range."""
    document = _document()

    assert [word.text for word in document.words_of(document.blocks[0])] == ["Total", "12.50"]
    assert document.words_of(document.blocks[1]) == []
    assert document.page(1) is None


def test_page_numbers_are_out_of_the_flow() -> None:
    """What repeats on each page is kept but not read."""
    assert [block.in_flow for block in _document().blocks] == [True, False]
