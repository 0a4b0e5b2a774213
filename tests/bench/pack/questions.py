"""What is asked of a pack's documents: schemas, under synonyms where wished, classes, texts without abstract."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Kind
from tests.bench.pack import abstracts, model_only
from tests.bench.pack.asked import Task
from tests.bench.pack.documents import Document
from tests.samples.papers.schemas import renamed_schema, renamed_truth

Json = dict[str, Any]
SETS = ("extract", "classify", "summary")
CLASS = "document_type"
CLASSES = "classes.json"
DESCRIPTIONS = {
    "contract": "agreement between parties with clauses and signatures",
    "email": "message sent by electronic mail",
    "government_report": "report published by a public authority",
    "invoice": "asks for payment of goods or services",
    "presentation": "slides for an audience",
    "receipt": "slip of a shop for what was paid there",
    "scientific_article": "research paper of a journal or conference",
    "web_article": "page or article of a web site",
}
"""A line about each label, for packs that come without `classes.json`."""
PROSE = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})
LEAST_FOUND = 0.5
"""A document counts as one without its abstract when so much of the abstract was found and cut."""


@dataclass(frozen=True)
class Asked:
    """A question with what the answer is held against."""

    task: Task
    kind: str
    schema: Json = field(default_factory=dict)
    truth: Any = None
    support: str = ""
    """Of a summary, the text that it has to be borne out by."""
    prose: str = ""
    """The text that plain summaries are made from: what follows the abstract."""


def ask(
    chosen: Iterable[Document], pack: Path, parsed: Path, work: Path, scorer: Path, *, synonyms: bool
) -> list[Asked]:
    """Return the questions for documents whose `document.json` lies in a folder; one that has none is left out."""
    found = [document for document in chosen if (parsed / f"{document.id}.document.json").is_file()]
    classes = _classes(found, pack)
    made = []
    for document in found:
        if document.set == "extract":
            made.append(_extract(document, pack, parsed, model_only.prompt_of(scorer), synonyms=synonyms))
        elif document.set == "classify":
            task = _task(document, parsed, {"jsonSchema": classes})
            made.append(Asked(task, _label(document), classes, _label(document)))
        else:
            made.append(_summary(document, pack, parsed, work))
    return made


def _task(document: Document, parsed: Path, options: Json, prompt: str = model_only.FIELDS) -> Task:
    file = parsed / f"{document.id}.document.json"
    return Task(
        document.id, document.set, str(file.resolve()), document.file.name, options, prompt, _kind(document.file)
    )


def _kind(file: Path) -> str:
    """Return the media type of a file, as the box tells it."""
    with file.open("rb") as stream:
        return media_types.detect(stream.read(media_types.HEAD_BYTES), file.name) or media_types.PDF


def _extract(document: Document, pack: Path, parsed: Path, prompt: str, *, synonyms: bool) -> Asked:
    schema = _read(pack / document.entry["schema_file"])
    truth = _read(pack / document.entry["truth"])
    if synonyms:
        other = renamed_schema(schema)
        schema, truth = other, renamed_truth(truth, schema, other)
    task = _task(document, parsed, {"jsonSchema": schema}, prompt)
    return Asked(task, document.entry["kind"], schema, truth)


def _label(document: Document) -> str:
    return str(document.entry["label"])


def _classes(found: list[Document], pack: Path) -> Json:
    """Return the schema of a pack's classes: its own, else one of the labels that its documents have."""
    if (pack / CLASSES).is_file():
        return _read(pack / CLASSES)
    labels = Counter(_label(document) for document in found if document.set == "classify")
    said = "; ".join(f"{label}: {DESCRIPTIONS[label]}" for label in sorted(labels) if label in DESCRIPTIONS)
    which = {"type": "string", "enum": sorted(labels), "description": said}
    return {"type": "object", "properties": {CLASS: which}, "required": [CLASS]}


def _summary(document: Document, pack: Path, parsed: Path, work: Path) -> Asked:
    """Return the question for a summary of a text without its abstract."""
    abstract = (pack / document.entry["truth"]).read_text("utf-8")
    whole = documents.decode((parsed / f"{document.id}.document.json").read_bytes())
    cut = abstracts.cut(whole, abstract)
    if cut.found < LEAST_FOUND:
        print(f"{document.id}: only {cut.found:.0%} of its abstract was found and cut")
    work.mkdir(parents=True, exist_ok=True)
    (work / f"{document.id}.document.json").write_bytes(documents.encode(cut.document))
    support = pack / document.entry["support"] if "support" in document.entry else None
    source = support.read_text("utf-8") if support else "\n".join(block.text for block in whole.blocks)
    task = _task(document, work, {"targetLength": "medium", "maxKeyPoints": 0})
    prose = " ".join(block.text for block in cut.body if block.kind in PROSE)
    return Asked(task, document.entry["kind"], truth=abstract, support=source, prose=prose)


def _read(file: Path) -> Json:
    found: Json = json.loads(file.read_text("utf-8"))
    return found
