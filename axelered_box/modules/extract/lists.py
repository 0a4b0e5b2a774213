"""Arrays of plain values: the parties of a contract, and what a document lists after a label or below a heading."""

from axelered_box.domain.documents import Document
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.lists_parties import ASKED, parties
from axelered_box.modules.extract.lists_text import RunningText, running_text
from axelered_box.modules.extract.questions import Question


def answers(document: Document, question: Question, text: RunningText | None = None) -> list[Answer]:
    """Return the items of an array of plain values in the document's order; none where the document lists nothing."""
    running = running_text(document) if text is None else text
    if ASKED & set(question.words):
        return _parties(running, question)
    return []


def _parties(running: RunningText, question: Question) -> list[Answer]:
    return [
        Answer(
            path=f"{question.path}/{place}",
            value=party.name,
            status=Status.FOUND,
            citation=running.citation(party.start, party.end),
            extract=party.sure,
        )
        for place, party in enumerate(parties(running))
    ]
