"""Arrays: from the rows of a table where the items are objects, from a list where they are plain values."""

from axelered_box.domain.documents import Document
from axelered_box.modules import values
from axelered_box.modules.extract import lists, rows
from axelered_box.modules.extract.answers import Answer
from axelered_box.modules.extract.questions import Question, Shape


def answers(document: Document, question: Question, hints: values.Hints) -> list[Answer]:
    """Return the leaves of an array's items, in the document's order; none where the document has nothing for it.

    Their paths have the item's number from 0, as in ``/lines/2/amount``. `extract` is how well the evidence agrees, 0
    to 1, before it is calibrated. What an item leaves out has no answer. Arrays within items stay empty.
    """
    if question.item is None:
        return []
    if question.item.shape is Shape.OBJECT:
        return rows.answers(document, question, hints)
    return lists.answers(document, question, hints)
