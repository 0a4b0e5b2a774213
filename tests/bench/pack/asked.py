"""What is asked of a document, and the engines that answer: the box, its rules alone, a model alone."""

import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from axelered_box.domain import documents, media_types
from axelered_box.domain.documents import Document
from axelered_box.domain.models import Described, Generate, Generated, Likelihood, Model, ModelFailed, Question
from axelered_box.domain.modules import Progress, Refusal, Run, Step, StepLimits, StepMessage
from tests.bench.pack import model_only

Json = dict[str, Any]
MODULES = {"extract": "extract", "classify": "classify", "summary": "summarize"}
"""The sets, and the module that is asked."""
BOX, RULES_ONLY, MODEL_ONLY = "box", "rules-only", "model-only"
ENGINES = (BOX, RULES_ONLY, MODEL_ONLY)
WORDS = 150
"""The longest summary that is asked for, `medium`."""
LIMITS = StepLimits(memory_bytes=4 << 30, max_pages=2000, cpu_s=3600)


@dataclass(frozen=True)
class Task:
    """One question: a set, a document as parse read it, the module's options."""

    id: str
    set: str
    document: str
    file_name: str
    options: Json
    prompt: str = model_only.FIELDS
    """For a model alone that writes fields."""
    media_type: str = media_types.PDF
    """What the file is, as the box tells by its first bytes."""


@dataclass(frozen=True)
class Reply:
    """What an engine answered, and what it took."""

    id: str
    result: Json | None
    """The module's result, None when it failed."""
    failure: str = ""
    cpu_s: float = 0.0
    tokens: int = 0
    """Those that the model read and wrote."""


class NoLikelihoods:
    """A model that tells no likelihoods, makes no vectors and writes nothing: what is left of the box are its rules."""

    def describe(self) -> Described:
        return Described(name="rules only", context_tokens=4096, can_score=False)

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        raise ModelFailed("model_missing", "There is no model.")

    def generate(self, ask: Generate) -> Generated:
        return Generated(text="", finished=True)

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return None

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


@dataclass
class Metered:
    """A model that notes how many tokens it read and wrote."""

    model: Model
    tokens: int = 0

    def describe(self) -> Described:
        return self.model.describe()

    def score(self, shared: str, questions: Sequence[Question]) -> list[list[Likelihood]]:
        before = self._read()
        found = self.model.score(shared, questions)
        self.tokens += self._read() - before or sum(one.tokens for said in found for one in said)
        return found

    def generate(self, ask: Generate) -> Generated:
        made = self.model.generate(ask)
        self.tokens += made.prompt_tokens + made.completion_tokens
        return made

    def embed(self, texts: Sequence[str]) -> list[list[float]] | None:
        return self.model.embed(texts)

    def count(self, texts: Sequence[str]) -> list[int]:
        return self.model.count(texts)

    def _read(self) -> int:
        return int(getattr(self.model, "tokens_read", 0))


def answer(engine: str, task: Task, model: Model, works: Mapping[str, Run]) -> Reply:
    """Have an engine answer one question; time and tokens are its own. `works` are the modules' by name."""
    metered = Metered(NoLikelihoods() if engine == RULES_ONLY else model)
    began = time.process_time()
    result, failure = None, ""
    try:
        result = _alone(task, metered) if engine == MODEL_ONLY else _module(task, metered, works)
    except Refusal as refusal:
        failure = f"{refusal.failure.code}: {refusal.failure.message}"
    except ModelFailed as failed:
        failure = f"{failed.code}: {failed.message}"
    except Exception as error:  # whatever a module raises is this answer's end
        failure = f"{type(error).__name__}: {error}"
    return Reply(task.id, result, failure, time.process_time() - began, metered.tokens)


def _module(task: Task, model: Model, works: Mapping[str, Run]) -> Json | None:
    """Return the result of the box's module."""
    name = MODULES[task.set]
    run = works.get(name)
    if run is None:
        raise Refusal("module_missing", f"This box has no module {name}.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "out").mkdir()
        (folder / "document.json").write_bytes(Path(task.document).read_bytes())
        message = StepMessage(
            module=name,
            step=Step(),
            options=task.options,
            file_name=task.file_name,
            media_type=task.media_type,
            document="document.json",
            limits=LIMITS,
        )
        return run(message, folder, Progress(lambda _: None), model).result


def _alone(task: Task, model: Model) -> Json:
    """Return what a model alone makes, in the form of the modules' results."""
    document = read(task)
    if task.set == "extract":
        return {"data": model_only.extract(document, task.options["jsonSchema"], task.prompt, model)}
    if task.set == "classify":
        return {"data": model_only.classify(document, task.options["jsonSchema"], model)}
    return {"summary": model_only.summarize(document, WORDS, model)}


def read(task: Task) -> Document:
    """Return a task's document."""
    return documents.decode(Path(task.document).read_bytes())


def said(reply: Reply) -> str:
    """Return a reply as a line of JSON."""
    return json.dumps(asdict(reply), ensure_ascii=False, default=msgspec.to_builtins)
