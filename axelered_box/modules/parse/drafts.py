"""A block while its document is being put together: what it says, how it is printed, and what is not decided yet."""

import msgspec

from axelered_box.domain.documents import Block, Box, Kind, Word
from axelered_box.formats.evidence import Line, Role

_UNIFORM = 0.8
_FEW_LETTERS = 3


class Style(msgspec.Struct, frozen=True, order=True):
    """How most letters of a block are printed; the larger of two styles is the one that stands out more."""

    size: float = 0.0
    """In points, to the half point."""
    bold: bool = False
    caps: bool = False
    italic: bool = False


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A block whose place, level and word range are not decided yet."""

    block: Block
    words: list[Word]
    style: Style = Style()
    """Of most of its text."""
    uniform: bool = False
    """Whether all of its text is in that style."""
    lines: int = 0
    full: bool = False
    """Whether its last line goes to the right edge, as that of a paragraph that goes on elsewhere does."""
    indented: bool = False
    """Whether its first line begins further right than the others."""
    role: Role = Role.TEXT
    level: int | None = None
    """How deep the file's tags say that a heading or list item is."""
    run_in: bool = False
    """Whether it is a heading at the start of the line on which its text begins."""


def replaced(draft: Draft, **changes: object) -> Draft:
    """Return a draft with changes of its block."""
    return msgspec.structs.replace(draft, block=msgspec.structs.replace(draft.block, **changes))


def as_paragraph(draft: Draft) -> Draft:
    """Return a block as running text."""
    return replaced(draft, kind=Kind.PARAGRAPH, level=None, marker=None)


def style_of(lines: list[Line]) -> tuple[Style, bool]:
    """Return the style of most letters of lines, raised ones apart, and whether all have it."""
    letters: dict[Style, int] = {}
    for line in lines:
        for run in line.runs:
            said = run.text.strip()
            if said and not run.superscript:
                style = Style(size=round(run.size * 2) / 2, bold=run.bold, italic=run.italic)
                letters[style] = letters.get(style, 0) + len(said)
    if not letters:
        return Style(), False
    main = max(letters, key=lambda style: (letters[style], style))
    said = "".join(line.text for line in lines)
    caps = said.isupper() and sum(letter.isalpha() for letter in said) > _FEW_LETTERS
    return msgspec.structs.replace(main, caps=caps), letters[main] >= _UNIFORM * sum(letters.values())


def around(lines: list[Line]) -> Box:
    """Return the box around lines."""
    return (
        min(line.bbox[0] for line in lines),
        min(line.bbox[1] for line in lines),
        max(line.bbox[2] for line in lines),
        max(line.bbox[3] for line in lines),
    )


def deal_to_lines(words: list[Word], groups: list[list[Line]]) -> list[list[Word]]:
    """Return the words of each group of lines, by the middle of their height."""
    bottoms = [max(line.bbox[3] for line in lines) for lines in groups]
    dealt: list[list[Word]] = [[] for _ in groups]
    for word in words:
        middle = (word.y0 + word.y1) / 2
        place = next((place for place, bottom in enumerate(bottoms) if middle <= bottom), len(groups) - 1)
        dealt[place].append(word)
    return dealt
