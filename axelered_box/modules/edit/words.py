"""How instructions become operations: by rules where they understand every clause, else by a model, never by half.

A clause that nobody understands fails the whole edit with a sentence: a file that is changed in part, without what was
not understood, would pass for done.
"""

import re
from typing import Any

import msgspec

from axelered_box.domain import edits
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import AnyOperation, problem_of, shown, to_json
from axelered_box.domain.models import Generate, Model, ModelFailed
from axelered_box.domain.modules import Refusal
from axelered_box.modules.edit import rules
from axelered_box.modules.edit.clauses import Clause, Quotes, clauses_of
from axelered_box.modules.edit.operands import Setting
from axelered_box.modules.model_size import billions_of

MAX_PLAN_TOKENS = 800
LEAST_BILLIONS = 3.0
"""Models of fewer billion parameters write some operation whatever they are told, so they are not asked."""
_PROMPT = """Turn the instruction into a JSON list of operations on a {kind} file of {pages} pages. Allowed operations
and their members:
{operations}

Instruction: {instruction}
Operations:"""
_EXAMPLES = (
    "'Replace \"ACME GmbH\" with \"Muster AG\"', 'Redact all IBANs', 'Delete page 2', 'Rotate page 3 clockwise',"
    " 'Füge Seitenzahlen hinzu'"
)


def operations_of(text: str, document: Document, kind: str, model: Model) -> list[AnyOperation]:
    """Return the operations that instructions ask for; raises Refusal naming the clause that is not understood."""
    quotes = Quotes()
    hidden = quotes.hide(text)
    setting = Setting(quotes=quotes, kind=kind, pages=document.page_count)
    made: list[AnyOperation] = []
    for clause in clauses_of(hidden, quotes):
        found = rules.operations_of(clause, setting) or _inherited(clause, made, setting)
        if found and any(_is_cut(one, text, quotes) for one in found):
            raise _not_understood(clause.said, made)
        made += found or _planned(clause, setting, model, made)
    if not made:
        raise _not_understood(text.strip(), made)
    return made


def _is_cut(operation: AnyOperation, text: str, quotes: Quotes) -> bool:
    """Tell whether a password without quotes may go on in the sign behind it, at which the sentence was cut."""
    if not isinstance(operation, edits.Encrypt) or operation.password in quotes.texts:
        return False
    return re.search(re.escape(operation.password) + r"(?:[!?;,:]|\.\S)", text) is not None


def _inherited(clause: Clause, made: list[AnyOperation], setting: Setting) -> list[AnyOperation] | None:
    """Return what a clause without a verb asks for, done as the one before it: "Delete page 1. Page 4 too."."""
    if clause.verb or not made:
        return None
    verb = _VERB_OF.get(type(made[-1]))
    return None if verb is None else rules.operations_of(msgspec.structs.replace(clause, verb=verb), setting)


def _planned(clause: Clause, setting: Setting, model: Model, made: list[AnyOperation]) -> list[AnyOperation]:
    """Return the operations that a model makes of a clause; raises Refusal when they are none that can be trusted.

    Only a large model or one of a server's is asked, and every text in its plan has to stand in the clause.
    """
    if not _is_strong(model):
        raise _not_understood(clause.said, made)
    prompt = _PROMPT.format(
        kind=setting.kind, pages=setting.pages, operations=_described(setting.kind), instruction=clause.said
    )
    answer = model.generate(Generate(prompt=prompt, chat=True, max_tokens=MAX_PLAN_TOKENS, schema=_schema()))
    try:
        plan = msgspec.json.decode(answer.text, type=list[AnyOperation])
    except msgspec.MsgspecError:
        raise _not_understood(clause.said, made) from None
    if not plan or any(
        not _is_grounded(one, clause.said) or problem_of(one) or setting.kind not in one.kinds for one in plan
    ):
        raise _not_understood(clause.said, made)
    return plan


def _is_strong(model: Model) -> bool:
    """Tell whether there is a model that can follow instructions."""
    try:
        described = model.describe()
    except ModelFailed:
        return False
    return not described.can_score or (billions_of(described.name) or 0.0) >= LEAST_BILLIONS


def _is_grounded(operation: AnyOperation, said: str) -> bool:
    """Tell whether every text of an operation stands in what was said."""
    free = ("text", "find", "replace", "containing", "after", "before", "password", "regex", "field")
    told = [value for name, value in to_json(operation).items() if name in free and isinstance(value, str) and value]
    return all(text.casefold() in said.casefold() for text in told)


def _not_understood(said: str, made: list[AnyOperation]) -> Refusal:
    """Return the refusal of a clause: what was not understood, what was, and what can be asked."""
    understood = "; ".join(msgspec.json.encode(shown(one)).decode() for one in made)
    before = f" Understood before it: {understood}." if made else ""
    return Refusal(
        "instruction_not_understood",
        f"Not understood: '{said}'.{before} Nothing was changed. Say one change a sentence, with the texts in quotes,"
        f" such as {_EXAMPLES}; or send operations.",
    )


def _described(kind: str) -> str:
    """Return the operations of a kind of file in lines for a model."""
    lines = []
    for one in AnyOperation.__args__:
        if kind in one.kinds:
            members = ", ".join(field.encode_name for field in msgspec.structs.fields(one))
            lines.append(f"- {one.__struct_config__.tag}: {one.__doc__} Members: {members}")
    return "\n".join(lines)


def _schema() -> dict[str, Any]:
    """Return the schema of a plan."""
    schema: dict[str, Any] = msgspec.json.schema(list[AnyOperation])
    return schema


_VERB_OF: dict[type, str] = {
    edits.DeletePages: "delete",
    edits.Redact: "redact",
    edits.ReplaceText: "replace",
    edits.RotatePages: "rotate",
    edits.Highlight: "highlight",
    edits.MovePage: "move",
}
