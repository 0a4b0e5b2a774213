"""What stands around a paper's title on the first page and is no heading: the kicker above it, the authors below."""

import re

from axelered_box.domain.documents import Kind
from axelered_box.formats.evidence import Role
from axelered_box.modules.parse.drafts import Draft, Style, as_paragraph
from axelered_box.modules.parse.headlines import ABSTRACT, NUMBERED

_LONGEST = 480
_MOST_LINES, _WORDS_A_LINE = 3, 5
"""A paragraph of running text has more lines, and at least so many words in each."""
_PARTICLES = frozenset(
    {*("and", "und", "et", "y", "e", "i", "en", "&"), *("von", "van", "der", "den", "zu", "zur", "ter", "bin", "ibn")}
    | {*("de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "ul")}
)
"""What joins names, or stands within one."""
_NAME = re.compile(r"^[^\W\d_](?:[\w\u2019'`.\-\u2010]*)$")
_NAME_PARTS = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bet\b|&)\s*")
_MARKS = "*\u2020\u2021\u00b6\u00a7\u2217,'\"\u2018\u2019\u201c\u201d0123456789"
"""What stands at a name for an affiliation, also as recognition reads raised marks."""
_NAME_WORDS = range(2, 7)


def without_front_matter(first: list[Draft], body: Style) -> list[Draft]:
    """Return a first page whose kicker, above the title, and whose authors, below it, are no headings."""
    places = []
    for place, draft in enumerate(first):
        if _begins_text(draft, body):
            break
        if draft.block.kind is Kind.HEADING and draft.level is None:
            places.append(place)
    if not places:
        return first
    title = max(places, key=lambda place: (first[place].style, first[place].role is Role.TITLE, -place))
    if first[title].style.size <= body.size:
        return first
    done = list(first)
    for place in places:
        draft = first[place]
        if place < title or (place > title and _is_below_title(draft, first, place, body)):
            done[place] = as_paragraph(draft)
    return done


def _is_below_title(draft: Draft, first: list[Draft], place: int, body: Style) -> bool:
    """Tell whether a heading below a title, before the text begins, gives what papers print there and is none."""
    is_plain = draft.style <= body and draft.role is not Role.TITLE
    return is_plain or _is_in_page_header(draft, first) or _gives_authors(draft, first[place + 1 :], body)


def _is_in_page_header(draft: Draft, first: list[Draft]) -> bool:
    """Tell whether a line says what the page's head says too, such as the name of the journal."""
    heads = [other.block.text for other in first if other.block.kind is Kind.PAGE_HEADER]
    return any(draft.block.text in " ".join(head.split()) for head in heads)


def _begins_text(draft: Draft, body: Style) -> bool:
    """Tell whether the text of a document begins here: with a numbered heading, a summary or a paragraph."""
    block = draft.block
    if block.kind is Kind.HEADING:
        numbered = NUMBERED.match(block.text)
        return draft.role is not Role.TITLE and bool((numbered and numbered["number"]) or ABSTRACT.match(block.text))
    runs_on = draft.lines > _MOST_LINES and len(block.text.split()) >= _WORDS_A_LINE * draft.lines
    return block.kind is Kind.PARAGRAPH and draft.style == body and runs_on


def _gives_authors(draft: Draft, after: list[Draft], body: Style) -> bool:
    """Tell whether a line below a title gives its authors: names, with marks or commas, or with no text below."""
    if not is_names(draft):
        return False
    if has_raised(draft) or "," in draft.block.text:
        return True
    return bool(after) and after[0].block.kind is Kind.PARAGRAPH and after[0].style != body


def is_names(draft: Draft) -> bool:
    """Tell whether a line gives nothing but names of people."""
    spans = draft.block.spans
    said = "".join(span.text if not span.superscript else " " for span in spans) if spans else draft.block.text
    if len(said) > _LONGEST and not has_raised(draft):
        return False
    people = [person.split() for person in _NAME_PARTS.split(said) if person.strip(" " + _MARKS)]
    return bool(people) and all(_is_name(person) for person in people)


def _is_name(words: list[str]) -> bool:
    """Tell whether words are a person's name: two to six of them, with capital letters but for particles."""
    words = [word.strip(_MARKS) for word in words]
    words = [word for word in words if word]
    if len(words) not in _NAME_WORDS:
        return False
    return all(word in _PARTICLES or (_NAME.match(word) and word[0].isupper()) for word in words)


def has_raised(draft: Draft) -> bool:
    """Tell whether a block has raised marks, as authors have for their affiliations."""
    return any(span.superscript for span in draft.block.spans)
