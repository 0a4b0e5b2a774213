"""Tests of `axelered_box.formats.hyphens`."""

import pytest

from axelered_box.formats.hyphens import PLAIN, Hyphens


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("docu-", "ment", "document"),
        ("well-", "Known", "well-Known"),
        ("soft\u00ad", "ware", "software"),
        ("2019-", "2020", "2019-2020"),
        ("pp. 103\u2013", "113", "pp. 103\u2013113"),
        ("pre-", "and postwar", "pre- and postwar"),
        ("Vor-", "und Nachname", "Vor- und Nachname"),
        ("a dash \u2013", "then text", "a dash \u2013 then text"),
        ("one", "two", "one two"),
        ("", "two", "two"),
    ],
)
def test_lines_are_joined(before: str, after: str, expected: str) -> None:
    """A hyphen at a line's end goes where a word goes on in small letters, and stays elsewhere."""
    assert PLAIN.join(before, after) == expected


def test_the_document_shows_what_a_hyphen_is() -> None:
    """A word that is written elsewhere with a hyphen keeps it, one written without loses it."""
    known = Hyphens()
    known.learn(["a follow-up of the cooperation", "that was cut at co-"])

    assert known.join("the follow-", "up") == "the follow-up"
    assert known.join("their co-", "operation") == "their cooperation"


def test_the_language_shows_what_a_hyphen_is() -> None:
    """Two words of the language that make none together are a compound; parts that make a word are one."""
    known = Hyphens("eng")

    assert known.join("a high-", "level view") == "a high-level view"
    assert known.join("no under-", "standing") == "no understanding"
    assert known.join("some zzq-", "level") == "some zzqlevel"


def test_without_a_dictionary_hyphens_are_soft() -> None:
    """A language without a word list, and none at all, leave each hyphen before a small letter soft."""
    assert Hyphens("xyz").join("high-", "level") == "highlevel"
