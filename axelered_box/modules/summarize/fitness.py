"""Which sentences are fit for a summary: whole ones, of prose, and of the document's content."""

from axelered_box.modules.summarize import boilerplate
from axelered_box.modules.summarize.prose import Paragraph
from axelered_box.modules.summarize.terms import little_share, stopwords, tokens

_SHORTEST = 5
"""Words below which nothing counts as a sentence."""
_LONGEST = 90
_LEAST_LETTERS = 0.6
"""A sentence is made of letters to at least this part, spaces not counted."""
_LEAST_LITTLE = 0.15
"""Of a sentence's words at least this part are little ones."""
_HEADLINE_WORDS = 12
_ITEM_WORDS = 30
_BREAKING_WORDS = 8
"""A paragraph of so many words that has no mark at its end breaks off, and may go on in the next one."""
_END_MARKS = (".", "!", "?", "…", ")", "”", "“", '"', "»", "\u2019", "]")
_GOES_ON = (":", ";", *_END_MARKS)


def is_fit(text: str, language: str | None, *, is_whole_item: bool) -> bool:
    """Tell whether a sentence is whole, is prose, and is of the document's content; `is_whole_item` of a list."""
    words = text.split()
    if not _SHORTEST <= len(words) <= _LONGEST or text[0].islower():
        return False
    if not text.endswith(_END_MARKS) and not (is_whole_item and _is_closed(words, language)):
        return False
    if _is_headline(words, language) or not _is_prose(text, language):
        return False
    return not (boilerplate.is_notice(text) or boilerplate.is_courtesy(text) or boilerplate.has_address(text))


def breaks_off(paragraph: Paragraph, language: str | None) -> bool:
    """Tell whether a paragraph ends within a sentence, so that the next one may begin within it."""
    words = paragraph.text.split()
    if len(words) < _BREAKING_WORDS or paragraph.text.rstrip().endswith(_GOES_ON):
        return False
    return not (paragraph.is_item and ". " not in paragraph.text and _is_closed(words, language))


def _is_prose(text: str, language: str | None) -> bool:
    signs = "".join(text.split())
    letters = sum(sign.isalpha() for sign in signs)
    return letters >= _LEAST_LETTERS * len(signs) and little_share(text, language) >= _LEAST_LITTLE


def _is_headline(words: list[str], language: str | None) -> bool:
    """Tell whether a sentence is a headline that runs into the text: in capitals, or each telling word has one."""
    if sum(word.isupper() for word in words) > len(words) / 2:
        return True
    little = stopwords(language)
    telling = [word for word in words if word[0].isalpha() and word.lower() not in little]
    return language != "deu" and len(words) <= _HEADLINE_WORDS and all(word[0].isupper() for word in telling)


def _is_closed(words: list[str], language: str | None) -> bool:
    """Tell whether a list's item without a full stop is whole: it is short and does not break off at a little word."""
    last = tokens(words[-1])
    return (
        len(words) <= _ITEM_WORDS
        and words[-1][-1].isalnum()
        and last[-1:] != []
        and last[-1] not in stopwords(language)
    )
