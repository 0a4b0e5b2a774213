"""The models there are: the one that comes with the box, and those that were added."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from axelered_box.llm import catalog
from axelered_box.llm.catalog import Facts

DEFAULT = "SmolLM2-135M-Instruct"


def add(folder: Path, name: str, content: bytes = b"weights", **further: str) -> Path:
    """Put a model and its facts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.gguf"
    file.write_bytes(content)
    facts = Facts(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        architecture="llama",
        licence="mit",
        context_tokens=2048,
        **further,  # type: ignore[arg-type]  # all further members are texts
    )
    catalog.write_facts(facts, file)
    return file


def test_the_manifests_model_is_there_and_is_the_one_it_names() -> None:
    """The default model's package is installed and has the very file of the manifest."""
    (shipped,) = catalog.manifest()
    file = catalog.source(shipped)

    assert shipped.name == DEFAULT
    assert file is not None
    assert (file.stat().st_size, catalog.file_hash(file)) == (shipped.size_bytes, shipped.sha256)


def test_added_models_follow_the_default_one(tmp_path: Path) -> None:
    """Those that were added come after the one that came with the box, by name."""
    add(tmp_path / "models", "b")
    add(tmp_path / "models", "a")

    assert [(model.name, model.added) for model in catalog.models(tmp_path)] == [
        (DEFAULT, False), ("a", True), ("b", True)
    ]  # fmt: skip
    assert catalog.find(tmp_path) == catalog.models(tmp_path)[0]
    assert catalog.find(tmp_path, "c") is None


def test_an_added_model_stands_for_the_one_of_its_name(tmp_path: Path) -> None:
    """A model that is added by the default one's name is asked instead of it."""
    file = add(tmp_path / "models", DEFAULT)
    found = catalog.find(tmp_path, DEFAULT)

    assert found is not None
    assert (found.path, found.added, len(catalog.models(tmp_path))) == (file, True, 1)


def test_half_a_model_is_none(tmp_path: Path) -> None:
    """A file without facts, facts without a file, and damaged facts make no model."""
    add(tmp_path / "models", "alone").with_suffix(".json").unlink()
    add(tmp_path / "models", "gone").unlink()
    add(tmp_path / "models", "damaged").with_suffix(".json").write_text("{")

    assert [model.name for model in catalog.models(tmp_path)] == [DEFAULT]


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """A file is whole only while it has the bytes that it had."""
    file = add(tmp_path / "models", "mine")
    model = catalog.find(tmp_path, "mine")
    assert model is not None
    before = catalog.is_whole(model)
    file.write_bytes(b"weighty")

    assert (before, catalog.is_whole(model)) == (True, False)


@pytest.mark.parametrize("same", [True, False])
def test_a_prepared_copy_is_used_if_it_is_of_the_same_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    """What set-up prepared is asked instead of the package's file, as long as it was made from that very file."""
    (shipped,) = catalog.manifest()
    file = add(tmp_path / "made", DEFAULT, source_sha256=shipped.sha256 if same else "0" * 64)
    monkeypatch.setenv("AXELERED_MODELS", str(tmp_path / "made"))
    found = catalog.find(tmp_path)

    assert found is not None
    assert (found.path == file) is same


def test_facts_are_written_in_the_names_of_json(tmp_path: Path) -> None:
    """The file of facts can be read by other programs, and nothing is left beside it."""
    file = add(tmp_path, "mine")

    assert msgspec.json.decode(file.with_suffix(".json").read_bytes())["sizeBytes"] == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.gguf", "mine.json"]
