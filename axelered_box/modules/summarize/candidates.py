"""The sentences of a document that a summary may be made of, and what is known of each."""

import re

import msgspec

from axelered_box.modules.summarize import boilerplate, cues, support, trimming
from axelered_box.modules.summarize.prose import Paragraph, Section
from axelered_box.modules.summarize.sections import Role
from axelered_box.modules.summarize.sentences import Stretch, sentences
from axelered_box.modules.summarize.terms import Terms, little_share, terms

_SHORTEST = 5
"""Words below which nothing counts as a sentence."""
_LONGEST = 90
_LEAST_LETTERS = 0.6
"""A sentence is made of letters to at least this part, spaces not counted."""
_LEAST_LITTLE = 0.15
"""Of a sentence's words at least this part are little ones."""
_END_MARKS = (".", "!", "?", "…", ")", "”", "“", '"', "»", "\u2019", "]")


class Candidate(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A sentence that a summary may hold."""

    place: int
    """Its number among all sentences of the document, unfit ones counted."""
    text: str
    """As the document has it."""
    short: str
    """As a summary has it: without marks of citations and the like, with the same facts."""
    words: int
    """Of the short form."""
    section: int
    """The place of its section."""
    role: Role
    paragraph: Paragraph
    stretch: Stretch
    """Where it stands in its paragraph."""
    opens_paragraph: bool
    paragraph_of_section: float
    """How far down its section its paragraph stands, 0 to 1."""
    is_item: bool
    leans: bool
    """Whether it needs the sentence before it to be understood."""
    terms: Terms


def candidates(sections: list[Section], language: str | None) -> list[Candidate]:
    """Return the sentences that can be part of a summary, in the order of the document."""
    found: list[Candidate] = []
    place = 0
    for number, section in enumerate(sections):
        last = max(len(section.paragraphs) - 1, 1)
        for row, paragraph in enumerate(section.paragraphs):
            for order, stretch in enumerate(sentences(paragraph.text, language)):
                place += 1
                text = paragraph.text[stretch[0] : stretch[1]]
                if not is_fit(text, language, is_item=paragraph.is_item):
                    continue
                short = _short(text)
                found.append(
                    Candidate(
                        place=place, text=text, short=short, words=len(short.split()), section=number,
                        role=section.role,
                        paragraph=paragraph, stretch=stretch, opens_paragraph=order == 0, is_item=paragraph.is_item,
                        paragraph_of_section=row / last, leans=cues.leans(short), terms=terms(short, language),
                    )
                )  # fmt: skip
    return found


def is_fit(text: str, language: str | None, *, is_item: bool) -> bool:
    """Tell whether a sentence is whole, is prose, and is of the document's content."""
    words = text.split()
    if not _SHORTEST <= len(words) <= _LONGEST or text[0].islower():
        return False
    if not text.endswith(_END_MARKS) and not (is_item and text[-1].isalnum()):
        return False
    letters = sum(letter.isalpha() for letter in text)
    if letters < _LEAST_LETTERS * len("".join(words)) or little_share(text, language) < _LEAST_LITTLE:
        return False
    return not (boilerplate.is_notice(text) or boilerplate.is_courtesy(text) or boilerplate.has_address(text))


def _short(text: str) -> str:
    """Return a sentence's trimmed form if that still says the same, else the sentence."""
    text = re.sub(r"\s+", " ", text)
    short = trimming.trimmed(text)
    return short if short and support.keeps_denial(text, short) else text
