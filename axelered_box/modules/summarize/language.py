"""Which language a document is in, and whether a summary in another one was asked for."""

from axelered_box.domain.documents import Document, Kind
from axelered_box.domain.modules import Refusal
from axelered_box.formats import language as little_words
from axelered_box.modules.summarize.terms import LANGUAGES, stopwords, tokens

_SAMPLE_BLOCKS = 400
_CLEAR = 2
"""How often as many little words of one language as of another make clear which it is."""


def of_document(document: Document) -> str | None:
    """Return the ISO 639-2 code of a document's main language, None when it cannot be told."""
    if document.languages:
        return document.languages[0]
    text = _sample(document)
    return little_words.guess(text) or _likeliest(text)


def is_in(text: str, language: str) -> bool:
    """Tell whether a text is in a language, as far as its little words show."""
    return little_words.guess(text) == language


def refusal(wanted: str, own: str) -> Refusal:
    """Return the refusal of a summary in a language that the document is not in."""
    return Refusal(
        "language_unavailable",
        f"The document is in the language '{own}', and the model cannot put a summary of it into '{wanted}' in a way "
        "that can be checked. Leave summarizationConfig.language out, or set it to "
        f"'{own}'; or name a model in summarizationConfig.llmConfig that can translate between "
        f"{', '.join(LANGUAGES)}.",
    )


def _sample(document: Document) -> str:
    blocks = [block for block in document.blocks if block.in_flow and block.kind is not Kind.FIGURE]
    return "\n".join(block.text for block in blocks[:_SAMPLE_BLOCKS])


def _likeliest(text: str) -> str | None:
    """Return the language of which a text has by far the most little words: labels have few of them."""
    words = tokens(text)
    hits = sorted(((sum(word in stopwords(code) for word in words), code) for code in LANGUAGES), reverse=True)
    (most, code), (second, _) = hits[:2]
    return code if most > _CLEAR * second else None
