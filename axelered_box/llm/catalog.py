"""Which models there are: the one that comes with the box, and those that the operator added."""

import hashlib
import importlib.util
import os
import tomllib
from pathlib import Path

import msgspec

from axelered_box import assets
from axelered_box.llm.gguf import SUFFIX

FOLDER = "models"
"""The folder of added models in the data folder: a GGUF file and its facts, a JSON file, for each."""
FACTS_SUFFIX = ".json"
_MANIFEST = "manifest.toml"


class Facts(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is known of a model's file; kept beside the file of an added model."""

    name: str
    sha256: str
    size_bytes: int
    architecture: str
    licence: str
    """An SPDX identifier, or the words of the file's header; ``unknown`` where it has none."""
    context_tokens: int
    quantization: str | None = None
    chat_template: bool = False
    source_sha256: str | None = None
    """The hash of the file that this one was made from."""


class CatalogModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model that can be asked: its file, and what is known of it."""

    facts: Facts
    path: Path
    added: bool
    """Whether the operator added it."""

    @property
    def name(self) -> str:
        """The name by which configs and settings mean it."""
        return self.facts.name

    @property
    def sha256(self) -> str:
        """The hash of its file."""
        return self.facts.sha256

    @property
    def licence(self) -> str:
        """The licence of its weights."""
        return self.facts.licence

    @property
    def context_tokens(self) -> int:
        """The longest context that it was trained with."""
        return self.facts.context_tokens


class Shipped(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the manifest: a model that a package carries."""

    name: str
    file: str
    package: str
    """The importable name of the package that has the file; only its folder is looked at."""
    source: str
    size_bytes: int
    sha256: str
    licence: str
    architecture: str
    quantization: str
    context_tokens: int
    chat_template: bool
    languages: list[str]


def models(data_folder: Path) -> list[CatalogModel]:
    """Return the models that there are, the default one first; an added one stands for one that came by its name."""
    added = _added(data_folder / FOLDER)
    names = {model.name for model in added}
    return [model for model in _shipped() if model.name not in names] + added


def find(data_folder: Path, name: str | None = None) -> CatalogModel | None:
    """Return a model by name, the default one without; None when there is none."""
    return next((model for model in models(data_folder) if name in (None, model.name)), None)


def is_whole(model: CatalogModel) -> bool:
    """Tell whether a model's file has the hash that it had when it came; raises OSError."""
    return model.path.stat().st_size == model.facts.size_bytes and file_hash(model.path) == model.sha256


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def manifest() -> list[Shipped]:
    """Return the models that the box was made with, the default one first."""
    folder = assets.models()
    if folder is None or not (folder / _MANIFEST).is_file():
        return []
    read = tomllib.loads((folder / _MANIFEST).read_text("utf-8"))
    return msgspec.convert(read.get("model", []), list[Shipped])


def source(shipped: Shipped) -> Path | None:
    """Return the file that a package carries, None where it is not installed."""
    spec = importlib.util.find_spec(shipped.package)
    places = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    return next((place / shipped.file for place in places if (place / shipped.file).is_file()), None)


def write_facts(facts: Facts, file: Path) -> None:
    """Write the facts of a model's file beside it, whole or not at all."""
    part = file.with_suffix(f"{FACTS_SUFFIX}.part")
    with part.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(facts)) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file.with_suffix(FACTS_SUFFIX))


def _shipped() -> list[CatalogModel]:
    """Return the models that came with the box, each as the copy that set-up prepared, or else as it came."""
    found: list[CatalogModel] = []
    for shipped in manifest():
        prepared = _prepared(shipped)
        file = source(shipped) if prepared is None else None
        if prepared is not None:
            found.append(prepared)
        elif file is not None:
            found.append(CatalogModel(facts=facts_of(shipped), path=file, added=False))
    return found


def facts_of(shipped: Shipped) -> Facts:
    """Return the facts of a model as its package carries it."""
    names = set(Facts.__struct_fields__) & set(Shipped.__struct_fields__)
    return Facts(**{name: getattr(shipped, name) for name in names})


def _prepared(shipped: Shipped) -> CatalogModel | None:
    """Return the copy of a model that set-up made for speed, None when there is none of this very model."""
    for folder in assets.prepared_models():
        found = _read(folder / f"{shipped.name}{FACTS_SUFFIX}", added=False)
        if found is not None and found.facts.source_sha256 == shipped.sha256:
            return found
    return None


def _added(folder: Path) -> list[CatalogModel]:
    read = [_read(file, added=True) for file in sorted(folder.glob(f"*{FACTS_SUFFIX}"))]
    return [model for model in read if model is not None]


def _read(facts_file: Path, *, added: bool) -> CatalogModel | None:
    """Return a model by its facts, None when its file or its facts are not there or are damaged."""
    file = facts_file.with_name(facts_file.name.removesuffix(FACTS_SUFFIX) + SUFFIX)
    try:
        facts = msgspec.json.decode(facts_file.read_bytes(), type=Facts)
    except (OSError, msgspec.MsgspecError):
        return None
    return CatalogModel(facts=facts, path=file, added=added) if file.is_file() else None
