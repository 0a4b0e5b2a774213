"""Tests of how `tests.bench.pack` asks documents and judges answers: fields, quotes, confidence, classes, summaries."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from axelered_box.domain.models import Described, ModelFailed
from axelered_box.domain.modules import Refusal, Run, StepMessage, StepResult
from tests.bench.pack import model_only, questions, verdicts
from tests.bench.pack.asked import BOX, MODEL_ONLY, RULES_ONLY, Reply, answer
from tests.bench.pack.questions import Asked
from tests.bench.pack.verdicts import Answered
from tests.samples.asked import DATE, NUMBER, ROWS, SCHEMA, TEXT, Writer, a_task, document, field, page, paragraph
from tests.samples.models import NoModel


def test_a_grammar_ends() -> None:
    """Texts and lists get a longest length, types with null become choices, all properties are written."""
    known = {
        "properties": {"no": {"type": ["string", "null"]}, "day": DATE, "rows": ROWS, "kind": {"enum": ["a", None]}}
    }

    made = model_only.grammar(known)

    assert made["required"] == ["no", "day", "rows", "kind"]
    assert made["properties"]["no"] == {"anyOf": [{"type": "string", "maxLength": 120}, {"type": "null"}]}
    assert made["properties"]["day"] == DATE
    assert made["properties"]["rows"]["maxItems"] == 30
    assert made["properties"]["kind"] == {"enum": ["a"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": 1, "b": [{"c": "x"}, {"c": "y', {"a": 1, "b": [{"c": "x"}, {}]}),
        ('{"a": "say \\"no\\"", "b', {"a": 'say "no"'}),
        ("no JSON", {}),
    ],
)
def test_what_a_model_did_not_end_is_closed(text: str, found: dict[str, Any]) -> None:
    """What was written before the end counts."""
    assert model_only.closed(text) == found


def test_a_model_alone_sees_what_fits(tmp_path: Path) -> None:
    """The prompt names each property; the document is cut so that the answer has room."""
    model = Writer('{"no": "12"}')
    long = document(paragraph("word " * 3000))

    made = model_only.extract(long, SCHEMA, model_only.FIELDS, model)
    reply = answer(MODEL_ONLY, a_task(tmp_path), model, {})

    assert made == {"no": "12"}
    assert "- rows: list of: what, sum" in model.asked[0].prompt
    assert 100 < len(model.asked[0].prompt.split()) <= 1300 - model_only.MOST_TOKENS
    assert (reply.result, reply.tokens) == ({"data": {"no": "12"}}, 10)


def test_engines_differ_by_their_model(tmp_path: Path) -> None:
    """The box's module gets the document and the model; with rules only, one that tells no likelihoods."""
    seen: list[tuple[bool, bytes]] = []

    def module(message: StepMessage, folder: Path, _progress: Any, model: Any) -> StepResult:
        seen.append((model.describe().can_score, (folder / message.document).read_bytes()))
        return StepResult(result={"data": {}, "options": message.options})

    class Scorer(Writer):
        def describe(self) -> Described:
            return Described(name="scorer", context_tokens=100, can_score=True)

    task = a_task(tmp_path)
    works: dict[str, Run] = {"extract": module}

    replies = [answer(engine, task, Scorer(""), works) for engine in (BOX, RULES_ONLY)]

    assert [scores for scores, _ in seen] == [True, False]
    assert seen[0][1] == Path(task.document).read_bytes()
    assert all(reply.result == {"data": {}, "options": task.options} for reply in replies)


@pytest.mark.parametrize(
    "error", [Refusal("no_text", "Empty."), ModelFailed("model_missing", "None."), ValueError("odd")]
)
def test_an_engine_that_fails_is_told_of(tmp_path: Path, error: Exception) -> None:
    """A refusal, a model without an answer and an error each end one question only."""

    def module(*_: Any) -> StepResult:
        raise error

    reply = answer(BOX, a_task(tmp_path), NoModel(), {"extract": module})

    assert reply.result is None
    assert getattr(error, "code", getattr(getattr(error, "failure", None), "code", "ValueError")) in reply.failure
    assert "module_missing" in answer(BOX, a_task(tmp_path), NoModel(), {}).failure


def test_questions_can_be_asked_under_other_names(tmp_path: Path) -> None:
    """Schema and truth are renamed alike; a pack without classes has those of its labels."""
    from tests.bench.pack.documents import documents as listed

    (tmp_path / "s.json").write_text(json.dumps({"properties": {"invoice_number": TEXT}}), "utf-8")
    (tmp_path / "t.json").write_text(json.dumps({"invoice_number": "12"}), "utf-8")
    one = {"id": "a", "file": "a.pdf", "kind": "invoice"}
    entries = [
        one | {"set": "extract", "truth": "t.json", "schema_file": "s.json"},
        one | {"set": "classify", "label": "invoice"},
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(entries), "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    a_task(tmp_path)

    plain = questions.ask(listed(tmp_path), tmp_path, tmp_path, tmp_path, tmp_path, synonyms=False)
    renamed = questions.ask(listed(tmp_path), tmp_path, tmp_path, tmp_path, tmp_path, synonyms=True)

    assert plain[0].truth == {"invoice_number": "12"}
    assert renamed[0].truth == {"document_reference": "12"}
    assert list(renamed[0].schema["properties"]) == ["document_reference"]
    assert plain[1].task.options["jsonSchema"]["properties"]["document_type"]["enum"] == ["invoice"]


def test_verdicts_are_tables(tmp_path: Path) -> None:
    """Each engine has a column; classes taken for others are named."""
    task, doc = a_task(tmp_path), document(pages=[page("12")])
    told = {"data": {"no": "12"}, "fields": [field("/no", quote="12")]}
    fields = [Answered(Asked(task, "invoice", SCHEMA, {"no": "12", "total": None}), Reply("a", told, cpu_s=2.0), doc)]
    classes = [
        Answered(Asked(task, "", {}, truth), Reply("a", {"data": {"document_type": given}}), doc)
        for truth, given in (("invoice", "invoice"), ("receipt", "invoice"))
    ]

    extract = verdicts.extract({"box": fields, "model-only": fields})
    classify = verdicts.classify({"box": classes})

    lines = [line.split("|")[1:-1] for line in extract.splitlines() if line.startswith("|")]
    rows = {name.strip(): [cell.strip() for cell in cells] for name, *cells in lines}
    assert rows["kind invoice"] == ["1", "1.000 (P 1.000, R 1.000)", "1.000 (P 1.000, R 1.000)"]
    assert rows["wrong citations"] == ["0 of 1", "-"]
    assert rows["left empty, where the truth is null"] == ["1.000 of 1", "1.000 of 1"]
    assert rows["CPU s a document"] == ["2.00", "2.00"]
    assert "| class accuracy    | 0.500 |" in classify
    assert "| receipt    | 0 of 1 | invoice 1 |" in classify


def test_a_pack_is_asked_about(tmp_path: Path) -> None:
    """The whole program parses, asks each engine in a process of its own, and shows a column for each."""
    (tmp_path / "a.txt").write_text("Invoice number: 4711\n\nTotal: 12.50 EUR\n", "utf-8")
    schema = {"type": "object", "properties": {"invoice_number": TEXT, "total": NUMBER}}
    (tmp_path / "s.json").write_text(json.dumps(schema), "utf-8")
    (tmp_path / "t.json").write_text(json.dumps({"invoice_number": "4711", "total": 12.5}), "utf-8")
    entry = {
        "id": "a",
        "set": "extract",
        "kind": "invoice",
        "file": "a.txt",
        "truth": "t.json",
        "schema_file": "s.json",
    }
    (tmp_path / "manifest.json").write_text(json.dumps([entry]), "utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.pack", str(tmp_path), "--sets", "extract", "--engines", "rules-only",
         "--model", "none.gguf", "--out", str(tmp_path / "out")],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    assert "extract: 1 documents" in ended.stdout
    assert "| kind invoice | 2      |" in ended.stdout
    assert json.loads((tmp_path / "out" / "rules-only" / "extract" / "a.json").read_text("utf-8"))["id"] == "a"
    assert (tmp_path / "out" / "documents" / "a.document.json").is_file()
