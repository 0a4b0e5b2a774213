"""Days, months and ranges are found in any order and language, and read as ISO dates."""

import pytest

from axelered_box.modules.values import Hints, all_found, read_as

ENGLISH = Hints(("eng",))
AMERICAN = Hints(("eng",), date_order="MDY", date_order_certainty=0.97)
BRITISH = Hints(("eng",), date_order="DMY", date_order_certainty=0.97)


def best(text: str, kind: str, hints: Hints) -> tuple[str, object] | None:
    """Return the words and the value of the likeliest reading of a kind."""
    found = all_found(text, hints, {kind})  # type: ignore[arg-type]  # a table's column is any string
    if not found:
        return None
    first = max(found, key=lambda value: (value.certainty, value.end - value.start))
    return text[first.start : first.end], first.value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("dated this 3rd day of August, 2009, by", "3rd day of August, 2009", "2009-08-03"),
        ("as of August 3, 2009 (the", "August 3, 2009", "2009-08-03"),
        ("on the twenty-first day of May, 1999", "twenty-first day of May, 1999", "1999-05-21"),
        ("Paris, le 1er mars 2017.", "1er mars 2017", "2017-03-01"),
        ("Facture du 02 Juillet 2015", "02 Juillet 2015", "2015-07-02"),
        ("le 14 août 2019", "14 août 2019", "2019-08-14"),
        ("le 14 aout 2019", "14 aout 2019", "2019-08-14"),
        ("31 déc. 2020", "31 déc. 2020", "2020-12-31"),
        ("Berlin, den 3. März 2021", "3. März 2021", "2021-03-03"),
        ("am 12. Dez. 2018", "12. Dez. 2018", "2018-12-12"),
        ("Datum: 03.08.09", "03.08.09", "2009-08-03"),
        ("Madrid, 5 de mayo de 2016", "5 de mayo de 2016", "2016-05-05"),
        ("12 de febrero del 2014", "12 de febrero del 2014", "2014-02-12"),
        ("Roma, 8 gennaio 2013", "8 gennaio 2013", "2013-01-08"),
        ("1º giugno 2022", "1º giugno 2022", "2022-06-01"),
        ("Factuurdatum: 19 april 2014", "19 april 2014", "2014-04-19"),
        ("9 mrt 2020", "9 mrt 2020", "2020-03-09"),
        ("Lisboa, 25 de setembro de 2011", "25 de setembro de 2011", "2011-09-25"),
        ("dnia 7 stycznia 2010 r.", "7 stycznia 2010", "2010-01-07"),
        ("2018-01-17T14:30", "2018-01-17", "2018-01-17"),
        ("2018/01/17", "2018/01/17", "2018-01-17"),
        ("17 JAN 2018", "17 JAN 2018", "2018-01-17"),
        ("17JAN2018", "17JAN2018", "2018-01-17"),
        ("17-Jan-18", "17-Jan-18", "2018-01-17"),
        ("Jan-18-2018", "Jan-18-2018", "2018-01-18"),
        ("Sept. 5, 2001", "Sept. 5, 2001", "2001-09-05"),
        ("JULY 4th 1976", "JULY 4th 1976", "1976-07-04"),
        ("31st December 2019", "31st December 2019", "2019-12-31"),
        ("3 dicembre 2019", "3 dicembre 2019", "2019-12-03"),
        ("9 December 2019", "9 December 2019", "2019-12-09"),
        ("30SEP19", "30SEP19", "2019-09-30"),
        ("30092019", "30092019", "2019-09-30"),
        ("den 5. oktober 2019", "5. oktober 2019", "2019-10-05"),
        ("25 kwietnia 2018", "25 kwietnia 2018", "2018-04-25"),
        ("15/MAR/2019", "15/MAR/2019", "2019-03-15"),
        ("at 3 people 20 March 2018", "20 March 2018", "2018-03-20"),
        ("2019 Mar 05", "2019 Mar 05", "2019-03-05"),
        ("20180117", "20180117", "2018-01-17"),
        ("2021年3月5日", "2021年3月5日", "2021-03-05"),
        ("17/01/2018 8:01 PM", "17/01/2018", "2018-01-17"),
        ("12/31/99", "12/31/99", "1999-12-31"),
        ("25 / 12 / 2016", "25 / 12 / 2016", "2016-12-25"),
        ("O3/O8/2O19", "O3/O8/2O19", "2019-08-03"),
        ("l7/01/2018", "l7/01/2018", "2018-01-17"),
    ],
)
def test_a_day_is_found_in_its_words(text: str, words: str, value: str) -> None:
    """A date is found as it is written, whatever its language, order and signs."""
    assert best(text, "date", Hints(date_order="DMY", date_order_certainty=0.97)) == (words, value)


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2019",
        "32/13/2018",
        "1.2.3",
        "10.0.0.1",
        "192.168.10.12",
        "99/99/9999",
        "3 of 2009",
        "may 2 people",
        "0800-12-3456",
    ],
)
def test_what_no_calendar_has_is_no_day(text: str) -> None:
    """Versions, addresses and impossible days are no dates."""
    assert all_found(text, ENGLISH, {"date"}) == []


def test_a_day_in_two_orders_is_found_twice() -> None:
    """Where nothing tells the order, both readings share the certainty."""
    found = all_found("03/04/2018", Hints(), {"date"})

    assert {value.value for value in found} == {"2018-04-03", "2018-03-04"}
    assert sum(value.certainty for value in found) == pytest.approx(1)


@pytest.mark.parametrize(("hints", "value"), [(AMERICAN, "2018-03-04"), (BRITISH, "2018-04-03")])
def test_the_documents_order_settles_a_day(hints: Hints, value: str) -> None:
    """The order that the document has elsewhere decides."""
    assert best("03/04/2018", "date", hints) == ("03/04/2018", value)


def test_a_time_behind_a_day_is_kept() -> None:
    """A time of day behind a date is told beside it."""
    times = [
        all_found(text, BRITISH, {"date"})[0].detail.time for text in ("17/01/2018 8:01 PM", "01.02.2020, 14:30 Uhr")
    ]

    assert times == ["20:01", "14:30"]


@pytest.mark.parametrize(
    ("text", "value", "until"),
    [
        ("01.03.2018 - 31.03.2018", "2018-03-01", "2018-03-31"),
        ("01.-31.05.2020", "2020-05-01", "2020-05-31"),
        ("01.05.14-31.05.14", "2014-05-01", "2014-05-31"),
        ("du 1er au 31 Juillet 2015", "2015-07-01", "2015-07-31"),
        ("vom 01.12. bis 31.12.2020", "2020-12-01", "2020-12-31"),
        ("from March 1, 2018 to March 31, 2018", "2018-03-01", "2018-03-31"),
        ("March 1 to March 31, 2018", "2018-03-01", "2018-03-31"),
        ("del 3 al 9 de mayo de 2016", "2016-05-03", "2016-05-09"),
        ("dal 1 gennaio 2019 al 31 dicembre 2019", "2019-01-01", "2019-12-31"),
        ("1 januari 2019 t/m 31 januari 2019", "2019-01-01", "2019-01-31"),
    ],
)
def test_a_range_has_two_ends(text: str, value: str, until: str) -> None:
    """A range of days is found with its last day."""
    found = all_found(text, BRITISH, {"date_range"})

    assert [(range_.value, range_.detail.until) for range_ in found] == [(value, until)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("March 2018", "2018-03"), ("März 2018", "2018-03"), ("03/2018", "2018-03"), ("mayo de 2020", "2020-05")],
)
def test_a_month_of_a_year_is_found(text: str, value: str) -> None:
    """A month without a day is a month."""
    assert best(text, "month", ENGLISH) == (text, value)


@pytest.mark.parametrize(
    ("text", "value"), [("I7.O1.2O18", "2018-01-17"), ("Date: 17 January 2018", "2018-01-17"), ("none", None)]
)
def test_words_known_to_be_a_day_are_read(text: str, value: str | None) -> None:
    """A field's words are read as a day, slips of a recogniser included."""
    assert read_as(text, "date", BRITISH) == value
