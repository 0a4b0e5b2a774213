"""The parties of a contract as candidates: each name with the role that the preamble gives it as its label."""

from collections.abc import Iterator

from axelered_box.modules.extract.candidates import Candidate
from axelered_box.modules.extract.evidence import Evidence, Piece
from axelered_box.modules.extract.lists_parties import Party, parties
from axelered_box.modules.extract.lists_text import Part, running_text
from axelered_box.modules.extract.surroundings import Around, Near
from axelered_box.modules.values import Found


def contracting(evidence: Evidence) -> Iterator[Candidate]:
    """Yield the names of a contract's parties whose role it says; none where the document is no contract."""
    running = running_text(evidence.document)
    for party in parties(running):
        part = running.part(party.start)
        if party.role and part is not None and party.end <= part.start + len(part.stretch.text):
            yield _candidate(evidence, party, part)


def _candidate(evidence: Evidence, party: Party, part: Part) -> Candidate:
    start, end = party.start - part.start, party.end - part.start
    role = party.role or ""
    return Candidate(
        stretch=part.stretch,
        start=start,
        end=end,
        found=Found("organisation", start, end, party.name, 0.95),
        piece=_piece(evidence, part, start),
        near=Near(before=f"{role}:", line=f"{role}:"),
        around=Around(left=role),
    )


def _piece(evidence: Evidence, part: Part, start: int) -> Piece:
    """Return the piece that the character at `start` of a part is in."""
    own = [piece for piece in evidence.pieces if piece.stretch.block == part.block]
    first = part.stretch.word_range(start, start + 1)[0]
    printed = (piece for piece in own if piece.stretch.words[0] <= first < piece.stretch.words[1])
    return next(printed, own[0] if own else evidence.pieces[0])
