"""What a query says is understood, or refused by the name of the parameter."""

import pytest

from axelered_box.api.queries import Query
from axelered_box.domain.errors import InvalidRequest, MalformedBody


@pytest.mark.parametrize(("text", "expected"), [(b"", False), (b"a=TRUE", True), (b"a=1", True), (b"a=no", False)])
def test_flags(text: bytes, expected: bool) -> None:
    """Yes and no are written in the usual ways; absent is no."""
    assert Query(text).flag("a") is expected


@pytest.mark.parametrize("text", [b"a=", b"a=maybe", b"a=true&a=false"])
def test_flags_that_are_none(text: bytes) -> None:
    """What is neither yes nor no, or both, is refused."""
    with pytest.raises(InvalidRequest, match=r"query\.a"):
        Query(text).flag("a")


@pytest.mark.parametrize("text", [b"n=", b"n=inf", b"n=nan", b"n=61", b"n=-0.1", b"n=1,5"])
def test_numbers_that_are_none(text: bytes) -> None:
    """What is no number within the bounds is refused."""
    with pytest.raises(InvalidRequest, match="from 0 to 60"):
        Query(text).number("n", 0, 60)


def test_texts_are_decoded() -> None:
    """Percent signs and plus signs are read as forms write them."""
    assert Query(b"q=%C3%9Cber+uns&q=%C3%9Cber%20uns").text("q") == "Über uns"


def test_endless_queries_are_refused() -> None:
    """A query of very many parameters is not taken apart."""
    with pytest.raises(MalformedBody):
        Query(b"&".join([b"a=1"] * 1000))
