"""Citations of pieces of lines."""

from collections.abc import Sequence

from axelered_box.domain.documents import Document
from axelered_box.modules.citing import Citation, confidence, union
from axelered_box.modules.extract.rows_pieces import Piece


def citation(document: Document, pieces: Sequence[Piece]) -> Citation:
    """Return the citation of some pieces: the longest run of their words that follow each other on the page."""
    page = document.page(pieces[0].page)
    places = sorted({place for piece in pieces if piece.page == pieces[0].page for place in piece.words})
    if page is None or not places:
        return Citation(page=pieces[0].page, quote=pieces[0].text)
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] + 1 == place:
            runs[-1].append(place)
        else:
            runs.append([place])
    run = max(runs, key=len)
    words = page.words[run[0] : run[-1] + 1]
    quote = " ".join(word.text for word in words)
    return Citation(
        page=page.number, quote=quote, bbox=union(words), read=confidence(words), words=(run[0], run[-1] + 1)
    )
