"""How a model puts sentences into other words or another language, and when its words are believed: when checked."""

from collections.abc import Sequence

from axelered_box.domain.models import Generate, Model
from axelered_box.modules.model_size import billions_of
from axelered_box.modules.summarize import language, support
from axelered_box.modules.summarize.candidates import Candidate

NAMES = {"eng": "English", "deu": "German", "fra": "French", "spa": "Spanish", "ita": "Italian"}
"""The languages whose sentences can be checked, by ISO 639-2 code."""
_SMALLEST = 1.0
"""Models of fewer billion parameters invent more than they say, so they are not asked."""
_SYSTEM = (
    "You are an editor. Keep every number, date and name exactly as it is, keep every negation, and add nothing. "
    "Answer with the sentence only."
)
_LONG_ENOUGH = 22
"""Sentences of fewer words are short as they are."""
_TOKENS_OF_WORD = 3
_ALIKE = 0.85
"""A translation is at least so much like its source, by the vectors of a model of sentences."""
_PROBE = "The committee met on 3 May 2021 in Lyon and did not approve the budget of 4,500 euros."
_PROBE_GERMAN = "Der Ausschuss tagte am 3. Mai 2021 in Lyon und billigte das Budget von 4.500 Euro nicht."


def can_write(model: Model, own: str, wanted: str) -> bool:
    """Tell whether a model is worth asking for sentences in `wanted` about a text in `own`: it passes a trial.

    On trial it has to translate a sentence or, where no other language is wanted, to say it in fewer words.
    """
    if own not in NAMES or wanted not in NAMES or _is_tiny(model.describe().name):
        return False
    probe = _PROBE_GERMAN if own == "deu" else _PROBE
    source = "deu" if own == "deu" else "eng"
    if wanted != own:
        return _written(model, probe, source, wanted) is not None
    text = _written(model, probe, source, source)
    return text is not None and len(text.split()) < len(probe.split())


def shortened(model: Model, chosen: Sequence[Candidate], own: str) -> list[str]:
    """Return each sentence in fewer words where the model finds some that the check lets pass, else as it is."""
    texts = []
    for one in chosen:
        text = _written(model, one.short, own, own) if one.words >= _LONG_ENOUGH else None
        texts.append(text if text is not None and len(text.split()) < one.words else one.short)
    return texts


def translated(model: Model, chosen: Sequence[Candidate], own: str, wanted: str) -> list[str | None]:
    """Return each sentence in another language; None where the model's words do not pass the check."""
    return [_written(model, one.short, own, wanted) for one in chosen]


def _written(model: Model, sentence: str, own: str, wanted: str) -> str | None:
    """Return a sentence as the model puts it, None where a number, date, name or negation went astray."""
    same = own == wanted
    task = "Shorten this sentence, in " if same else "Translate this sentence into "
    ask = Generate(
        prompt=f"{task}{NAMES[wanted]}:\n{sentence}",
        system=_SYSTEM,
        chat=True,
        max_tokens=_TOKENS_OF_WORD * len(sentence.split()) + 20,
        stop=["\n"],
    )
    answer = model.generate(ask)
    text = " ".join(answer.text.split()).strip('"“”')
    if not answer.finished or not text.endswith((".", "!", "?")) or not language.is_in(text, wanted):
        return None
    passes = support.supports(text, sentence, own) if same else support.carries_over(text, sentence, wanted, own)
    return text if passes and (same or _is_alike(model, sentence, text)) else None


def _is_alike(model: Model, one: str, other: str) -> bool:
    """Tell whether two sentences mean much the same, as far as this box has a model that can tell."""
    vectors = model.embed([one, other])
    return vectors is None or sum(a * b for a, b in zip(*vectors, strict=True)) >= _ALIKE


def _is_tiny(name: str) -> bool:
    """Tell whether a model's name gives it less than a billion parameters."""
    size = billions_of(name)
    return size is not None and size < _SMALLEST
