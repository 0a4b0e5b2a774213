"""Tests of `axelered_box.formats.number_format`."""

import datetime as dt

import pytest

from axelered_box.formats.number_format import shown_date, shown_duration, shown_number

DAY = dt.datetime.fromisoformat("2026-11-05")


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (5, "General", "5"),
        (5.0, None, "5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1E+20"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.256, "0%", "26%"),
        (0.256, "0.0 %", "25.6 %"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5.5, "0.00", "-5.50"),
        (0, '0;-0;"none"', "none"),
        (12, "[$€-407] #,##0.00", "€ 12.00"),
        (12, '#,##0.00\\ "EUR"', "12.00 EUR"),
        (7, "000", "007"),
        (1.5, "0.##", "1.5"),
        (2.0, "0.##", "2"),
        (1234567, "0.0,,", "1.2"),
        (12345, "0.00E+00", "1.23E+04"),
        (12, "_-* #,##0.00_-", "12.00"),
        (3, '"No. "0', "No. 3"),
    ],
)
def test_numbers_have_the_form_of_their_cell(value: float, code: str | None, expected: str) -> None:
    """A number is shown as a spreadsheet shows it."""
    assert shown_number(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (DAY, "dd.mm.yyyy", "05.11.2026"),
        (DAY, "mm-dd-yy", "2026-11-05"),
        (DAY.replace(hour=14, minute=7), "m/d/yy h:mm", "2026-11-05 14:07"),
        (DAY, "d mmm yy", "5 Nov 26"),
        (DAY, "dddd, d. mmmm yyyy", "Thursday, 5. November 2026"),
        (DAY.replace(hour=14, minute=7, second=9), "h:mm:ss AM/PM", "2:07:09 PM"),
        (dt.time(9, 5), "hh:mm", "09:05"),
        (DAY, "[$-407]d. mmm;@", "5. Nov"),
        (DAY, "General", "2026-11-05"),
    ],
)
def test_dates_have_the_form_of_their_cell(value: dt.datetime | dt.time, code: str, expected: str) -> None:
    """A date is shown as a spreadsheet shows it, in ISO form where that is each country's own."""
    assert shown_date(value, code) == expected


def test_lengths_of_time_may_be_longer_than_a_day() -> None:
    """Hours are not cut at 24."""
    assert shown_duration(dt.timedelta(hours=30, minutes=5)) == "30:05:00"
