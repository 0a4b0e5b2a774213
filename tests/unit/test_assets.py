"""Tests of `axelered_box.assets`."""

from pathlib import Path

import pytest

from axelered_box import assets


def test_named_tesseract_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's program is taken before any other, if it can be run."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("AXELERED_TESSERACT", str(program))

    assert assets.tesseract() == program


def test_languages_are_the_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language is there when its data is; orientation data is no language."""
    for name in ("deu", "eng", "osd"):
        (tmp_path / f"{name}.traineddata").touch()
    monkeypatch.setenv("AXELERED_TESSDATA", str(tmp_path))

    assert assets.ocr_languages() == ["deu", "eng"]
    assert assets.has_orientation_data()
