"""How large recognised words are printed and where they stand, told from their boxes and from which letters they have."""

from axelered_box.domain.documents import Word

_TALL = frozenset("bdfhijklt0123456789ßÄÖÜÁÀÂÉÈÊÍÓÒÔÚÙÑäöüáàâéèêëíìîïóòôúùûñ%$€£§&/|!?'\"()[]{}")
_DEEP = frozenset("gjpqyçÇQ,;()[]{}|/§$&")
_X_HEIGHT, _ASCENT, _DESCENT = 0.46, 0.70, 0.21
"""How far letters reach above and below the line on which they stand, in parts of the font size."""
_LOW = 4
"""One word in so many is the low one."""


def descent(word: Word) -> float:
    """Return how far a word reaches below the line on which it stands, in parts of its font size."""
    return _DESCENT if not _DEEP.isdisjoint(word.text) else 0.0


def size_of(word: Word) -> float | None:
    """Return the font size of a word, in units of its box; None for one without letters and digits."""
    if not any(letter.isalnum() for letter in word.text):
        return None
    has_tall = any(letter in _TALL or letter.isupper() for letter in word.text)
    return (word.y1 - word.y0) / ((_ASCENT if has_tall else _X_HEIGHT) + descent(word))


def line_size(words: list[Word]) -> float:
    """Return the font size of a line, of its height where no word has letters.

    Specks and rules that touch a word make its box higher, nothing makes it lower: so the size is a low one of those
    that the words speak for.
    """
    weighted = sorted(size for word in words if (size := size_of(word)) is not None for _ in word.text)
    return weighted[len(weighted) // _LOW] if weighted else max(word.y1 - word.y0 for word in words)


def base(word: Word, font_size: float) -> float:
    """Return the height of the line on which a word of that font size stands."""
    return word.y1 - descent(word) * font_size
