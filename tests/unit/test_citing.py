"""Tests of `axelered_box.modules.citing`: words, boxes and quotes."""

import msgspec

from axelered_box.domain.documents import Page, Source, Word
from axelered_box.modules import citing
from tests.samples.typed import grid, typed


def test_a_citation_is_whole_words_and_their_box() -> None:
    """Letters within words cite the whole words; the box is around all of them."""
    document = typed("Total amount 1.500,50 EUR")
    stretch = citing.stretch(document.pages[0], (0, 4), 0)

    cited = citing.cite(document, stretch, stretch.text.index("500"), stretch.text.index("EUR") + 1)

    assert cited.quote == "1.500,50 EUR"
    assert cited.bbox == (65.0, 0.0, 125.0, 8.0)
    assert citing.supports(document, cited)


def test_lines_are_told_apart() -> None:
    """A line feed stands before a word on a new line, and a hyphen or comma does not begin one."""
    words = [
        Word("one", 0, 0, 10, 8),
        Word("-", 12, 4, 14, 4.6),
        Word("two", 16, 0, 26, 8),
        Word("three", 0, 12, 20, 20),
    ]
    page = Page(number=1, width=100, height=100, source=Source.DIGITAL, quality=1, words=words)

    assert citing.stretch(page, (0, 4), 0, lines=True).text == "one - two\nthree"


def test_what_the_page_does_not_say_has_no_support() -> None:
    """A quote, or a box, that is not that of its words is refused."""
    document = typed("Total 12.00")
    cited = citing.cite(document, citing.stretch(document.pages[0], (1, 2), 0))

    assert citing.supports(document, cited)
    assert not citing.supports(document, msgspec.structs.replace(cited, quote="13.00"))
    assert not citing.supports(document, msgspec.structs.replace(cited, bbox=(0.0, 0.0, 9.0, 9.0)))


def test_one_misread_word_spoils_the_reading() -> None:
    """The worst word counts as much as all together."""
    sure, unsure = Word("sure", 0, 0, 1, 1, 1.0), Word("what", 2, 0, 3, 1, 0.2)

    assert citing.confidence([sure]) == 1.0
    assert citing.confidence([sure, unsure]) == 0.4


def test_files_without_pages_are_cited_by_their_text() -> None:
    """There is no box, and the quote is looked for in the text."""
    document = msgspec.structs.replace(typed("Total 12.00"), pages=[])
    stretch = citing.Stretch(text="Total 12.00", page=1, block=0)

    cited = citing.cite(document, stretch, 6, 11)

    assert (cited.quote, cited.bbox) == ("12.00", None)
    assert citing.supports(document, cited)
    assert not citing.supports(grid([["a"]]), cited)
