"""The sentences of a document that a summary may be made of, and what is known of each."""

from collections.abc import Iterator, Sequence

import msgspec

from axelered_box.modules.summarize import fitness, standing, support, trimming
from axelered_box.modules.summarize.prose import Paragraph, Section
from axelered_box.modules.summarize.sections import Role
from axelered_box.modules.summarize.sentences import Stretch, sentences
from axelered_box.modules.summarize.terms import Terms, terms


class Candidate(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A sentence that a summary may hold."""

    place: int
    """Its number among all sentences of the document, unfit ones counted."""
    short: str
    """Its text as a summary has it: without marks of citations and the like, with the same facts."""
    words: int
    """Of the short form."""
    section: int
    """The place of its section."""
    role: Role
    paragraph: Paragraph
    stretch: Stretch
    """Where it stands in its paragraph."""
    opens_paragraph: bool
    depth: float
    """How far down its section its paragraph stands, 0 to 1."""
    leans: bool
    """Whether it needs the sentence before it to be understood."""
    terms: Terms


class _Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence where it stands, fit or not."""

    place: int
    section: int
    role: Role
    paragraph: Paragraph
    stretch: Stretch
    order: int
    """Its number in its paragraph, from 0."""
    depth: float
    is_torn: bool
    """Whether the paragraph before breaks off, so that this may be the rest of its last sentence."""


def candidates(sections: Sequence[Section], language: str | None) -> list[Candidate]:
    """Return the sentences that can be part of a summary, in the order of the document."""
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    addressed = any(standing.addresses_reader(paragraph.text) for paragraph in paragraphs)
    return [
        _candidate(sentence, language, addressed=addressed)
        for sentence in _sentences(sections, language)
        if _is_fit(sentence, language)
    ]


def _sentences(sections: Sequence[Section], language: str | None) -> Iterator[_Sentence]:
    place = 0
    for number, section in enumerate(sections):
        last = max(len(section.paragraphs) - 1, 1)
        is_torn = False
        for row, paragraph in enumerate(section.paragraphs):
            for order, stretch in enumerate(sentences(paragraph.text, language)):
                place += 1
                yield _Sentence(
                    place=place, section=number, role=section.role, paragraph=paragraph, stretch=stretch, order=order,
                    depth=row / last, is_torn=is_torn and order == 0,
                )  # fmt: skip
            is_torn = fitness.breaks_off(paragraph, language)


def _is_fit(sentence: _Sentence, language: str | None) -> bool:
    text = sentence.paragraph.text[slice(*sentence.stretch)]
    is_whole_item = sentence.paragraph.is_item and text == sentence.paragraph.text.strip()
    return not sentence.is_torn and fitness.is_fit(text, language, is_whole_item=is_whole_item)


def _candidate(sentence: _Sentence, language: str | None, *, addressed: bool) -> Candidate:
    text = " ".join(sentence.paragraph.text[slice(*sentence.stretch)].split())
    short = _short(text, language)
    return Candidate(
        place=sentence.place,
        short=short,
        words=len(short.split()),
        section=sentence.section,
        role=sentence.role,
        paragraph=sentence.paragraph,
        stretch=sentence.stretch,
        opens_paragraph=sentence.order == 0,
        depth=sentence.depth,
        leans=sentence.place > 1 and standing.leans(short, language, addressed=addressed),
        terms=terms(short, language),
    )


def _short(text: str, language: str | None) -> str:
    """Return a sentence's trimmed form if that still says the same, else the sentence."""
    short = trimming.trimmed(text)
    return short if short and support.keeps_denial(text, short, language) else text
