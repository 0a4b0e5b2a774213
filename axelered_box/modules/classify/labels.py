"""What a classification schema asks: its properties, and the labels of each with their descriptions."""

import re
from typing import Any

import msgspec

from axelered_box.domain.errors import Problem
from axelered_box.domain.modules import Json
from axelered_box.modules.json_schemas import is_constant, resolved

MAX_LABELS = 200
"""The most labels of all properties together."""

_DESCRIPTIONS = ("x-descriptions", "x-enum-descriptions", "x-enumDescriptions", "enumDescriptions")
_TITLES = ("enumNames", "x-enumNames", "x-enum-varnames")
_OTHER = re.compile(
    r"other|others|misc|miscellaneous|none|none of (these|the above)|unknown|else|something else|not applicable|n/?a"
    r"|sonstiges?|andere[rs]?|anderes|unbekannt|keine?s?|autres?|divers|aucune?|inconnue?"
    r"|otr[oa]s?|vari[oa]s|ningun[oa]|ningún|desconocid[oa]|altr[oi]|altr[ae]|vari[oe]|nessun[oa]|sconosciut[oa]",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-zß-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])")


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One label of a property."""

    value: Any
    """As the schema has it and as `data` shows it."""
    name: str
    """In words."""
    description: str = ""

    @property
    def key(self) -> str:
        """Return the member of `scores` by which the label goes."""
        return self.value if isinstance(self.value, str) else msgspec.json.encode(self.value).decode()

    @property
    def is_other(self) -> bool:
        """Tell whether the label stands for whatever fits no other one."""
        return _OTHER.fullmatch(self.name) is not None


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One property by whose labels a document is told apart."""

    name: str
    words: str
    """Its name, or its title, in words."""
    labels: list[Label]
    several: bool = False
    """Whether a document may have several of the labels."""
    least: int = 0
    """Of several, how many it has at least."""
    most: int | None = None
    """Of several, how many it has at most."""


def in_words(name: str) -> str:
    """Return the words that an identifier is made of: ``scientific article`` for ``scientificArticle``."""
    parted = _HUMP.sub(" ", re.sub(r"[_\-./\s]+", " ", name)).strip()
    words = [
        word if word.isupper() and len(word) > 1 and not name.isupper() else word.lower() for word in parted.split()
    ]
    return " ".join(words)


def properties_of(schema: Json) -> list[Property]:
    """Return what a schema without problems asks."""
    simple = resolved(schema)
    return [_property(name, node) for name, node in simple["properties"].items()]


def problems_of(schema: Json) -> list[Problem]:
    """Return why a schema that is in order as such cannot be classified by."""
    found = []
    total = 0
    for name, node in resolved(schema)["properties"].items():
        labels = _labels(node, name)
        total += len(labels)
        if not labels:
            told = (
                f"The property '{name}' has no labels. Each property needs an `enum` of at least one label, or is an "
                "array whose `items` have one. To take other values from a document, use extractionConfig."
            )
            found.append(Problem(loc=["properties", name], msg=told, type="json_schema"))
    if total > MAX_LABELS:
        told = f"The schema has {total} labels; at most {MAX_LABELS} are allowed. Use several runs."
        found.append(Problem(loc=["properties"], msg=told, type="json_schema"))
    return found


def _property(name: str, node: Json) -> Property:
    several = _is_array(node)
    least = int(node.get("minItems", 0)) if several else 1
    return Property(
        name=name,
        words=in_words(str(node.get("title") or name)),
        labels=_labels(node, name),
        several=several,
        least=least,
        most=node.get("maxItems") if several else None,
    )


def _is_array(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("items"), dict) and node.get("type", "array") == "array"


def _labels(node: Any, name: str) -> list[Label]:
    """Return the labels of a property, none if it is not one of labels."""
    if not isinstance(node, dict):
        return []
    if _is_array(node):
        inner = {"description": node.get("description", ""), **node["items"]}
        return [] if _is_array(inner) else _labels(inner, name)
    choices = [part for key in ("oneOf", "anyOf") for part in node.get(key, []) if is_constant(part)]
    if choices:
        return _described([part["const"] for part in choices], choices, str(node.get("description", "")))
    values = node.get("enum", [node["const"]] if is_constant(node) else [])
    labels = [value for value in values if value is not None and not isinstance(value, dict | list)]
    parts = [{"description": _of_list(node, _DESCRIPTIONS, values, value),
              "title": _of_list(node, _TITLES, values, value)} for value in labels]  # fmt: skip
    return _described(labels, parts, str(node.get("description", "")))


def _of_list(node: Json, members: tuple[str, ...], values: list[Any], value: Any) -> str:
    """Return what one of a node's members says of a value: they are objects by value, or lists in the enum's order."""
    for member in members:
        told = node.get(member)
        if isinstance(told, dict) and str(value) in told:
            return str(told[str(value)])
        if isinstance(told, list) and values.index(value) < len(told):
            return str(told[values.index(value)])
    return ""


def _described(values: list[Any], parts: list[Json], text: str) -> list[Label]:
    """Return labels with what their own parts say of them, else what the property's description says."""
    names = [in_words(str(part.get("title") or value)) for value, part in zip(values, parts, strict=True)]
    told = _told_in(text, [str(value) for value in values], names)
    return [
        Label(value=value, name=name, description=str(part.get("description") or told.get(place, "")).strip())
        for place, (value, name, part) in enumerate(zip(values, names, parts, strict=True))
    ]


def _told_in(text: str, values: list[str], names: list[str]) -> dict[int, str]:
    """Return the descriptions that a text such as ``bill: what is owed; slip: what was paid`` gives, by place."""
    starts = []
    for place, pair in enumerate(zip(values, names, strict=True)):
        spellings = "|".join(re.escape(word) for word in sorted(set(pair), key=len, reverse=True))
        match = re.search(
            rf"(?<![\w-])[\"'`*]*(?:{spellings})[\"'`*]*\s*(?::|=|\(|\s[-\u2013\u2014])\s*", text, re.IGNORECASE
        )
        if match:
            starts.append((match.start(), match.end(), place))
    starts.sort()
    ends = [*(start for start, _, _ in starts[1:]), len(text)][: len(starts)]
    told = {
        place: text[begin:end].strip(" \t\r\n;,.|)-*•") for (_, begin, place), end in zip(starts, ends, strict=True)
    }
    return told if len(starts) > 1 or len(values) == 1 else {}
