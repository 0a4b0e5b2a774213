"""Every error of the box has its status in one table."""

import pytest

from axelered_box.api.errors import STATUS, answer, status_of
from axelered_box.domain import errors
from axelered_box.domain.errors import BoxError, InvalidRequest, Problem


def _all(kind: type[BoxError]) -> list[type[BoxError]]:
    return [leaf for child in kind.__subclasses__() for leaf in (child, *_all(child))]


@pytest.mark.parametrize("kind", _all(BoxError))
def test_every_error_has_a_status(kind: type[BoxError]) -> None:
    """An error, or a base of it, is in the table."""
    assert any(base in STATUS for base in kind.__mro__)


def test_an_error_has_the_status_of_its_base() -> None:
    """An error that the table does not name is answered as its base is."""
    assert status_of(errors.ProviderUnavailable([])) == STATUS[InvalidRequest]


def test_inputs_are_told_without_secrets() -> None:
    """What a client sent is shown to it, except for texts that are never shown."""
    error = InvalidRequest([Problem(loc=["body"], msg="No.", input={"llmConfig": {"apiKey": "sk-1", "seed": 1}})])

    assert b'"input":{"llmConfig":{"apiKey":"sk-...","seed":1}}' in answer(error, "id").body
