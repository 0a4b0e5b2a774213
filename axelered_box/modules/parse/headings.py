"""Which blocks of a document are headings: by layout, type, numbers and the file's outline together."""

import re
from collections import Counter

import msgspec

from axelered_box.domain.documents import Kind, Span
from axelered_box.formats.evidence import Role
from axelered_box.modules.parse.drafts import Draft, Style, as_paragraph, replaced
from axelered_box.modules.parse.front_matter import has_raised, is_names, without_front_matter
from axelered_box.modules.parse.heading_levels import Outline, headings_of, plain, with_levels
from axelered_box.modules.parse.headlines import NUMBERED

_LONGEST = 160
_MOST_LINES = 3
_TITLE_SIZE = 1.15
"""A title is printed larger than any other heading by this factor, where the layout model did not see it."""

_LABELLED_NUMBER = re.compile(
    r"^[^\d:][^:]{1,40}:\s*(?:[€$£]|EUR|USD|CHF|GBP)?\s*[-+]?\d[\d.,/%\s'-]*(?:[€$£%]|EUR|USD|CHF|GBP)?$"
)
"""``Net amount: 496.00 EUR``, as forms and bills print in bold."""

Drafts = list[list[Draft]]
"""The blocks of each page."""


def with_headings(drafted: Drafts, outline: Outline) -> Drafts:
    """Return the pages' blocks, headings told from other text and each with its level."""
    drafted = _promoted(drafted, outline)
    drafted = _with_title(drafted)
    drafted = _demoted(drafted)
    return with_levels(drafted, outline)


def _look(draft: Draft) -> tuple[Style, bool]:
    """Return how a heading is printed: its style, and whether it has a number."""
    return draft.style, NUMBERED.match(draft.block.text) is not None


def body_style(drafted: Drafts) -> Style:
    """Return the style of most running text."""
    letters: Counter[Style] = Counter()
    for own in drafted:
        for draft in own:
            if draft.block.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM):
                letters[draft.style] += len(draft.block.text)
    return letters.most_common(1)[0][0] if letters else Style()


def _promoted(drafted: Drafts, outline: Outline) -> Drafts:
    """Make headings of short lines that are printed as headings are, or that the outline names."""
    body = body_style(drafted)
    named = {plain(title) for _, title in outline}
    used = Counter(_look(draft) for draft in headings_of(drafted) if not draft.run_in)
    running = Counter(
        draft.style
        for own in drafted
        for draft in own
        if draft.block.kind is Kind.PARAGRAPH and draft.lines > _MOST_LINES
    )
    looks = {look for look, count in used.items() if count > 1 and look[0] > body and running[look[0]] < count}

    def stands_out(draft: Draft) -> bool:
        block = draft.block
        if block.kind is not Kind.PARAGRAPH or draft.lines > _MOST_LINES or len(block.text) > _LONGEST:
            return False
        if not any(letter.isalpha() for letter in block.text):
            return False
        if plain(block.text) in named and draft.style > body:
            return True
        if is_names(draft) and has_raised(draft):
            return False
        return draft.uniform and _look(draft) in looks and not block.text.endswith((".", ",", ";", ":"))

    return [[_as_heading(draft) if stands_out(draft) else draft for draft in own] for own in drafted]


def _with_title(drafted: Drafts) -> Drafts:
    """Make the largest line of the first page the title, where it is larger than all headings and none is a title."""
    if not drafted or any(draft.role is Role.TITLE and draft.block.kind is Kind.HEADING for draft in drafted[0]):
        return drafted
    first = drafted[0]
    largest = max((draft.style.size for draft in headings_of(drafted)), default=body_style(drafted).size)
    candidates = [
        place
        for place, draft in enumerate(first)
        if draft.block.kind is Kind.PARAGRAPH
        and draft.style.size >= _TITLE_SIZE * largest > 0
        and draft.lines <= _MOST_LINES + 1
        and any(letter.isalpha() for letter in draft.block.text)
    ]
    if not candidates:
        return drafted
    best = max(candidates, key=lambda place: (first[place].style.size, -place))
    return [[_as_heading(draft) if place == best else draft for place, draft in enumerate(first)], *drafted[1:]]


def _demoted(drafted: Drafts) -> Drafts:
    """Make paragraphs of what the layout model took for headings and is none."""
    body = body_style(drafted)
    done = [[as_paragraph(draft) if _is_sentence(draft, body) else draft for draft in own] for own in drafted]
    return [without_front_matter(done[0], body), *done[1:]] if done else done


def _is_sentence(draft: Draft, body: Style) -> bool:
    """Tell whether a heading is running text in the style of all running text, or a value with its label."""
    block = draft.block
    if block.kind is not Kind.HEADING or draft.run_in or draft.role is Role.TITLE or draft.level is not None:
        return False
    if len(block.text) > 2 * _LONGEST or _LABELLED_NUMBER.match(block.text):
        return True
    like_text = draft.style <= body and NUMBERED.match(block.text) is None and body.size > 0
    return like_text and (block.text.endswith((".", ",", ";")) or block.text[:1].islower())


def _as_heading(draft: Draft) -> Draft:
    """Return a block as a heading: on one line, without the style that all of it has."""
    spans: list[Span] = [
        msgspec.structs.replace(span, text=span.text.replace("\n", " "), bold=False) for span in draft.block.spans
    ]
    return replaced(draft, kind=Kind.HEADING, text=draft.block.text.replace("\n", " "), spans=spans, marker=None)
