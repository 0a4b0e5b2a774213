"""The fields that made-up documents have: how each is made, what it is called in print, and its synonym in a schema."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("eng", "deu", "fra", "spa", "ita")
_HERE = Path(__file__).parent
GROUPS = {"seller": "supplier", "buyer": "client"}
"""Beginnings of names that become an object of their own in a nested schema, and the object's synonym."""
PARTS = {
    "name": "full_title", "address": "postal_address", "vat_id": "tax_number", "email": "mail_address",
    "phone": "telephone",
}  # fmt: skip
"""Names within such an object, and their synonyms."""


@dataclass(frozen=True)
class Field:
    """A property of a schema, and how documents print it."""

    name: str
    synonym: str
    sort: str
    """How its value is made: a word, and after colons what it is made with."""
    labels: dict[str, list[str]]
    """What stands beside it, by language, the usual ones first."""


@cache
def fields() -> dict[str, Field]:
    """Return all fields by name."""
    lines = (_HERE / "fields.txt").read_text("utf-8").splitlines()
    made = [_field(line) for line in lines if line.strip() and not line.startswith("#")]
    return {field.name: field for field in made}


@cache
def words() -> dict[str, Any]:
    """Return what values are chosen from."""
    return tomllib.loads((_HERE / "words.toml").read_text("utf-8"))


@cache
def kinds() -> dict[str, Any]:
    """Return what each kind of document is made of."""
    return tomllib.loads((_HERE / "kinds.toml").read_text("utf-8"))


def texts(name: str, language: str) -> list[str]:
    """Return the paragraphs of a name, none for one that is not known."""
    found: list[str] = _texts().get(name, {}).get(language, [])
    return list(found)


def variants(name: str, language: str) -> list[list[str]]:
    """Return the ways to say the same in a language: those of a name, and of the name with a number."""
    named = [one for one in _texts() if one == name or one.startswith(f"{name}_")]
    return [found for found in (texts(one, language) for one in named) if found] or [[]]


@cache
def synonyms() -> dict[str, str]:
    """Return another name for each property."""
    return {field.name: field.synonym for field in fields().values()} | GROUPS | PARTS


def _field(line: str) -> Field:
    name, synonym, sort, *labels = (part.strip() for part in line.split("|"))
    by_language = zip(LANGUAGES, labels, strict=True)
    return Field(
        name, synonym, sort, {language: [one.strip() for one in said.split(";")] for language, said in by_language}
    )


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_HERE / "texts.toml").read_text("utf-8"))
