"""How large recognised words are printed and where they stand, told from their boxes and their letters."""

from statistics import median

from axelered_box.domain.documents import Word

_TALL = frozenset("bdfhijklt0123456789ßÄÖÜÁÀÂÉÈÊÍÓÒÔÚÙÑäöüáàâéèêëíìîïóòôúùûñ%$€£§&/|!?'\"()[]{}")
_DEEP, _COMMAS = frozenset("gjpqyçÇQ()[]{}|/§$&"), frozenset(",;")
_X_HEIGHT, _ASCENT, _DESCENT, _COMMA = 0.46, 0.70, 0.21, 0.14
"""How far letters reach above and below the line on which they stand, in parts of the font size."""


def descent(word: Word) -> float:
    """Return how far a word reaches below the line on which it stands, in parts of its font size."""
    if not _DEEP.isdisjoint(word.text):
        return _DESCENT
    return 0.0 if _COMMAS.isdisjoint(word.text) else _COMMA


def line_size(words: list[Word]) -> float:
    """Return the font size of a line, of its height where no word has letters.

    Words with letters or digits that reach up, and none that reaches down, tell it best: how high those without are
    differs from font to font.
    """
    sizes: list[list[float]] = [[], [], []]
    for word in words:
        if any(letter.isalnum() for letter in word.text):
            has_tall = any(letter in _TALL or letter.isupper() for letter in word.text)
            below = descent(word)
            size = (word.y1 - word.y0) / ((_ASCENT if has_tall else _X_HEIGHT) + below)
            sizes[0 if has_tall and not below else 1 if has_tall else 2] += [size] * len(word.text)
    best = next((own for own in sizes if own), None)
    return median(best) if best else max(word.y1 - word.y0 for word in words)


def base(word: Word, font_size: float) -> float:
    """Return the height of the line on which a word of that font size stands."""
    return word.y1 - descent(word) * font_size
