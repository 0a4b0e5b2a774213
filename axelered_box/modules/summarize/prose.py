"""The running text of a document: its sections, their paragraphs, and from which blocks each character comes."""

import msgspec

from axelered_box.domain.documents import Block, Document, Kind
from axelered_box.formats import hyphens
from axelered_box.modules.summarize import boilerplate
from axelered_box.modules.summarize.sections import Role, role_of

_PROSE = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})
_LEFT_OUT = frozenset({Role.REFERENCES, Role.APPARATUS})
_INHERITED = frozenset({Role.METHODS, Role.RESULTS, Role.DISCUSSION, Role.REFERENCES})
"""Roles of which the sections below partake; an abstract has none, whatever levels its page suggests."""
_FRONT = 2
"""An article's first sections are what stands before its title, and below it up to the next heading."""
_LONG_ABSTRACT = 60
"""Words from which a paragraph between a title and an introduction is taken for an abstract."""


class Piece(msgspec.Struct, frozen=True):
    """The part of a paragraph that one block holds."""

    start: int
    """The place of its first character in the paragraph."""
    block: Block


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph or list item, whole where it goes on in another column or on another page."""

    text: str
    pieces: list[Piece]
    is_item: bool

    @property
    def page(self) -> int:
        """The page on which it begins, from 1."""
        return self.pieces[0].block.page


class Section(msgspec.Struct, kw_only=True):
    """A heading with the paragraphs below it, up to the next heading."""

    heading: str
    level: int
    """0 for what stands before the first heading."""
    role: Role
    paragraphs: list[Paragraph] = []


def sections(document: Document) -> list[Section]:
    """Return the sections that hold content, in reading order; tables, figures, notes and references are left out."""
    every = _all_sections(document)
    left_out = set(_LEFT_OUT)
    if any(section.role is Role.REFERENCES for section in every):
        left_out.add(Role.DECLARATIONS)
        _find_abstract(every)
    return [section for section in every if section.role not in left_out and section.paragraphs]


def _all_sections(document: Document) -> list[Section]:
    rest = _continuations(document)
    current = Section(heading="", level=0, role=Role.OTHER)
    found, open_sections = [current], [current]
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            level = block.level or 1
            while open_sections and open_sections[-1].level >= level:
                open_sections.pop()
            current = Section(heading=block.text, level=level, role=_inherited(role_of(block.text), open_sections))
            found.append(current)
            open_sections.append(current)
        elif block.kind in _PROSE and block.continues is None:
            paragraph = _paragraph(block, rest.get(block.id, []))
            if not boilerplate.is_entry(paragraph.text):
                current.paragraphs.append(paragraph)
    return found


def _inherited(role: Role, above: list[Section]) -> Role:
    """Return a section's role, or that of the nearest section around it that has one."""
    if role is not Role.OTHER:
        return role
    return next((section.role for section in reversed(above) if section.role in _INHERITED), Role.OTHER)


def _continuations(document: Document) -> dict[str, list[Block]]:
    """Return, by the id of the block where a paragraph begins, the blocks in which it goes on."""
    rest: dict[str, list[Block]] = {}
    heads: dict[str, str] = {}
    for block in document.blocks:
        if block.continues is not None:
            heads[block.id] = heads.get(block.continues, block.continues)
            rest.setdefault(heads[block.id], []).append(block)
    return rest


def _paragraph(block: Block, rest: list[Block]) -> Paragraph:
    text, pieces = block.text, [Piece(0, block)]
    for more in rest:
        text = hyphens.PLAIN.join(text, more.text)
        pieces.append(Piece(len(text) - len(more.text), more))
    return Paragraph(text=text, pieces=pieces, is_item=block.kind is Kind.LIST_ITEM)


def _find_abstract(every: list[Section]) -> None:
    """Give an article's abstract that has no heading of its own the section that it would have."""
    if any(section.role is Role.ABSTRACT for section in every):
        return
    for place, section in enumerate(every[:_FRONT]):
        long = [part for part in section.paragraphs if len(part.text.split()) >= _LONG_ABSTRACT]
        long = [part for part in long if not boilerplate.is_notice(part.text)]
        if long and section.role is Role.OTHER:
            section.paragraphs = [part for part in section.paragraphs if part not in long]
            every.insert(place + 1, Section(heading="", level=section.level, role=Role.ABSTRACT, paragraphs=long))
            return
