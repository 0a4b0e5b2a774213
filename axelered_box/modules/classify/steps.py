"""How a document is classified: what speaks for each label is gathered, weighed, and shown with quotes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from axelered_box.domain import documents
from axelered_box.domain.models import Model
from axelered_box.domain.modules import Json, OutputFile, Progress, Refusal, StepMessage, StepResult
from axelered_box.modules.classify import asking, combining, evidence, kinds, similarity, wording
from axelered_box.modules.classify.facts import facts_of
from axelered_box.modules.classify.labels import Label, Property, properties_of
from axelered_box.modules.classify.options import ClassifyOptions
from axelered_box.modules.classify.passages import Piece, pieces_of

OUTPUT = "classification.json"
MAX_WORDING_CHARACTERS = 4000
"""How much of a document is searched for the wording of labels."""
TELLING = ("mail", "slides", "sheet")
"""Facts by which a document without text can still be told."""


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document before any label is looked at."""

    document: documents.Document
    pieces: list[Piece]
    kinds: list[float]
    """How much it looks like each of `kinds.GENRES`."""
    passages: list[range]
    """The places of the pieces of each passage whose meaning is compared."""
    text: str
    """The beginning, in which the wording of labels is looked for."""

    def passage(self, places: range) -> str:
        """Return the text of a passage."""
        return "\n".join(self.pieces[place].text for place in places)


def run(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    """Classify a document and write `classification.json`; raises Refusal and ModelFailed."""
    options = msgspec.convert(message.options, ClassifyOptions)
    document = documents.decode((folder / (message.document or "document.json")).read_bytes())
    seen = _see(document, message.media_type)
    progress.alive()
    result: Json = {"data": {}, "scores": {}, "evidence": []}
    asked = properties_of(options.json_schema)
    vectors = _vectors(seen, asked, model)
    for one in asked:
        _add(result, seen, one, vectors, _said(seen, one, options, model), _closeness(model, vectors))
        progress.alive()
    (folder / message.output / OUTPUT).write_bytes(msgspec.json.format(msgspec.json.encode(result)))
    output = OutputFile(role="output", name=OUTPUT, media_type="application/json")
    return StepResult(outputs=[output], result=result)


def signals_of(document: documents.Document, media_type: str, asked: Property, model: Model) -> list[combining.Signals]:
    """Return what speaks for each label of one property; raises Refusal and ModelFailed."""
    seen = _see(document, media_type)
    vectors = _vectors(seen, [asked], model)
    return _signals(seen, asked, _alike(seen, asked.labels, vectors), _nearness(seen, asked.labels, vectors))


def _see(document: documents.Document, media_type: str) -> _Seen:
    """Return what is known of a document; raises Refusal for one that says nothing."""
    pieces = pieces_of(document)
    facts = facts_of(document, pieces, media_type)
    if not pieces and not any(facts[name] for name in TELLING):
        raise Refusal(
            "empty_document",
            "The document has no text by which it could be classified. If it is a scan, set `ocr` of parserConfig to "
            "`always`; else send a document that has text.",
        )
    return _Seen(
        document=document,
        pieces=pieces,
        kinds=kinds.likeness(pieces, document.title, facts),
        passages=similarity.passages_of(pieces),
        text="\n".join(piece.text for piece in pieces)[:MAX_WORDING_CHARACTERS],
    )


def _said(seen: _Seen, asked: Property, options: ClassifyOptions, model: Model) -> list[float]:
    """Return what the model that a run names says for each label; neutral where it names none."""
    if (options.llm_id is None and options.llm_config is None) or not seen.passages:
        return [0.0] * len(asked.labels)
    return asking.model_says(
        model, [seen.passage(place) for place in seen.passages], asked, options.system_prompt_append
    )


def _add(
    result: Json,
    seen: _Seen,
    asked: Property,
    vectors: Mapping[str, similarity.Vector] | None,
    said: Sequence[float],
    closeness: evidence.Closeness,
) -> None:
    """Add a property's labels, scores and quotes to the result."""
    alike = _alike(seen, asked.labels, vectors)
    signals = _signals(seen, asked, alike, _nearness(seen, asked.labels, vectors))
    signals = [msgspec.structs.replace(own, model=value) for own, value in zip(signals, said, strict=True)]
    given = combining.scores(asked, signals)
    labels = combining.chosen(asked, given)
    values = [label.value for label in labels]
    result["data"][asked.name] = values if asked.several else values[0]
    result["scores"][asked.name] = {
        label.key: round(score, 4) for label, score in zip(asked.labels, given, strict=True)
    }
    for label in labels:
        near = _by_piece(seen, alike[asked.labels.index(label)])
        result["evidence"] += evidence.quotes(seen.document, seen.pieces, asked, label, near, closeness)


def _signals(
    seen: _Seen, asked: Property, alike: Sequence[similarity.Likeness], near: Mapping[int, list[float]]
) -> list[combining.Signals]:
    """Return what speaks for each label."""
    beliefs = kinds.beliefs(asked, seen.kinds, near)
    overlaps = wording.overlap(asked.labels, seen.text)
    return [
        combining.Signals(
            kind=belief,
            wording=overlap,
            name_mean=near.name_mean,
            full_mean=near.full_mean,
            full_best=near.full_best,
        )
        for belief, overlap, near in zip(beliefs, overlaps, alike, strict=True)
    ]


def _vectors(seen: _Seen, asked: Sequence[Property], model: Model) -> dict[str, similarity.Vector] | None:
    """Return the vectors of all texts that are compared, None where there is no model for it or nothing to compare."""
    labels = [label for one in asked for label in one.labels]
    wordings = [text for label in labels for text in (label.name, similarity.full_text(label))]
    kind_names = [kinds.GENRES[place].name for place in kinds.likeliest(seen.kinds)]
    texts = list(dict.fromkeys([*similarity.NEUTRAL, *kind_names, *map(seen.passage, seen.passages), *wordings]))
    vectors = model.embed(texts) if seen.passages else None
    return None if vectors is None else dict(zip(texts, vectors, strict=True))


def _alike(
    seen: _Seen, labels: Sequence[Label], vectors: Mapping[str, similarity.Vector] | None
) -> list[similarity.Likeness]:
    """Return how alike in meaning the document and each label are; neutral where nothing can tell."""
    if vectors is None:
        return [similarity.Likeness() for _ in labels]
    passages = [vectors[seen.passage(place)] for place in seen.passages]
    neutral = [vectors[text] for text in similarity.NEUTRAL]
    return [
        similarity.likeness(passages, vectors[label.name], vectors[similarity.full_text(label)], neutral)
        for label in labels
    ]


def _closeness(model: Model, vectors: Mapping[str, similarity.Vector] | None) -> evidence.Closeness:
    """Return what tells how near in meaning texts and a label are."""

    def near(label: Label, texts: Sequence[str]) -> list[float]:
        found = None if vectors is None else model.embed(texts)
        if vectors is None or found is None:
            return [0.0] * len(texts)
        full, neutral = vectors[similarity.full_text(label)], [vectors[text] for text in similarity.NEUTRAL]
        return similarity.likeness(found, full, full, neutral).passages

    return near


def _nearness(
    seen: _Seen, labels: Sequence[Label], vectors: Mapping[str, similarity.Vector] | None
) -> dict[int, list[float]]:
    """Return how near in meaning each label is to the kinds that the document looks most like."""
    if vectors is None:
        return {}
    neutral = [vectors[text] for text in similarity.NEUTRAL]
    return {
        place: [
            similarity.likeness([vectors[kinds.GENRES[place].name]], full, full, neutral).full_mean
            for full in (vectors[similarity.full_text(label)] for label in labels)
        ]
        for place in kinds.likeliest(seen.kinds)
    }


def _by_piece(seen: _Seen, alike: similarity.Likeness) -> list[float]:
    """Return for each piece how alike its passage and a label are, 0 for those that were not compared."""
    near = [0.0] * len(seen.pieces)
    for passage, value in zip(seen.passages, alike.passages, strict=False):
        for place in passage:
            near[place] = value
    return near
