"""The parties of a contract as objects: their names, and what the contract calls them."""

from collections.abc import Sequence

from axelered_box.domain.documents import Document
from axelered_box.modules.extract.answers import Answer, Status
from axelered_box.modules.extract.lists_parties import parties
from axelered_box.modules.extract.lists_text import running_text
from axelered_box.modules.extract.questions import Question
from axelered_box.modules.extract.rows_terms import meanings

_NAMES = frozenset({"description", "person", "company", "counterparty"})
_ROLES = frozenset({"role", "position"})
_CALLED = 0.9
"""How surely words in quotes behind a name are what a contract calls it."""


def answers(document: Document, question: Question, fields: Sequence[Question]) -> list[Answer]:
    """Return the names and roles of a contract's parties as the leaves of an array's items."""
    running = running_text(document)
    name = next((field for field in fields if "name" in field.words or _NAMES & meanings(field.label).keys()), None)
    role = next((field for field in fields if field is not name and _ROLES & meanings(field.label).keys()), None)
    if name is None:
        return []
    found: list[Answer] = []
    for place, party in enumerate(parties(running)):
        said = [(name, party.name, party.start, party.end, party.sure)]
        if role is not None and party.role is not None:
            said.append((role, party.role, party.role_start, party.role_start + len(party.role), _CALLED))
        for field, value, start, end, sure in said:
            path = field.path.replace(f"{question.path}/*", f"{question.path}/{place}", 1)
            cited = running.citation(start, end)
            if cited is not None:
                found.append(Answer(path=path, value=value, status=Status.FOUND, citation=cited, extract=sure))
    return found
