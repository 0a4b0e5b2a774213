"""Tests of `axelered_box.formats.language`."""

import pytest

from axelered_box.formats import language
from tests.samples import make


@pytest.mark.parametrize("code", ["eng", "deu", "fra"])
def test_prose_tells_its_language(code: str) -> None:
    """A few sentences are enough."""
    assert language.guess(make.PROSE[code]) == code


@pytest.mark.parametrize("text", ["", "IBAN DE02 1203 0000 0000 2020 51", "lorem ipsum dolor sit amet consectetur"])
def test_what_is_no_prose_has_no_language(text: str) -> None:
    """Numbers and unknown languages are not guessed."""
    assert language.guess(text) is None


def test_only_the_asked_languages_are_told() -> None:
    """A language that is not among those asked for is not found."""
    assert language.guess(make.PROSE["deu"], ["eng", "fra"]) is None
