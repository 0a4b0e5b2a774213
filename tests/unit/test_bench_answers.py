"""Tests of how `tests.bench.pack` asks documents and judges answers: fields, quotes, confidence, classes, summaries."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from axelered_box.domain import documents
from axelered_box.domain.documents import Block, Document, Kind, Page, Source, Word
from axelered_box.domain.models import Described, Generate, Generated, ModelFailed
from axelered_box.domain.modules import Refusal, Run, StepMessage, StepResult
from tests.bench.pack import abstracts, model_only, outcomes, questions, rivals, texts, verdicts
from tests.bench.pack.asked import BOX, MODEL_ONLY, RULES_ONLY, Reply, Task, answer
from tests.bench.pack.leaves import compare, quality, same
from tests.bench.pack.outcomes import Judged
from tests.bench.pack.questions import Asked
from tests.bench.pack.verdicts import Answered
from tests.samples.models import NoModel

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
DATE = {"type": "string", "format": "date"}
ROWS = {"type": "array", "items": {"type": "object", "properties": {"what": TEXT, "sum": NUMBER}}}
SCHEMA = {"type": "object", "properties": {"no": TEXT, "day": DATE, "total": NUMBER, "rows": ROWS}}
ABSTRACT = "We measured how fast rivers freeze in winter and found that broad ones take longer than narrow ones do."


def page(*words: str, number: int = 1) -> Page:
    """Return a page on which each word stands on a line of its own."""
    placed = [Word(word, 10, 20.0 * place, 60, 20.0 * place + 10) for place, word in enumerate(words)]
    return Page(number=number, width=500, height=800, source=Source.DIGITAL, quality=1, words=placed)


def paragraph(text: str, place: int = 0, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(id=f"1.{place}", kind=kind, page=1, text=text)


def document(*blocks: Block, pages: Sequence[Page] = ()) -> Document:
    return Document(page_count=1, pages=list(pages), blocks=list(blocks))


def field(path: str, **more: Any) -> dict[str, Any]:
    told = {"path": path, "status": "found", "page": 1, "bbox": [0, 0, 100, 12], "quote": "Total"}
    return told | {"confidence": {"read": 1.0, "extract": 0.95}} | more


class Writer(NoModel):
    """A model that writes one text whatever it is asked, and counts words as tokens."""

    def __init__(self, text: str, context: int = 1300) -> None:
        self.text, self.context = text, context
        self.asked: list[Generate] = []

    def describe(self) -> Described:
        return Described(name="writer", context_tokens=self.context, can_score=False)

    def generate(self, ask: Generate) -> Generated:
        self.asked.append(ask)
        return Generated(text=self.text, finished=True, prompt_tokens=7, completion_tokens=3)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def a_task(folder: Path, which: str = "extract", **options: Any) -> Task:
    file = folder / "a.document.json"
    file.write_bytes(documents.encode(document(paragraph("Invoice 12 of the ledger"))))
    return Task("a", which, str(file), "a.pdf", options or {"jsonSchema": SCHEMA})


@pytest.mark.parametrize(
    ("schema", "truth", "answer", "equal"),
    [
        (DATE, "2024-03-01", "1 March 2024", True),
        (DATE, "2024-03-01", "2024-03-02", False),
        (NUMBER, 1234.5, "1.234,50 €", True),
        (NUMBER, 1234.5, 1235.5, False),
        (NUMBER, -3, "(3.00)", True),
        (TEXT, "Müller & Söhne GmbH", "MÜLLER SÖHNE GMBH", True),
        (TEXT, "Corner Bakery Ltd", "Corner Bakery Ltd.", True),
        (TEXT, "A-17", "A-18", False),
        ({"type": "boolean"}, True, True, True),
        ({"type": "boolean"}, True, "yes", False),
        (TEXT, "x", None, False),
    ],
)
def test_values_are_compared_by_type(schema: dict[str, Any], truth: Any, answer: Any, *, equal: bool) -> None:
    """Dates and numbers count however they are written, texts that differ by little are the same."""
    assert same(truth, answer, schema) is equal


def test_fields_are_scored() -> None:
    """Rows are matched by their values; what is not asked does not count, what is invented in a row does."""
    truth = {"no": "12", "total": 5.0, "rows": [{"what": "paper", "sum": 2}, {"what": "ink", "sum": 3}]}
    given = {
        "no": "12",
        "day": "2024-01-01",
        "total": 6,
        "rows": [{"what": "ink", "sum": 3}, {"what": "glue", "sum": 9}],
    }

    found = compare(truth, given, SCHEMA)
    scored = quality(found)

    assert (scored.fields, scored.precision, scored.recall) == (6, 3 / 6, 3 / 6)
    assert {leaf.pointer: leaf.right for leaf in found if leaf.pointer} == {
        "/no": True, "/total": False,
        "/rows/0/what": True, "/rows/0/sum": True, "/rows/1/what": False, "/rows/1/sum": False,
    }  # fmt: skip


def test_what_a_document_does_not_say_counts_apart() -> None:
    """An answer where the truth is null is no part of the F1, but wrong where confidence is judged."""
    found = compare({"no": None, "day": None, "total": 5}, {"no": "7", "total": 5}, SCHEMA)

    assert quality(found).f1 == 1
    assert [leaf.said for leaf in found if leaf.is_absent] == [True, False]
    assert outcomes.judged([field("/no"), field("/total"), field("/other")], found) == [
        Judged(0.95, right=False),
        Judged(0.95, right=True),
    ]


def test_calibration_is_measured() -> None:
    """Of ten fields with 0.95 nine are right, of ten with 0.25 none: the errors are 0.05 and 0.25."""
    found = [Judged(0.95, place > 0) for place in range(10)] + [Judged(0.25, right=False)] * 10

    assert outcomes.share_right(found) == (0.9, 10)
    assert outcomes.calibration_error(found) == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("cited", "why"),
    [
        (field("/a"), None),
        (field("/a", quote="1.500,50", bbox=[0, 19, 100, 31]), None),
        (field("/a", quote="Total 1.500,50", bbox=[0, 0, 100, 31]), None),
        (field("/a", quote="1.500,50"), "not in the box, but 'Total'"),
        (field("/a", page=2), "page 2 is not in the document"),
        (field("/a", quote=None), "no quote"),
        (field("/a", bbox=None), "no box"),
        (field("/a", status="not_found", quote=None), None),
    ],
)
def test_citations_are_looked_up(cited: dict[str, Any], why: str | None) -> None:
    """The words of the page in a found field's box have to give its quote."""
    wrong = outcomes.wrong_citations(document(pages=[page("Total", "1.500,50")]), [cited])

    assert len(wrong) == (why is not None)
    assert why is None or why in wrong[0]


def test_outcomes_follow_a_schema_that_allows_null() -> None:
    """Null stands for what a document does not say, at any depth and beside an enum."""
    schema = {"properties": {"a": {"properties": {"b": {"enum": ["x"]}}, "required": ["b"]}, "rows": ROWS}}

    assert outcomes.is_valid({"a": {"b": None}, "rows": [{"what": None, "sum": 1}]}, schema)
    assert outcomes.is_valid({"a": None, "rows": None}, schema)
    assert not outcomes.is_valid({"a": {"b": "y"}}, schema)
    assert not outcomes.is_valid({"a": {}}, schema)
    assert not outcomes.is_valid({"rows": [{"sum": "1"}]}, schema)


def test_an_abstract_is_cut() -> None:
    """The blocks that hold it go, with the heading before them; the rest stays in order."""
    whole = document(
        paragraph("On rivers", 0, Kind.HEADING),
        paragraph("Abstract", 1, Kind.HEADING),
        paragraph(ABSTRACT, 2),
        paragraph("Introduction", 3, Kind.HEADING),
        paragraph("Rivers freeze from their banks, which has been known for a long time by those who live there.", 4),
    )

    cut = abstracts.cut(whole, ABSTRACT)

    assert [block.id for block in cut.document.blocks] == ["1.0", "1.3", "1.4"]
    assert [block.id for block in cut.body] == ["1.3", "1.4"]
    assert cut.found == 1
    assert abstracts.cut(whole, "Something that this text does not say in any of its many sentences.").found == 0


def test_summaries_are_scored() -> None:
    """Overlap is that of the words' longest common order; numbers and sentences are looked up in the source."""
    source = "The bridge was built in 1887. It is 40 metres long. The town pays for it. Boats pass below."
    good, bad = "The bridge was built in 1887.", "The tower was bought by monks in 1990."

    assert texts.rouge_l("a b c d", "a c x d") == pytest.approx(0.75)
    assert texts.rouge_l("a b", "") == 0
    assert texts.faith(good, source) == texts.Faith(1, 1)
    assert texts.faith(bad, source) == texts.Faith(0, 0)


def test_rivals_keep_to_the_length() -> None:
    """Both take whole sentences, lead from the beginning."""
    said = [
        f"The {word} of the river was measured in the month of May." for word in ("depth", "width", "speed", "colour")
    ]

    made = {name: rivals.summarize(name, " ".join(said), "eng", 30) for name in rivals.names()}

    assert made["lead"] == " ".join(said[:2])
    assert all(0 < len(one.split()) <= 30 for one in made.values())


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
