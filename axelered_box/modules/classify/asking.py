"""What a language model that a run names says for each label.

A model that can score is asked how likely each label is after the document, less how likely it is after texts that say
nothing; one that can only write is asked to choose. Measured on the made-up texts, neither SmolLM2-135M nor
Gemma-3-270M makes classes more often right (both 0.91), so the default model is not asked.
"""

from collections.abc import Sequence

import msgspec

from axelered_box.domain.models import Generate, Model, Question
from axelered_box.domain.modules import Json
from axelered_box.modules.classify.labels import Property
from axelered_box.modules.classify.similarity import NEUTRAL

SCORED = 0.15
"""What a nat of likelihood counts."""
MOST = 2.0
"""The most that likelihoods count, either way."""
CHOSEN = 3.0
"""What it counts that a model has chosen a label."""
ANSWER_TOKENS = 256
_ROOM = 64
_LINE = "\n\n---\n"


def model_says(model: Model, passages: Sequence[str], asked: Property, told: str | None) -> list[float]:
    """Return what a model says for each label, in nats; `told` is what it is to know besides. Raises ModelFailed."""
    described = model.describe()
    if described.can_score:
        return _scored(model, passages, asked, told, described.context_tokens)
    return _chosen(model, passages, asked, told, described.context_tokens)


def _scored(model: Model, passages: Sequence[str], asked: Property, told: str | None, context: int) -> list[float]:
    question = f"{_LINE}{told.strip() + chr(10) if told else ''}{asked.words.capitalize()} of the text above:"
    answers = [f" {label.name}\n" for label in asked.labels]
    room = context - _ROOM - max(model.count(answers)) - model.count([question])[0]
    texts = [_fitting(model, passages, room), *NEUTRAL]
    likely = [
        [one.log_likelihood for one in model.score(text, [Question(text=question, answers=answers)])[0]]
        for text in texts
    ]
    usual = [sum(column) / len(NEUTRAL) for column in zip(*likely[1:], strict=True)]
    above = [own - neutral for own, neutral in zip(likely[0], usual, strict=True)]
    mean = sum(above) / len(above)
    return [max(-MOST, min(MOST, SCORED * (value - mean))) for value in above]


def _chosen(model: Model, passages: Sequence[str], asked: Property, told: str | None, context: int) -> list[float]:
    keys = [label.key for label in asked.labels]
    one: Json = {"enum": keys}
    schema = {
        "type": "object",
        "properties": {"label": {"type": "array", "items": one, "maxItems": len(keys)} if asked.several else one},
        "required": ["label"],
        "additionalProperties": False,
    }
    lines = [f"- {label.key}: {label.description}" if label.description else f"- {label.key}" for label in asked.labels]
    wanted = "every label that fits" if asked.several else "the one label that fits best"
    question = (
        f"{_LINE}Labels of '{asked.words}':\n{chr(10).join(lines)}\nAnswer with {wanted}, as JSON: {{\"label\": ...}}."
    )
    room = context - _ROOM - ANSWER_TOKENS - sum(model.count([question, told or ""]))
    prompt = _fitting(model, passages, room) + question
    ask = Generate(prompt=prompt, system=told, chat=True, max_tokens=ANSWER_TOKENS, schema=schema)
    picked = _labels_of(model.generate(ask).text)
    return [CHOSEN * (key in picked) for key in keys]


def _labels_of(answer: str) -> list[str]:
    """Return the labels that an answer names; none where it is not in the form that was asked for."""
    try:
        label = msgspec.json.decode(answer, type=dict[str, str | list[str]]).get("label", [])
    except msgspec.DecodeError:
        return []
    return [label] if isinstance(label, str) else label


def _fitting(model: Model, passages: Sequence[str], room: int) -> str:
    """Return as many passages, from the first, as fit into so many tokens; the first one in any case."""
    chosen: list[str] = []
    used = 0
    for passage, count in zip(passages, model.count(passages), strict=True):
        used += count + 1
        if chosen and used > room:
            break
        chosen.append(passage)
    return "\n".join(chosen)
