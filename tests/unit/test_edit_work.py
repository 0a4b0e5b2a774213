"""An edit in its child: words and operations become a changed file, or a sentence that says why there is none."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Progress, Refusal, Step, StepLimits, StepMessage, StepResult
from axelered_box.modules.edit import MODULE, EditOptions, check
from tests.samples import office
from tests.samples import word_files as word
from tests.samples.models import NoModel
from tests.samples.word_files import paragraph, run

LEASE = word.file(paragraph(run("Tenant: Anna Weber, IBAN DE89 3704 0044 0532 0130 00")) + paragraph(run("End")))


def edited(folder: Path, options: dict[str, Any], data: bytes = LEASE, **message: Any) -> StepResult:
    """Run the module on a Word file."""
    (folder / "input").write_bytes(data)
    (folder / "document.json").write_bytes(documents.encode(Document(page_count=1, pages=[], blocks=[])))
    (folder / "out").mkdir()
    told = {
        "module": "edit",
        "step": Step(),
        "options": options,
        "file_name": "Lease.DOCX",
        "media_type": media_types.DOCX,
        "document": "document.json",
        "limits": StepLimits(memory_bytes=1 << 30, max_pages=10, cpu_s=60),
        **message,
    }
    assert MODULE.run is not None
    return MODULE.run(StepMessage(**told), folder, Progress(lambda _: None), NoModel())


def operation(name: str, **members: Any) -> dict[str, Any]:
    return {"op": name, **members}


def test_the_changed_file_and_the_operations_are_handed_out(tmp_path: Path) -> None:
    told = {"operations": [operation("replaceText", find="Anna", replace="Ada")], "instructions": "Redact all IBANs."}

    result = edited(tmp_path, told)

    (file,) = result.outputs
    assert (file.role, file.name, file.media_type) == ("file", "edited.docx", media_types.DOCX)
    text = office.members((tmp_path / "out" / file.name).read_bytes())["word/document.xml"].decode()
    assert "Ada Weber" in text
    assert "DE89" not in text
    assert result.result is not None
    assert [(one["op"], one["matches"]) for one in result.result["operations"]] == [("replaceText", 1), ("redact", 1)]


def test_a_dry_run_tells_the_matches_and_makes_no_file(tmp_path: Path) -> None:
    told = {"instructions": "Replace 'Anna' with 'Ada' and redact all phone numbers.", "dryRun": True}

    result = edited(tmp_path, told)

    assert result.outputs == []
    assert list((tmp_path / "out").iterdir()) == []
    assert result.result is not None
    assert result.result["file"] is None
    assert [one["matches"] for one in result.result["operations"]] == [1, 0]


def test_an_operation_that_matches_nothing_is_named_and_no_file_is_left(tmp_path: Path) -> None:
    told = {
        "operations": [
            operation("replaceText", find="Anna", replace="Ada"),
            operation("redact", text="Nobody"),
        ]
    }

    with pytest.raises(Refusal) as refused:
        edited(tmp_path, told)

    assert refused.value.failure.code == "nothing_matched"
    assert 'operation 2, {"op":"redact","text":"Nobody"' in refused.value.failure.message
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (operation("deletePages", pages="1"), "deletePages is for PDF files, and this is a Word file"),
        (operation("redact", text="Anna", pages="2"), "a Word file has no pages"),
        (operation("redact", boxes=[{"page": 1, "box": [0, 0, 9, 9]}]), "no fixed pages"),
    ],
)
def test_what_a_word_file_does_not_have_is_refused(tmp_path: Path, one: dict[str, Any], told: str) -> None:
    with pytest.raises(Refusal, match=told) as refused:
        edited(tmp_path, {"operations": [one]})

    assert refused.value.failure.code == "operation_not_for_file"


def test_other_kinds_of_file_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Only PDF and Word files") as refused:
        edited(tmp_path, {"instructions": "Redact all IBANs"}, b"a", media_type="text/plain")

    assert refused.value.failure.code == "cannot_edit"


def test_a_field_that_extract_found_is_redacted(tmp_path: Path) -> None:
    found = {"fields": [{"path": "/tenant", "quote": "Anna Weber"}]}
    (tmp_path / "extraction.json").write_bytes(msgspec.json.encode(found))

    edited(tmp_path, {"operations": [operation("redact", field="/tenant")]}, extraction="extraction.json")

    text = office.members((tmp_path / "out" / "edited.docx").read_bytes())["word/document.xml"].decode()
    assert "Weber" not in text


def test_sentences_without_a_model_fail_by_their_own_code(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        edited(tmp_path, {"instructions": "Make it sound friendlier."})

    assert refused.value.failure.code == "instruction_not_understood"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Say what is to be changed"),
        ({"operations": [operation("redact")]}, "Exactly one of text, pattern, regex, field and boxes"),
        ({"operations": [operation("highlight", text="a", field="/a")]}, "Exactly one of text and field"),
        (
            {"operations": [operation("insertParagraph", text="a", after="b", before="c")]},
            "Only one of after and before",
        ),
    ],
)
def test_operations_that_contradict_themselves_are_told(options: dict[str, Any], told: str) -> None:
    (problem,) = check(msgspec.convert(options, EditOptions))

    assert told in problem.msg
