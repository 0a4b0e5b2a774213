"""Plain text as a Document: paragraphs and lists by their lines."""

import re
from collections.abc import Iterator

from axelered_box.domain.documents import Block, Kind
from axelered_box.formats.flow import clean

_WRAPPED_FROM = 50
"""A paragraph whose lines all have this many letters was wrapped: its line ends mean nothing."""
_ITEM = re.compile(r"^(?P<indent>\s*)(?P<marker>[-*+•]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?P<text>\S.*)$")


def blocks_of_text(text: str) -> Iterator[Block]:
    """Yield the paragraphs and list items of plain text."""
    for part in re.split(r"\n[ \t\f\x0b]*\n|\f", text):
        lines = [line for line in part.split("\n") if line.strip()]
        if lines and all(_ITEM.match(line) for line in lines):
            yield from map(_item, lines)
        elif lines:
            yield _paragraph(lines)


def _paragraph(lines: list[str]) -> Block:
    """Return a paragraph; line ends stay where the text was not merely wrapped."""
    wrapped = len(lines) > 1 and all(len(line) >= _WRAPPED_FROM for line in lines[:-1])
    gap = " " if wrapped else "\n"
    return Block(id="", kind=Kind.PARAGRAPH, page=1, text=gap.join(clean(line).strip() for line in lines))


def _item(line: str) -> Block:
    """Return a list item; two spaces of indent are a level."""
    found = _ITEM.match(line)
    assert found is not None
    level = 1 + len(found["indent"].expandtabs(4)) // 2
    marker = "-" if found["marker"] in "-*+•" else found["marker"]
    return Block(
        id="", kind=Kind.LIST_ITEM, page=1, text=clean(found["text"]).strip(), level=min(level, 6), marker=marker
    )
