"""How a summary is put together: its sentences where the document has some, else the values that it labels."""

from collections.abc import Sequence

from axelered_box.domain.documents import Document
from axelered_box.domain.models import Model
from axelered_box.modules.summarize import (
    SummarizeOptions,
    facts,
    from_facts,
    from_prose,
    labels,
    language,
    prose,
    salience,
)
from axelered_box.modules.summarize.candidates import candidates
from axelered_box.modules.summarize.facts import Fact
from axelered_box.modules.summarize.lines import Summary, Wanted

MAX_WORDS = {"short": 60, "medium": 150, "long": 400}
"""The most words of a summary, by ``targetLength``."""
_PART_OF_SHORT = 0.5
"""Of a short document a summary has at most this part."""
_NO_LESS = 40
"""Words that a summary may have however short its document is, if that has as many."""
_LITTLE_PROSE = 0.3
"""A document of whose words less than this part is in sentences, and that has labelled values, is a form."""
_BILL_PROSE = 0.6
"""The same for one that names an amount to be paid: bills have much small print."""
_FORM_FACTS = 3


def summarize(document: Document, options: SummarizeOptions, model: Model) -> Summary:
    """Return the summary of a document; raises Refusal when there is no text, or none in the language wanted."""
    language_ = options.language
    own = language.of_document(document)
    is_foreign = language_ is not None and own is not None and language_ != own
    second = language_ if is_foreign and language_ in document.languages else None
    sections = prose.sections(document)
    every = candidates(sections, second or own)
    if second is not None:
        every = [candidate for candidate in every if language.is_in(candidate.paragraph.text, second)]
    words = sum(len(block.text.split()) for block in document.blocks if block.in_flow)
    wanted = Wanted(
        words=min(MAX_WORDS[options.target_length], max(min(words, _NO_LESS), round(_PART_OF_SHORT * words))),
        points=options.max_key_points,
        own=second or own,
        language=language_ or own,
        is_model_named=options.llm_id is not None or options.llm_config is not None,
    )
    stated = facts.facts(document)
    if every and not _is_form(sum(candidate.words for candidate in every) / max(words, 1), stated):
        rated = salience.rated(every, sections, document.title, wanted.own)
        return from_prose.summary(document, rated, wanted, model)
    if language_ is not None and own is not None and language_ != own:
        raise language.refusal(language_, own)
    return from_facts.summary(document, stated or facts.lines(document), wanted)


def _is_form(prose_share: float, stated: Sequence[Fact]) -> bool:
    """Tell whether a document says what it says in labelled values more than in sentences."""
    kinds = {labels.kind_of(fact.rank) for fact in stated if fact.rank < labels.UNKNOWN}
    is_bill = labels.TO_PAY in kinds and len(kinds) >= _FORM_FACTS
    return (prose_share < _LITTLE_PROSE and len(stated) >= _FORM_FACTS) or (prose_share < _BILL_PROSE and is_bill)
