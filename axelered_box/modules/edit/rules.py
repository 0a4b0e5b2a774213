"""What each verb of an instruction makes of the words behind it: operations, or nothing it understands."""

import re
from collections.abc import Callable
from functools import partial

from axelered_box.domain.edits import AnyOperation
from axelered_box.modules.edit import file_rules, marking_rules, page_rules, text_rules
from axelered_box.modules.edit.clauses import Clause
from axelered_box.modules.edit.operands import JOINTS, Setting
from axelered_box.modules.edit.reading import accounts_for
from axelered_box.modules.edit.verbs import VERBS

Found = list[AnyOperation] | None
Rule = Callable[[str, Setting], Found]


def operations_of(clause: Clause, setting: Setting) -> Found:
    """Return the operations that a clause asks for, None when no rule understands it whole."""
    return _read(clause.rest, _rules_of(clause.verb), setting)


def _rules_of(verb: str) -> list[Rule]:
    """Return the rules of a verb."""
    if not verb:
        return []
    found: list[Rule] = []
    for name, forms in VERBS.items():
        if name == "mark" and re.fullmatch(rf"{forms}|strike out", verb, re.IGNORECASE):
            found.append(partial(marking_rules.mark, style=marking_rules.style_of(verb) or "highlight"))
        elif re.fullmatch(forms, verb, re.IGNORECASE):
            found += _RULES[name]
    return found


def _read(rest: str, rules: list[Rule], setting: Setting) -> Found:
    """Apply the first rule that understands all of the words, else rules to the parts around a joint."""
    found = _whole(rest, rules, setting)
    if found:
        return found
    for joint in JOINTS.finditer(rest):
        left = _whole(rest[: joint.start()], rules, setting)
        right = _read(rest[joint.end() :], rules, setting) if left else None
        if left and right:
            return [*left, *right]
    return None


def _whole(rest: str, rules: list[Rule], setting: Setting) -> Found:
    """Return what the first rule that understands all of the words makes of them."""
    for rule in rules:
        found = rule(rest, setting)
        if found and accounts_for(rest, found, setting.quotes):
            return found
    return None


_RULES: dict[str, tuple[Rule, ...]] = {
    "swap": (page_rules.swap,),
    "substitute": (text_rules.substitute,),
    "replace": (file_rules.metadata, text_rules.replace),
    "use": (text_rules.instead,),
    "redact": (text_rules.redact,),
    "delete": (page_rules.delete, text_rules.delete_parts, text_rules.delete_kind),
    "keep": (page_rules.keep,),
    "rotate": (page_rules.rotate,),
    "move": (page_rules.move, marking_rules.running),
    "reorder": (page_rules.reorder,),
    "reverse": (page_rules.reverse,),
    "stamp": (marking_rules.stamp,),
    "watermark": (marking_rules.watermark,),
    "add": (
        marking_rules.watermark,
        marking_rules.numbers,
        marking_rules.running,
        marking_rules.stamp,
        marking_rules.paragraph,
        marking_rules.row,
    ),
    "number": (marking_rules.numbers,),
    "set": (file_rules.metadata, marking_rules.running, file_rules.encrypt),
    "fill": (file_rules.fill,),
    "check": (file_rules.check,),
    "uncheck": (file_rules.uncheck,),
    "flatten": (file_rules.flatten,),
    "compress": (file_rules.compress,),
    "encrypt": (file_rules.encrypt,),
    "accept": (file_rules.accept,),
    "reject": (file_rules.reject,),
}
