"""What the manual says of edit is so: its sentences are understood, and it has each operation with its members."""

import re

import msgspec
import pytest

from axelered_box.domain.edits import AnyOperation, to_json
from tests.unit.test_edit_words import planned
from tests.unit.test_manual import page

PAGE = page("edit.md")
OPERATIONS = PAGE.partition("## Operations")[2].partition("## Instructions")[0]
TABLE = PAGE.partition("## Instructions")[2].partition("## What redaction")[0]
SENTENCES = [text for line in TABLE.splitlines() if line.startswith("|") for text in re.findall(r"`([^`]+)`", line)]
FOR_WORD = re.compile(r"\brow\b|changes|Änderungen|Absatz")


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_of_the_manual_is_understood(text: str) -> None:
    assert planned(text, "docx" if FOR_WORD.search(text) else "pdf")


@pytest.mark.parametrize("kind", AnyOperation.__args__, ids=lambda kind: kind.__name__)
def test_an_operation_is_in_the_manual_with_its_members_and_kinds(kind: type) -> None:
    name = str(kind.__struct_config__.tag)
    (row,) = [line for line in OPERATIONS.splitlines() if line.startswith("|") and f"`{name}`" in line.split("|")[1]]

    assert ("PDF" in row.split("|")[2]) == ("pdf" in kind.kinds)
    assert ("Word" in row.split("|")[2]) == ("docx" in kind.kinds)
    for field in msgspec.structs.fields(kind):
        assert f"`{field.encode_name}`" in row


@pytest.mark.parametrize("example", re.findall(r"\| `(\{.*?\})` \|", OPERATIONS))
def test_an_example_of_the_manual_is_an_operation(example: str) -> None:
    made = msgspec.json.decode(example, type=AnyOperation)

    assert to_json(made).items() >= msgspec.json.decode(example).items()
