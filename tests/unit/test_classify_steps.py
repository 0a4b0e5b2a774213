"""A document gets the labels that its words, its kind and its meaning speak for, with scores and quotes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from axelered_box.domain.documents import Block, Document, Kind, Page, Source, Word, encode
from axelered_box.domain.models import Described, Generate, Generated, Likelihood, ModelFailed, Question
from axelered_box.domain.modules import Progress, Refusal, Step, StepLimits, StepMessage
from axelered_box.modules.classify import MODULE
from tests.samples.models import NoModel

LIMITS = StepLimits(memory_bytes=1 << 30, max_pages=10, cpu_s=60)
BILL = """Rechnung Nr. 2024-17
Holzbau Kern GmbH, Ulm
12 Std. Zimmererarbeiten 62,00 744,00
Nettobetrag 744,00
19 % USt. 141,36
Zu zahlen bis 26.02.2024: 885,36 EUR"""
CONTRACT = """Service Agreement
This Agreement is made between Alder Ltd and Birch plc (the parties).
1. The supplier shall provide maintenance services.
2. Either party may terminate by giving 60 days' written notice.
3. This Agreement is governed by the laws of England."""
KINDS = {"enum": ["invoice", "contract", "resume"]}


class TopicModel(NoModel):
    """Embeds texts by three words and can score or generate, as it is told."""

    topics = ("football", "weather", "parliament")

    def __init__(self, *, can_score: bool = True, answer: str = "{}", context: int = 2000) -> None:
        self.described = Described(name="fake", context_tokens=context, can_score=can_score)
        self.answer = answer
        self.prompts: list[str] = []

    def describe(self) -> Described:
        return self.described

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return [self._vector(text.casefold()) for text in texts]

    def _vector(self, text: str) -> list[float]:
        counts = [float(topic in text) for topic in self.topics]
        length = sum(count * count for count in counts) ** 0.5
        return [0.6 * count / length for count in counts] + [0.8] if length else [0.0, 0.0, 0.0, 1.0]

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        self.prompts.append(shared)
        return [
            [Likelihood(-5.0 if "beta" in answer and "secret" in shared else -20.0, 2) for answer in question.answers]
            for question in questions
        ]

    def generate(self, ask: Generate) -> Generated:
        self.prompts.append(ask.prompt)
        return Generated(text=self.answer, finished=True)

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def printed(text: str) -> Document:
    """Return a page on which each line of a text is a block with the boxes of its words."""
    words: list[Word] = []
    blocks = []
    for place, line in enumerate(text.split("\n")):
        first, top = len(words), 20.0 * place
        words += [Word(word, 50.0 * n, top, 50.0 * n + 40, top + 10) for n, word in enumerate(line.split())]
        kind = Kind.PARAGRAPH if place else Kind.HEADING
        box = (0.0, top, 500.0, top + 10)
        blocks.append(Block(id=f"1.{place}", kind=kind, page=1, text=line, bbox=box, words=(first, len(words))))
    page = Page(number=1, width=595, height=842, source=Source.DIGITAL, quality=1.0, words=words)
    return Document(page_count=1, pages=[page], blocks=blocks)


def classify(
    folder: Path,
    document: Document,
    properties: dict[str, Any],
    model: Any,
    media_type: str = "text/plain",
    **more: Any,
) -> dict[str, Any]:
    """Return the result of the module, whose data has to fit the schema and whose file has to say the same."""
    (folder / "out").mkdir()
    (folder / "document.json").write_bytes(encode(document))
    schema = {"type": "object", "properties": properties}
    message = StepMessage(
        module="classify",
        step=Step(),
        options={"jsonSchema": schema, **more},
        file_name="a.pdf",
        media_type=media_type,
        document="document.json",
        limits=LIMITS,
    )
    assert MODULE.run is not None
    done = MODULE.run(message, folder, Progress(lambda told: None), model)
    assert done.result is not None
    jsonschema.validate(done.result["data"], schema)
    (output,) = done.outputs
    assert json.loads((folder / "out" / output.name).read_text("utf-8")) == done.result
    assert output.name == "classification.json"
    return done.result


@pytest.mark.parametrize(("text", "label"), [(BILL, "invoice"), (CONTRACT, "contract")])
def test_kinds_of_documents_are_told_without_any_model(tmp_path: Path, text: str, label: str) -> None:
    """Where labels name kinds that are generally known, their words and form decide, in any of the languages."""
    result = classify(tmp_path, printed(text), {"kind": KINDS}, NoModel())

    assert result["data"] == {"kind": label}
    assert set(result["scores"]["kind"]) == set(KINDS["enum"])
    assert sum(result["scores"]["kind"].values()) == pytest.approx(1, abs=0.001)
    assert result["scores"]["kind"][label] > 0.8


def test_a_quote_stands_on_its_page_in_the_box_of_its_words(tmp_path: Path) -> None:
    """The evidence is the document's own words, boxed by the union of them."""
    result = classify(tmp_path, printed(BILL), {"kind": KINDS}, NoModel())

    best = result["evidence"][0]
    assert best == {
        "path": "/kind",
        "label": "invoice",
        "quote": "Rechnung Nr. 2024-17",
        "page": 1,
        "bbox": [0.0, 0.0, 140.0, 10.0],
    }


def test_labels_of_another_sort_are_told_by_meaning(tmp_path: Path) -> None:
    """Labels that name no kind of document are compared with the text's meaning, by their descriptions too."""
    topics = {"oneOf": [{"const": "a", "description": "football"}, {"const": "b", "description": "weather"}]}
    text = "Read this first.\nThe weather will be fine.\nNothing else is new."

    result = classify(tmp_path, printed(text), {"topic": topics}, TopicModel())

    assert result["data"] == {"topic": "b"}
    assert result["evidence"][0]["quote"] == "The weather will be fine."


def test_several_labels_can_hold(tmp_path: Path) -> None:
    """An array gets each label that stands near the best one, and no more than it may have."""
    tags = {"type": "array", "items": {"enum": ["football", "weather", "parliament"]}}
    text = "The football was good, the weather was not."

    both = classify(tmp_path, printed(text), {"tags": tags}, TopicModel())

    assert sorted(both["data"]["tags"]) == ["football", "weather"]
    assert both["scores"]["tags"]["parliament"] < 0.5
    one = tmp_path / "one"
    one.mkdir()
    assert len(classify(one, printed(text), {"tags": {**tags, "maxItems": 1}}, TopicModel())["data"]["tags"]) == 1


def test_other_is_what_fits_nothing(tmp_path: Path) -> None:
    """A text that is near to no label gets the one for the rest."""
    topic = {"enum": ["football", "parliament", "other"]}

    result = classify(tmp_path, printed("Stir the soup and add salt."), {"topic": topic}, TopicModel())

    assert result["data"] == {"topic": "other"}


def test_several_properties_are_answered_each(tmp_path: Path) -> None:
    """Each property has its own label, scores and quotes."""
    asked = {"kind": KINDS, "lang/s": {"enum": ["football", "weather"]}}

    result = classify(tmp_path, printed(BILL + "\nfootball"), asked, TopicModel())

    assert result["data"] == {"kind": "invoice", "lang/s": "football"}
    assert {quote["path"] for quote in result["evidence"]} == {"/kind", "/lang~1s"}


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    """The error says what can be done."""
    with pytest.raises(Refusal, match="ocr") as refused:
        classify(tmp_path, Document(page_count=1, pages=[], blocks=[]), {"kind": KINDS}, NoModel())

    assert refused.value.failure.code == "empty_document"


def test_slides_without_text_are_still_slides(tmp_path: Path) -> None:
    """Where the sort of file tells the kind, no text is needed."""
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    nothing = Document(page_count=1, pages=[], blocks=[])

    result = classify(tmp_path, nothing, {"kind": {"enum": ["letter", "presentation"]}}, NoModel(), slides)

    assert result["data"] == {"kind": "presentation"}
    assert result["evidence"] == []


def test_a_model_is_asked_only_where_the_run_names_one(tmp_path: Path) -> None:
    """What a named model scores higher after the text than after neutral ones weighs in."""
    (tmp_path / "named").mkdir()
    (tmp_path / "unnamed").mkdir()
    asked = {"group": {"enum": ["alpha", "beta"]}}
    silent, heard = TopicModel(), TopicModel()

    without = classify(tmp_path / "unnamed", printed("A secret note."), asked, silent)
    with_it = classify(tmp_path / "named", printed("A secret note."), asked, heard, llmConfig={"model": "big"})

    assert silent.prompts == []
    assert without["scores"]["group"]["beta"] == pytest.approx(0.5)
    assert with_it["scores"]["group"]["beta"] > 0.8


@pytest.mark.parametrize(("answer", "label"), [('{"label": "beta"}', "beta"), ("no JSON", "alpha")])
def test_a_model_that_cannot_score_is_asked_to_choose(tmp_path: Path, answer: str, label: str) -> None:
    """Its choice counts; an answer in another form counts nothing."""
    model = TopicModel(can_score=False, answer=answer)

    result = classify(tmp_path, printed("A note."), {"group": {"enum": ["alpha", "beta"]}}, model, llmId="far")

    assert result["data"] == {"group": label}
    assert "- beta" in model.prompts[0]


def test_what_a_model_reads_fits_its_context(tmp_path: Path) -> None:
    """Of a long document whole passages are left out until the rest fits."""
    model = TopicModel(context=250)
    text = "\n".join(f"Line {n} of a long report that goes on and on about nothing in particular." for n in range(200))

    classify(tmp_path, printed(text), {"group": {"enum": ["alpha", "beta"]}}, model, llmId="x")

    assert max(len(prompt.split()) for prompt in model.prompts) < 250


def test_a_model_that_fails_is_the_tasks_error(tmp_path: Path) -> None:
    """When the model that the run names is missing, the task says so."""
    with pytest.raises(ModelFailed, match="no model"):
        classify(tmp_path, printed("A note."), {"group": {"enum": ["a", "b"]}}, NoModel(), llmId="x")
