"""How large recognised words are printed and where they stand, told from their boxes and from which letters they have."""

from statistics import median

from axelered_box.domain.documents import Word

_TALL = frozenset("bdfhijklt0123456789ßÄÖÜÁÀÂÉÈÊÍÓÒÔÚÙÑäöüáàâéèêëíìîïóòôúùûñ%$€£§&/|!?'\"()[]{}")
_DEEP = frozenset("gjpqyçÇQ,;()[]{}|/§$&")
_X_HEIGHT, _ASCENT, _DESCENT = 0.46, 0.70, 0.21
"""How far letters reach above and below the line on which they stand, in parts of the font size."""


def descent(word: Word) -> float:
    """Return how far a word reaches below the line on which it stands, in parts of its font size."""
    return _DESCENT if not _DEEP.isdisjoint(word.text) else 0.0


def size(word: Word) -> float | None:
    """Return the font size of a word, in units of its box; None for one without letters and digits."""
    if not any(letter.isalnum() for letter in word.text):
        return None
    has_tall = any(letter in _TALL or letter.isupper() for letter in word.text)
    return (word.y1 - word.y0) / ((_ASCENT if has_tall else _X_HEIGHT) + descent(word))


def line_size(words: list[Word]) -> float:
    """Return the font size of most of a line, of its height where no word has letters."""
    weighted = [size for word in words if (size := size_of(word)) is not None for _ in word.text]
    return median(weighted) if weighted else max(word.y1 - word.y0 for word in words)


def base(word: Word, font_size: float) -> float:
    """Return the height of the line on which a word of that font size stands."""
    return word.y1 - descent(word) * font_size


size_of = size
