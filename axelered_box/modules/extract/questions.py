"""What a JSON Schema asks of a document: its properties as a tree of questions, in words that a document may use too.

The schema's local references are inlined before (`json_schemas.resolved`). A leaf is a question with one value as its
answer; an object has members; an array has an item, which may be an object (the rows of a table) or a leaf (the
parties of a contract). Paths are JSON pointers in which ``*`` stands for any item of an array.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

MAX_DEPTH = 12
"""Deeper members are not asked for; a schema that nests deeper is refused before it comes here."""

Json = dict[str, Any]


class Shape(StrEnum):
    """What the answer to a question is made of."""

    LEAF = "leaf"
    OBJECT = "object"
    ARRAY = "array"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A property of the schema, or the schema itself."""

    path: str
    """JSON pointer into the data, ``*`` for an item of an array; the schema itself has the empty one."""
    name: str
    """The property's name as the schema spells it; empty for the schema itself and for an array's item."""
    shape: Shape
    schema: Json
    """The property's own schema, alternatives with null merged away."""
    types: frozenset[str]
    """Of string, number, integer, boolean, object, array; never null, see `nullable`. Empty when all are allowed."""
    nullable: bool
    required: bool
    words: tuple[str, ...]
    """The name's words in lower case; of an array's item, the array's."""
    around: tuple[str, ...]
    """The words of the enclosing names, outermost first: ``("seller", "address")`` for ``/seller/address/city``."""
    title: str | None = None
    description: str | None = None
    format: str | None = None
    pattern: str | None = None
    choices: tuple[Any, ...] = ()
    """The values that are allowed, where the schema counts them up (`enum`, `const`); without null."""
    members: tuple["Question", ...] = ()
    """Of an object, its properties in order."""
    item: "Question | None" = None
    """Of an array, the question for each of its items."""

    @property
    def label(self) -> str:
        """Return the property's name as a person would print it: its title, or the words of its name."""
        return self.title or " ".join(self.words)

    @property
    def numeric(self) -> bool:
        """Tell whether the value is a number and cannot be a string."""
        return bool(self.types) and self.types <= {"number", "integer"}


def read(schema: Json) -> Question:
    """Return what a resolved schema asks for."""
    return _question(schema, path="", name="", words=(), around=(), required=True, depth=0)


def leaves(question: Question) -> Iterator[Question]:
    """Yield the leaves that occur once in the data: those that are in no array."""
    if question.shape is Shape.LEAF:
        yield question
    for member in question.members:
        yield from leaves(member)


def arrays(question: Question) -> Iterator[Question]:
    """Yield the arrays that are in no other array."""
    if question.shape is Shape.ARRAY:
        yield question
    for member in question.members:
        yield from arrays(member)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: ``vatIDNumber``, ``vat_id_number`` and ``VAT-ID number`` alike."""
    parted = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", _CAMEL.sub(" ", name))
    return tuple(re.findall(r"[^\W_]+", parted.lower()))


_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])")
"""Where a capital begins a word: ``vat|Id`` and ``VAT|Number``."""


def _question(
    schema: Json, *, path: str, name: str, words: tuple[str, ...], around: tuple[str, ...], required: bool, depth: int
) -> Question:
    merged, nullable = _merged(schema)
    types = _types(merged)
    shape = _shape(merged, types)
    members: tuple[Question, ...] = ()
    item = None
    inner = (*around, *words)
    if depth < MAX_DEPTH and shape is Shape.OBJECT:
        members = _members(merged, path, inner, depth)
    if depth < MAX_DEPTH and shape is Shape.ARRAY:
        item = _question(
            _item_schema(merged), path=f"{path}/*", name="", words=words, around=around, required=True, depth=depth + 1
        )
    return Question(
        path=path,
        name=name,
        shape=shape,
        schema=merged,
        types=types,
        nullable=nullable,
        required=required,
        words=words,
        around=around,
        title=_text(merged.get("title")),
        description=_text(merged.get("description")),
        format=_text(merged.get("format")),
        pattern=_text(merged.get("pattern")),
        choices=_choices(merged),
        members=members,
        item=item,
    )


def _members(schema: Json, path: str, around: tuple[str, ...], depth: int) -> tuple[Question, ...]:
    required = schema.get("required") or []
    return tuple(
        _question(
            member if isinstance(member, dict) else {},
            path=f"{path}/{escaped(name)}",
            name=name,
            words=words_of(name),
            around=around,
            required=name in required,
            depth=depth + 1,
        )
        for name, member in schema.get("properties", {}).items()
        if member is not False
    )


def escaped(name: str) -> str:
    """Return a property's name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _item_schema(schema: Json) -> Json:
    items = schema.get("items")
    if isinstance(items, list):
        items = next((item for item in items if isinstance(item, dict)), {})
    if not isinstance(items, dict):
        items = next((item for item in schema.get("prefixItems", []) if isinstance(item, dict)), {})
    return items


def _merged(schema: Json) -> tuple[Json, bool]:
    """Return a schema with its parts and its first alternative that is not null, and whether null is allowed."""
    merged = {key: value for key, value in schema.items() if key not in {"allOf", "anyOf", "oneOf"}}
    nullable = _allows_null(merged)
    for part in schema.get("allOf", []):
        if isinstance(part, dict):
            inner, _ = _merged(part)
            merged = _joined(merged, inner)
    for combination in ("anyOf", "oneOf"):
        alternatives = [part for part in schema.get(combination, []) if isinstance(part, dict)]
        nullable = nullable or any(_allows_null(part) for part in alternatives)
        constants = [part["const"] for part in alternatives if "const" in part]
        if constants and len(constants) == len([part for part in alternatives if part.get("type") != "null"]):
            merged = {**merged, "enum": constants}
            continue
        chosen = next((part for part in alternatives if _types(part) or part.keys() - {"type", "title"}), None)
        if chosen is not None:
            inner, _ = _merged(chosen)
            merged = _joined(merged, inner)
    return merged, nullable


def _joined(outer: Json, inner: Json) -> Json:
    """Return both schemas as one: properties and required names of both, else what the outer says."""
    joined = {**inner, **outer}
    if "properties" in inner and "properties" in outer:
        joined["properties"] = {**inner["properties"], **outer["properties"]}
    if "required" in inner and "required" in outer:
        joined["required"] = [*outer["required"], *inner["required"]]
    return joined


def _allows_null(schema: Json) -> bool:
    stated = schema.get("type")
    if stated == "null" or (isinstance(stated, list) and "null" in stated):
        return True
    return bool(schema.get("nullable")) or None in (schema.get("enum") or [])


def _types(schema: Json) -> frozenset[str]:
    stated = schema.get("type")
    named = [stated] if isinstance(stated, str) else stated if isinstance(stated, list) else []
    return frozenset(name for name in named if name != "null")


def _shape(schema: Json, types: frozenset[str]) -> Shape:
    if "properties" in schema or types == {"object"}:
        return Shape.OBJECT
    if types == {"array"} or (not types and ("items" in schema or "prefixItems" in schema)):
        return Shape.ARRAY
    return Shape.LEAF


def _choices(schema: Json) -> tuple[Any, ...]:
    if "const" in schema:
        return (schema["const"],)
    return tuple(choice for choice in schema.get("enum") or [] if choice is not None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
