"""Rows told by a column of values: each of its values begins one, if all other lines can only be wrapped text."""

from axelered_box.formats.tables_pieces import Piece, is_value, would_fit

_LEAST_ROWS, _LEAST_WRAPPED = 3, 2


def anchored_rows(pieces: list[list[Piece]], band: list[int], widths: list[float], em: float) -> list[int]:
    """Return the lines that begin rows, from the first value of a column on; none where no column tells them.

    A line without a value in that column is wrapped text if its words had no room on the lines above it.
    """
    for column in range(1, len(widths)):
        said = [next((piece.text for piece in line if piece.first == column), None) for line in pieces]
        first = next((place for place, text in enumerate(said) if text is not None and is_value(text)), len(said))
        starts = [place for place in range(first, len(said)) if said[place] is not None]
        if len(starts) < _LEAST_ROWS or _wrapped_beside_names(pieces, starts) < _LEAST_WRAPPED:
            continue
        named = all(any(piece.first == 0 for piece in pieces[place]) for place in starts)
        if (
            named
            and all(is_value(said[place] or "") for place in starts)
            and _only_wraps(pieces, starts, band, widths, em)
        ):
            return starts
    return []


def _wrapped_beside_names(pieces: list[list[Piece]], starts: list[int]) -> int:
    """Return how many lines that begin no row say more than a name, which may head the rows below it."""
    return sum(
        line[-1].first > 0 for place, line in enumerate(pieces) if line and place > starts[0] and place not in starts
    )


def _only_wraps(pieces: list[list[Piece]], starts: list[int], band: list[int], widths: list[float], em: float) -> bool:
    """Tell whether each line that begins no row goes on with text that had no room above it in the same row."""
    standing: dict[int, Piece] = {}
    for place, line in list(enumerate(pieces))[starts[0] :]:
        if place in starts:
            standing = {piece.first: piece for piece in line if piece.first == piece.last}
            continue
        if band[place] != band[place - 1]:
            return False
        for piece in line:
            above = standing.get(piece.first)
            if above is None or not _is_wrapped(above, piece, widths[piece.first], em):
                return False
            standing[piece.first] = piece
    return True


def _is_wrapped(above: Piece, below: Piece, width: float, em: float) -> bool:
    """Tell whether a line goes on with the one above: it begins within a sentence, or had no room there."""
    start = below.tokens[0].text
    return start[0].islower() or start[0] == "(" or not would_fit(above, below, width, em)
