"""How printed lines become running text: hyphens undone, letters in their usual form, spaces single, styles kept."""

import re
import unicodedata
from collections.abc import Iterable

import msgspec

from axelered_box.domain.documents import Span
from axelered_box.formats import hyphens
from axelered_box.formats.hyphens import Hyphens

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_SCHEME = re.compile(r"\b(https?:) //")
"""An address that the typesetter spaced out."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))
_FORMS = re.compile("[\ufb00-\ufb06\U0001d400-\U0001d7ff]")
"""Ligatures, and letters of formulas in a style of their own."""
_ACCENTS = dict(
    zip(
        "\u00b4\u02ca\u02cb\u00a8\u02c6\u02dc\u02da\u02c7\u02d8\u02dd",
        "\u0301\u0301\u0300\u0308\u0302\u0303\u030a\u030c\u0306\u030b",
        strict=True,
    )
)
"""Accents printed as signs of their own, before the letter they belong to, and as part of a letter."""
_ACCENTED = re.compile(f"(?<!\\d)([{''.join(_ACCENTS)}])([A-Za-z\u0131\u0237])")
_CEDILLA = re.compile("([cCsStT])\u00b8")
_DOTLESS = {"\u0131": "i", "\u0237": "j"}


def clean(text: str) -> str:
    """Return text with its letters in their usual form, without invisible characters and with single spaces."""
    if not text.isascii():
        text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_INVISIBLE))
        text = _CEDILLA.sub(lambda found: _composed(found[0], found[1], "\u0327"), text)
        text = _ACCENTED.sub(lambda found: _composed(found[0], found[2], _ACCENTS[found[1]]), text)
    return _SCHEME.sub(r"\1//", _SPACES.sub(" ", text.replace("\x00", "")))


def _composed(printed: str, letter: str, accent: str) -> str:
    """Return a letter with its accent, or both as they are printed where there is no such letter."""
    made = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + accent)
    return made if len(made) == 1 else printed


class Writer:
    """Running text being put together from styled pieces."""

    def __init__(self, known: Hyphens = hyphens.PLAIN) -> None:
        self._spans: list[Span] = []
        self._known = known

    def line(self, pieces: Iterable[Span], *, gap: str = " ") -> None:
        """Add a printed line, parted from what went before by `gap`."""
        line = _trimmed([msgspec.structs.replace(piece, text=clean(piece.text)) for piece in pieces])
        if not line:
            return
        if self._spans:
            self._end_line("".join(piece.text for piece in line), gap)
        for piece in line:
            self._add(piece)

    def result(self) -> tuple[str, list[Span]]:
        """Return the text, and its spans if it has any style."""
        text = "".join(span.text for span in self._spans)
        plain = all(style(span) == _PLAIN for span in self._spans)
        return text, [] if plain else [span for span in self._spans if span.text]

    def _end_line(self, following: str, gap: str) -> None:
        """Part the last line from the one that follows, or take off the hyphen at its end."""
        last = self._spans[-1]
        said = "".join(span.text for span in self._spans[-2:])
        joined = self._known.join(said, following, gap)
        grown = len(joined) - len(following) - len(said)
        text = last.text[:-1] if grown < 0 else last.text + gap[:grown]
        self._spans[-1] = msgspec.structs.replace(last, text=text)

    def _add(self, piece: Span) -> None:
        """Add a piece to the last span if it has the same style, or is only space."""
        if self._spans and (style(self._spans[-1]) == style(piece) or not piece.text.strip()):
            self._spans[-1] = msgspec.structs.replace(self._spans[-1], text=self._spans[-1].text + piece.text)
        else:
            self._spans.append(piece)


def style(span: Span) -> tuple[bool, bool, bool, bool, bool, str | None, str | None]:
    """Return what a span's style is, to be compared."""
    return (span.bold, span.italic, span.mono, span.superscript, span.subscript, span.link, span.note)


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
