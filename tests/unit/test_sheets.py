"""Tests of parse on spreadsheets: Excel's, the older form, OpenDocument's."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from axelered_box.domain.modules import Refusal
from axelered_box.formats import grids
from tests.samples import office
from tests.samples.parsing import parse


def _invoice(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.title = "Invoice"
    sheet.append(["Item", "Price", "Date", "Share"])
    sheet.append(["Paper", 1234.5, dt.date(2026, 11, 5), 0.125])
    for cell, form in (("B2", '#,##0.00 "EUR"'), ("C2", "dd.mm.yyyy"), ("D2", "0.0%")):
        sheet[cell].number_format = form
    sheet["A900"].value = None
    hidden = book.create_sheet("Costs")
    hidden["A1"] = "secret"
    hidden.sheet_state = "hidden"


def test_values_are_read_as_they_are_shown(tmp_path: Path) -> None:
    """Numbers, dates and shares have the form of their cells; a hidden sheet is left out and told of."""
    done = parse(office.xlsx(_invoice), "a.xlsx", tmp_path)

    assert done.read("document.md") == (
        "## Invoice\n\n| Item | Price | Date | Share |\n| --- | --- | --- | --- |\n"
        "| Paper | 1,234.50 EUR | 05.11.2026 | 12.5% |\n"
    )
    assert [warning.code for warning in done.document.warnings] == ["hidden_part"]


def test_merged_cells_span(tmp_path: Path) -> None:
    """A merged cell spans rows and columns; what it covers is no cell."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.append(["Region", "Sales", None])
        sheet.append([None, "2025", "2026"])
        sheet.append(["North", 1, 2])
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    table = parse(office.xlsx(fill), "a.xlsx", tmp_path).document.blocks[1].table

    assert table is not None
    assert [(cell.text, cell.row_span, cell.column_span) for cell in table.cells[:4]] == [
        ("Region", 2, 1), ("Sales", 1, 2), ("2025", 1, 1), ("2026", 1, 1),
    ]  # fmt: skip


def test_islands_of_cells_are_tables_of_their_own(tmp_path: Path) -> None:
    """A title that stands alone is text; tables side by side are parted, one that goes on is not."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["B2"] = "Sales of the year"
        for row, values in enumerate([("Month", "Sum"), ("May", 3), ("June", 4)], 4):
            for column, value in enumerate(values, 2):
                sheet.cell(row, column, value)
                sheet.cell(row, column + 4, f"other {value}")
        sheet["B8"], sheet["C8"] = "Total", 7

    markdown = parse(office.xlsx(fill), "a.xlsx", tmp_path).read("document.md")

    assert markdown.startswith("## Sheet\n\nSales of the year\n\n| Month | Sum |\n")
    assert "| June | 4 |\n| Total | 7 |\n" in markdown
    assert "| other Month | other Sum |\n" in markdown


def test_comments_and_charts_are_kept(tmp_path: Path) -> None:
    """A comment says where it stands and who wrote it; a chart has its title and its series."""

    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.append(["Year", "Ducks"])
        sheet.append([2025, 12])
        sheet["B2"].comment = Comment("Counted twice", "Ann")
        chart = BarChart()
        chart.title = "Ducks by year"
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
        sheet.add_chart(chart, "D1")

    markdown = parse(office.xlsx(fill), "a.xlsx", tmp_path).read("document.md")

    assert "Ducks by year" in markdown
    assert "\\[Comment by Ann on B2: Counted twice]" in markdown or "[Comment by Ann on B2: Counted twice]" in markdown


def test_a_formula_without_its_value_is_shown_itself(tmp_path: Path) -> None:
    """A program may leave out what a formula comes to; the formula is better than nothing, and is told of."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active.append([1, 2])
        book.active.append(["=SUM(A1:B1)", 4])

    done = parse(office.xlsx(fill), "a.xlsx", tmp_path)

    assert "=SUM(A1:B1)" in done.read("document.md")
    assert [warning.code for warning in done.document.warnings] == ["formula_without_value"]


def test_a_huge_sheet_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells beyond the limit are left out with a warning."""
    monkeypatch.setattr(grids, "MAX_CELLS", 6)

    def fill(book: openpyxl.Workbook) -> None:
        for row in range(5):
            book.active.append([row, row])

    done = parse(office.xlsx(fill), "a.xlsx", tmp_path)

    assert "| 2 | 2 |" in done.read("document.md")
    assert "| 3 | 3 |" not in done.read("document.md")
    assert [warning.code for warning in done.document.warnings] == ["rows_left_out"]


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    """Empty rows and columns on the way to a cell are not made."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "near"
        book.active["XFD1048576"] = "far"

    assert parse(office.xlsx(fill), "a.xlsx", tmp_path).read("document.md") == "## Sheet\n\nnear\n\nfar\n"


def test_the_older_form_is_read(tmp_path: Path) -> None:
    """A workbook of the binary form gives the same as the newer one."""
    done = parse(office.xls([["Item", "Price"], ["Ink", 9.5]]), "a.xls", tmp_path)

    assert done.read("document.md") == "## Prices\n\n| Item | Price |\n| --- | --- |\n| Ink | 9.50 |\n"


def test_a_locked_workbook_needs_its_password(tmp_path: Path) -> None:
    """An encrypted file is refused without its password, and with a wrong one, and read with the right one."""
    data = office.locked(office.xlsx(_invoice), "sesame")

    with pytest.raises(Refusal) as missing:
        parse(data, "a.xlsx", tmp_path)
    with pytest.raises(Refusal) as wrong:
        parse(data, "a.xlsx", tmp_path, {"password": "guess"})
    done = parse(data, "a.xlsx", tmp_path, {"password": "sesame"})

    assert (missing.value.failure.code, wrong.value.failure.code) == ("password_required", "password_wrong")
    assert "| Paper |" in done.read("document.md")


def test_an_opendocument_sheet_is_read(tmp_path: Path) -> None:
    """Values are those that the file says are shown; what is repeated to fill the sheet is not read."""
    rows = (
        "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Sales</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell><text:p>May</text:p></table:table-cell>"
        "<table:table-cell office:value-type='currency' office:value='3.5'><text:p>3,50 €</text:p></table:table-cell>"
        "</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048573'><table:table-cell table:number-columns-repeated='1024'/>"
        "</table:table-row>"
    )
    hidden = (
        "<style:style style:name='h' style:family='table'><style:table-properties table:display='false'/></style:style>"
    )
    body = f"<table:table table:name='One'>{rows}</table:table>" + (
        "<table:table table:name='Two' table:style-name='h'><table:table-row><table:table-cell><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )

    done = parse(office.opendocument("spreadsheet", body, hidden), "a.ods", tmp_path)

    table = done.document.blocks[1].table
    assert table is not None
    assert (table.rows, table.columns, [cell.text for cell in table.cells]) == (
        3, 2, ["Sales", "May", "3,50 €", "May", "3,50 €"],
    )  # fmt: skip
    assert [warning.code for warning in done.document.warnings] == ["hidden_part"]


@pytest.mark.parametrize("cut", [200, 900])
def test_a_damaged_workbook_is_refused(tmp_path: Path, cut: int) -> None:
    """A file that was cut off is refused, whatever is left of it."""
    for data, name in ((office.xlsx(_invoice), "a.xlsx"), (office.xls([["a", 1.0]]), "a.xls")):
        with pytest.raises(Refusal) as caught:
            parse(data[:cut], name, tmp_path)

        assert caught.value.failure.code == "corrupt_document"
