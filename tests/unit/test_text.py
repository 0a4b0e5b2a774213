"""Tests of the readers of text: its code, its paragraphs and lists, CSV and Markdown."""

from pathlib import Path

import pytest

from axelered_box.domain.documents import Kind
from axelered_box.formats import delimited, encodings, text, unprinted
from axelered_box.formats.unprinted import Reading
from tests.samples.parsing import parse


@pytest.mark.parametrize(
    "data",
    [
        "Größe: 5 €".encode(),
        "Größe: 5 €".encode("utf-8-sig"),
        "Größe: 5 €".encode("utf-16"),
        b"\xfe\xff" + "Größe: 5 €".encode("utf-16-be"),
        "Größe: 5 €".encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "windows-1252"],
)
def test_letters_are_told_from_their_code(data: bytes) -> None:
    """Text is read in the code that it is written in."""
    assert encodings.decode(data) == ("Größe: 5 €", [])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("cp1251", "Мы рады сообщить вам, что наше предложение остаётся в силе до конца этого месяца. " * 3),
        ("cp1253", "Με χαρά σας ενημερώνουμε ότι η προσφορά μας ισχύει μέχρι το τέλος του μήνα. " * 3),
        (
            "cp1250",
            "Zgodnie z umową przesyłamy ofertę ważną do końca miesiąca. Proszę o odpowiedź, żeby złożyć zamówienie.",
        ),
        ("cp932", "お世話になっております。見積書を添付いたしますので、ご確認ください。" * 3),
        ("cp1252", "Après l'été, la société a été fermée à cause de la fête; où êtes-vous? Ça ira, très bientôt. " * 3),
    ],
)
def test_letters_speak_for_their_code(code: str, said: str) -> None:
    """A text that names no code is read in the one that its letters speak for."""
    assert encodings.decode(said.encode(code))[0] == said


def test_letters_that_cannot_be_told_are_a_warning() -> None:
    """What is in no known code is marked and told."""
    said, warnings = encodings.decode(b"a\x81b")

    assert said == "a\ufffdb"
    assert [warning.code for warning in warnings] == ["undecodable_text"]


def test_paragraphs_and_lists() -> None:
    """Blank lines part paragraphs; wrapped lines are joined, short ones kept; markers make items."""
    wrapped = "This line is long enough to have been wrapped by an editor,\nand so it goes on here."
    source = f"{wrapped}\n\nName: Ann\nCity: Bern\n\n- one\n  - two\n1) three\n"

    blocks = list(text.blocks_of_text(source))

    assert blocks[0].text.endswith("by an editor, and so it goes on here.")
    assert blocks[1].text == "Name: Ann\nCity: Bern"
    assert [(b.kind, b.level, b.marker, b.text) for b in blocks[2:]] == [
        (Kind.LIST_ITEM, 1, "-", "one"),
        (Kind.LIST_ITEM, 2, "-", "two"),
        (Kind.LIST_ITEM, 1, "1)", "three"),
    ]


def test_words_are_there_to_support_values() -> None:
    """A text's words are on its one page, and its blocks name them."""
    document = unprinted.document(Reading(blocks=list(text.blocks_of_text("First part\n\nSecond part"))))

    assert [word.text for word in document.words_of(document.blocks[1])] == ["Second", "part"]


def test_csv_is_a_table() -> None:
    """A CSV file is one table, whatever parts its values."""
    table = delimited.read("Name;Preis\nTinte;9,99\n").blocks[0].table

    assert table is not None
    assert (table.rows, table.columns) == (2, 2)
    assert [cell.text for cell in table.cells] == ["Name", "Preis", "Tinte", "9,99"]


def test_markdown_comes_out_as_it_went_in(tmp_path: Path) -> None:
    """A Markdown file is read by its marks."""
    source = (
        "# Title\n\nSome **bold** and _slanted_ and `code`.\n\n- one\n- two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n"
    )

    done = parse(source.encode(), "a.md", tmp_path)

    assert done.read("document.md") == source
    assert done.document.title == "Title"


def test_markdown_has_footnotes_and_data_before_it(tmp_path: Path) -> None:
    """Footnotes stay tied to their marks; what stands at the begin as data is no heading."""
    source = "---\nname: Report\n---\n\nSold[^a].\n\n[^a]: May\n"

    done = parse(source.encode(), "a.md", tmp_path)

    assert done.read("document.md") == "```\nname: Report\n```\n\nSold[^1].\n\n[^1]: May\n"


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    """A file without text is a document with a warning."""
    done = parse(b"", "empty.txt", tmp_path)

    assert done.read("document.md") == ""
    assert [warning.code for warning in done.document.warnings] == ["empty_document"]
