"""The summary of a form, an invoice or a receipt: what it calls itself, and the values that it labels."""

from collections.abc import Sequence

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Refusal
from axelered_box.modules.summarize import facts
from axelered_box.modules.summarize.facts import Fact
from axelered_box.modules.summarize.lines import Summary, Wanted, line


def summary(document: Document, stated: Sequence[Fact], wanted: Wanted) -> Summary:
    """Return a summary of facts, the telling ones first; raises Refusal when there are none."""
    head = facts.heading(document)
    rest = [fact for fact in stated if head is None or fact.place.quote != head.place.quote]
    taken = _that_fit([*([head] if head is not None else []), *rest], wanted.words)
    if not taken:
        raise Refusal(
            "no_text",
            "The document has no text to sum up. If it is a scan, look at the warnings of parse, and set "
            "parserConfig.languages to the languages that it is in.",
        )
    return Summary(
        summary=_text(taken, has_head=taken[0] is head),
        language=wanted.language,
        key_points=[line(fact.text, fact.place) for fact in rest[: wanted.points]],
        citations=[line(fact.text, fact.place) for fact in taken],
    )


def _that_fit(stated: Sequence[Fact], budget: int) -> list[Fact]:
    taken = []
    for fact in stated:
        size = len(fact.text.split())
        if size <= budget:
            taken.append(fact)
            budget -= size
    return taken


def _text(taken: Sequence[Fact], *, has_head: bool) -> str:
    """Return facts as text: what the document calls itself as a sentence, then the values in a row."""
    texts = [fact.text.rstrip(" .;") for fact in taken]
    parts = [texts[0], "; ".join(texts[1:])] if has_head else ["; ".join(texts)]
    return " ".join(f"{part}." for part in parts if part)
