"""The converters, each called as its own documentation says; imported by the host of one, nothing else is needed."""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Convert = Callable[[list[Path], Path, list[str]], None]
"""Convert files and write what they say to a folder, as Markdown files of the names given."""


class Refused(Exception):
    """An engine's answer that it does not read a file, with a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Engine:
    """A converter of documents."""

    module: str
    """What has to be importable."""
    load: Callable[[], Convert]
    """Import and warm what can be shared by all documents; return the conversion."""
    takes_many: bool = False
    """Whether one call should take all documents, as its documentation asks for."""
    suffixes: tuple[str, ...] = ()
    """The files that it reads; empty when it is asked for all."""


def _each(convert: Callable[[Path], str]) -> Convert:
    """Return the conversion of files one by one."""

    def run(files: list[Path], target: Path, names: list[str]) -> None:
        for file, name in zip(files, names, strict=True):
            (target / f"{name}.md").write_text(convert(file), "utf-8", errors="replace")

    return run


def _compute_in_one_thread() -> None:
    """Have ONNX Runtime make no threads, which a fork would not have; called before an engine is imported."""
    importlib.import_module("axelered_box.formats.one_thread")


def _box() -> Convert:
    from tests.bench.pack import box

    box.warm()
    return _each(box.convert)


def _limited_box() -> Convert:
    from tests.bench.pack import box

    box.warm()
    return _each(box.convert_within_limits)


def _reading_box() -> Convert:
    from tests.bench.pack import box

    box.warm()

    def run(files: list[Path], target: Path, names: list[str]) -> None:
        for file, name in zip(files, names, strict=True):
            made = box.read(file)
            (target / f"{name}.document.json").write_bytes(made.document)
            (target / f"{name}.md").write_text(made.markdown, "utf-8")

    return run


def _pymupdf4llm() -> Convert:
    """Return pymupdf4llm's plain call; its layout models are in the wheel of PyMuPDF 2 and used by default."""
    _compute_in_one_thread()
    import pymupdf
    import pymupdf4llm

    page = pymupdf.open()
    page.new_page().insert_text((72, 72), "A page that warms the models")
    pymupdf4llm.to_markdown(page)
    return _each(lambda file: str(pymupdf4llm.to_markdown(str(file))))


def _markitdown() -> Convert:
    _compute_in_one_thread()
    from markitdown import MarkItDown

    converter = MarkItDown()
    return _each(lambda file: converter.convert(str(file)).text_content)


def _kreuzberg() -> Convert:
    """Return kreuzberg's call for one file; pages without text are given to its Tesseract, as it does by default."""
    import kreuzberg

    config = kreuzberg.ExtractionConfig(output_format="markdown", ocr=kreuzberg.OcrConfig(backend="tesseract"))
    return _each(lambda file: str(kreuzberg.extract_file_sync(str(file), config=config).content))


def _opendataloader() -> Convert:
    """Return opendataloader's call, which starts a Java machine and is to be given all files at once."""
    import opendataloader_pdf

    def run(files: list[Path], target: Path, names: list[str]) -> None:
        own = target / f"opendataloader-{os.getpid()}"
        own.mkdir()
        opendataloader_pdf.convert([str(file) for file in files], str(own), format="markdown", quiet=True)
        for file, name in zip(files, names, strict=True):
            made = own / f"{file.stem}.md"
            if made.is_file():
                made.rename(target / f"{name}.md")

    return run


ENGINES = {
    "box": Engine("axelered_box", _box),
    "pymupdf4llm": Engine("pymupdf4llm", _pymupdf4llm),
    "markitdown": Engine("markitdown", _markitdown),
    "kreuzberg": Engine("kreuzberg", _kreuzberg),
    "opendataloader": Engine("opendataloader_pdf", _opendataloader, takes_many=True, suffixes=(".pdf",)),
}
LIMITED_BOX = "box within its limits"
READING_BOX = "box with its document"
HIDDEN = {LIMITED_BOX: Engine("axelered_box", _limited_box), READING_BOX: Engine("axelered_box", _reading_box)}
"""Engines that are chosen by the benchmark itself."""
