"""Tests of `axelered_box.modules.parse.table_joining` and of how a table in parts is written."""

import msgspec
import pytest

from axelered_box.domain.documents import Block, Cell, Document, Kind, Table
from axelered_box.formats import markup
from axelered_box.formats.table_parts import whole
from axelered_box.modules.parse.table_joining import with_table_continuations

HEAD = ["Name", "Number"]


def _table(name: str, page: int, rows: list[list[str]], lefts: tuple[float, ...] = (70, 200)) -> Block:
    """Return a table's block, its first row its heading."""
    cells = [
        Cell(
            row=row,
            column=column,
            header=row == 0,
            text=text,
            bbox=(lefts[column], 80 + 20 * row, lefts[column] + 90, 100 + 20 * row),
        )
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    table = Table(rows=len(rows), columns=len(rows[0]), header_rows=1, cells=cells)
    text = "\n".join("\t".join(row) for row in rows)
    return Block(id=name, kind=Kind.TABLE, page=page, text=text, bbox=(70, 80, 290, 200), table=table)


def _block(name: str, kind: Kind, page: int, text: str) -> Block:
    return Block(id=name, kind=kind, page=page, text=text)


FIRST = _table("1.2", 1, [HEAD, ["Anna", "1"], ["Bert", "2"]])
REST = _table("2.2", 2, [HEAD, ["Cleo", "3"]])
BARE = _table("2.2", 2, [["Cleo", "3"], ["Dora", "4"]], (72, 202))
FOOT = _block("1.3", Kind.PAGE_FOOTER, 1, "Northwind")


def _continues(*blocks: Block) -> str | None:
    return with_table_continuations(blocks)[-1].continues


@pytest.mark.parametrize(
    ("between", "rest", "expected"),
    [
        ([], REST, "1.2"),
        ([FOOT], BARE, "1.2"),
        ([_block("1.3", Kind.FOOTNOTE, 1, "a Of the year before.")], REST, "1.2"),
        ([_block("2.1", Kind.CAPTION, 2, "Table 1: Continued.")], REST, "1.2"),
        ([_block("2.1", Kind.FIGURE, 2, "")], REST, "1.2"),
        ([_block("2.1", Kind.CAPTION, 2, "Table 2: Others.")], REST, None),
        ([_block("2.1", Kind.PARAGRAPH, 2, "Now to something else.")], REST, None),
        ([], msgspec.structs.replace(REST, page=3), None),
        ([], _table("2.2", 2, [["Cleo", "3"], ["Dora", "4"]], (70, 400)), None),
        ([], _table("2.2", 2, [["Cleo", "3", "x"]], (70, 200, 300)), None),
    ],
)
def test_a_table_goes_on_at_the_top_of_the_next_page(between: list[Block], rest: Block, expected: str | None) -> None:
    """It does if it has the same columns and nothing else stands between."""
    assert _continues(FIRST, *between, rest) == expected


def test_parts_are_written_as_one_table() -> None:
    """Its heading, repeated on each page, is written once."""
    third = _table("3.1", 3, [HEAD, ["Dora", "4"]])
    blocks = with_table_continuations([FIRST, FOOT, REST, third])
    document = Document(page_count=3, pages=[], blocks=blocks)

    assert markup.markdown(document) == (
        "| Name | Number |\n| --- | --- |\n| Anna | 1 |\n| Bert | 2 |\n| Cleo | 3 |\n| Dora | 4 |\n"
    )
    assert markup.text(document) == "Name\tNumber\nAnna\t1\nBert\t2\nCleo\t3\nDora\t4\n"
    assert markup.html5(document).count("<table>") == 1
    assert markup.html5(document).count("<th>Name</th>") == 1


def test_a_row_that_a_page_break_splits_is_one_row() -> None:
    """A row without a name that begins within a sentence is the rest of the row before it."""
    first = _table("1.2", 1, [HEAD, ["Anna", "one and the instru-"]])
    rest = _table("2.1", 2, [["", "ment of two"], ["Bert", "2"]])
    document = Document(page_count=2, pages=[], blocks=with_table_continuations([first, rest]))

    assert "| Anna | one and the instrument of two |\n| Bert | 2 |" in markup.markdown(document)


def test_side_notes_do_not_part_a_table() -> None:
    """What stands beside the table's column, such as the note of a licence, does not end it; text below it does."""
    note = msgspec.structs.replace(_block("1.3", Kind.PARAGRAPH, 1, "Licence: CC BY"), bbox=(10, 300, 60, 320))
    text = msgspec.structs.replace(note, bbox=(70, 300, 290, 320))

    assert _continues(FIRST, note, REST) == "1.2"
    assert _continues(FIRST, text, REST) is None


def test_a_part_without_a_blank_column_gets_it_back() -> None:
    """A later part whose headings are the table's, but for an empty one, has its cells below them."""
    first = _table("1.2", 1, [["", *HEAD], ["Staff", "Anna", "1"]], (70, 150, 260))
    rest = _table("2.2", 2, [HEAD, ["Cleo", "3"]], (150, 260))

    first_part, second_part = with_table_continuations([first, rest])

    assert second_part.continues == "1.2"
    assert first_part.table is not None
    assert second_part.table is not None
    joined = whole(first_part.table, second_part.table)
    assert (joined.rows, joined.columns) == (3, 3)
    assert [cell.text for cell in joined.cells if cell.row == 2] == ["", "Cleo", "3"]
