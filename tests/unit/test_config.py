"""A config that is not in order is refused by a sentence that names the member and what is allowed."""

from typing import Any

import pytest

from axelered_box.domain.errors import InvalidRequest
from axelered_box.pipeline.config import check


@pytest.mark.parametrize(
    ("config", "loc", "told"),
    [
        ({"parserConfig": {"ocr": "perhaps"}}, ["parserConfig", "ocr"], "Allowed are always, auto, never."),
        ({"parserConfig": {"noSuch": 1}}, ["parserConfig", "noSuch"], "jpegQuality"),
        ({"parserConfig": {"jpegQuality": 101}}, ["parserConfig", "jpegQuality"], "<= 100"),
        ({"noSuch": 1}, ["noSuch"], "allowed are parserConfig"),
        ({"metadata": {"a": "x" * 5000}}, ["metadata"], "at most 4096"),
        ({"summarizationConfig": {"targetLength": "epic"}}, ["summarizationConfig", "targetLength"], "short"),
        ({"editConfig": {"instructions": " "}}, ["editConfig", "instructions"], "Say what is to be changed"),
        ({"editConfig": {"operations": [{"op": "redact"}]}}, ["editConfig", "operations", 0], "Exactly one of text"),
        (
            {"editConfig": {"operations": [{"op": "shred"}]}},
            ["editConfig", "operations", 0, "op"],
            "Allowed are replaceText",
        ),
        (
            {"editConfig": {"operations": [{"op": "compress"}, {"op": "rotatePages", "degrees": 45}]}},
            ["editConfig", "operations", 1, "degrees"],
            "Allowed are 90, 180, 270.",
        ),
        (
            {"editConfig": {"operations": [{"op": "deletePages", "page": "1"}]}},
            ["editConfig", "operations", 0, "page"],
            "Allowed are op, pages.",
        ),
    ],
)
def test_a_wrong_member_is_named_with_what_is_allowed(config: dict[str, Any], loc: list[str], told: str) -> None:
    """Each problem stands at its place below the config and says what would be right."""
    with pytest.raises(InvalidRequest) as refused:
        check(config, ["body", "config"])

    (problem,) = refused.value.problems
    assert problem.loc == ["body", "config", *loc]
    assert told in problem.msg


def test_parse_counts_as_asked_for_when_nothing_else_is() -> None:
    """Without a config, and with a parserConfig, parse is what the client asked for."""
    assert check({}, []).modules == {"parse": True}
    assert check({"parserConfig": {"ocr": "never"}}, []).modules == {"parse": True}
