"""How printed lines become running text: hyphens undone, spaces kept single, styles carried along."""

import re
from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import Span

_SOFT_HYPHEN = "\u00ad"
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))


def clean(text: str) -> str:
    """Return text without invisible characters and with single spaces."""
    return _SPACES.sub(" ", text.translate(_INVISIBLE))


def broken_word(before: str, after: str) -> bool:
    """Tell whether a word is split by a hyphen between the end of one line and the start of the next."""
    return len(before) > 1 and before.endswith(("-", "\u2010")) and before[-2].isalpha() and after[:1].islower()


def join(before: str, after: str, gap: str = " ") -> str:
    """Return two pieces of running text as one."""
    if before.endswith(_SOFT_HYPHEN):
        return before[:-1] + after
    if broken_word(before, after):
        return before[:-1] + after
    return before + gap + after if before and after else before + after


class Writer:
    """Running text being put together from styled pieces."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def line(self, pieces: Iterable[Span], *, gap: str = " ") -> None:
        """Add a printed line, parted from what went before by `gap`."""
        line = _trimmed([msgspec.structs.replace(piece, text=clean(piece.text)) for piece in pieces])
        if not line:
            return
        if self._spans:
            last = self._spans[-1]
            joined = join(last.text, line[0].text, gap)
            kept = joined[: len(joined) - len(line[0].text)]
            self._spans[-1] = msgspec.structs.replace(last, text=kept)
        for piece in line:
            self._add(piece)

    def result(self) -> tuple[str, list[Span]]:
        """Return the text, and its spans if it has any style."""
        text = "".join(span.text for span in self._spans)
        plain = all(style(span) == _PLAIN for span in self._spans)
        return text, [] if plain else [span for span in self._spans if span.text]

    def _add(self, piece: Span) -> None:
        """Add a piece to the last span if it has the same style, or is only space."""
        if self._spans and (style(self._spans[-1]) == style(piece) or not piece.text.strip()):
            self._spans[-1] = msgspec.structs.replace(self._spans[-1], text=self._spans[-1].text + piece.text)
        else:
            self._spans.append(piece)


def style(span: Span) -> tuple[bool, bool, bool, bool, bool, str | None]:
    """Return what a span's style is, to be compared."""
    return (span.bold, span.italic, span.mono, span.superscript, span.subscript, span.link)


_PLAIN = style(Span(text=""))


def _trimmed(pieces: list[Span]) -> list[Span]:
    """Return pieces without space at the ends and without doubled spaces between them."""
    kept: list[Span] = []
    for piece in pieces:
        text = piece.text
        if not kept or kept[-1].text.endswith(" "):
            text = text.lstrip()
        if text:
            kept.append(msgspec.structs.replace(piece, text=text))
    while kept and not (text := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        kept[-1] = msgspec.structs.replace(kept[-1], text=kept[-1].text.rstrip())
    return kept
