"""Tests of parse on zip files and books, and of what is found out about a file once all of it is there."""

from pathlib import Path

import pytest

from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages
from axelered_box.modules.parse import enclosed
from tests.samples import make, office
from tests.samples.parsing import parse

CONTAINER = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"
BOOK = (
    "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
    "<dc:title>Fables</dc:title></metadata><manifest><item id='b' href='two.xhtml' media-type='application/xhtml+xml'/>"
    "<item id='a' href='one%20.xhtml' media-type='application/xhtml+xml'/>"
    "<item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/></manifest>"
    "<spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>"
)


def test_a_zip_file_is_its_documents(tmp_path: Path) -> None:
    """Each file is a section under its name, in the order of the zip file; leftovers of systems are no files."""
    data = office.archive(
        {
            "letters/a.txt": "First.",
            "__MACOSX/._a.txt": "x",
            "b.docx": make.docx(),
            "../../c.md": "# C\n\ntext",
            "d.bin": b"\0",
        }
    )

    done = parse(data, "all.zip", tmp_path)

    text = done.read("document.md")
    assert text.startswith("# letters/a.txt\n\nFirst.\n\n# b.docx\n\n## Contract of sale\n")
    assert "# ../../c.md\n\n## C\n\ntext\n" in text
    assert [warning.message.split("'")[1] for warning in done.document.warnings] == ["d.bin"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input", "kept", "out", "tmp"]


def test_a_zip_file_without_a_document_is_refused(tmp_path: Path) -> None:
    """The refusal says what was the matter."""
    with pytest.raises(Refusal) as caught:
        parse(office.archive({"scan.pdf": b"%PDF-1.4 nothing"}), "all.zip", tmp_path)

    assert caught.value.failure.code == "nothing_readable"
    assert "scan.pdf" in caught.value.failure.message


def test_pdf_files_and_images_within_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are text without places on paper; pages beyond the limit are left out with a warning."""
    monkeypatch.setattr(enclosed, "MAX_PAGES", 2)
    data = office.archive({"a.pdf": make.digital_pdf(3), "b.png": make.image_file("PNG")})

    done = parse(data, "all.zip", tmp_path)

    text = done.read("document.md")
    assert text.startswith("# a.pdf\n\n## Annual report 1\n")
    assert "| Paper | 12 | 34.50 |" in text
    assert "Annual report 2" in text
    assert "Annual report 3" not in text
    assert all(block.bbox is None for block in done.document.blocks)
    assert [(warning.code, warning.page) for warning in done.document.warnings] == [("part_not_read", None)] * 2


def test_a_zip_file_made_to_fill_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a zip file says that it unpacks to is believed, and too much is refused before it is unpacked."""
    monkeypatch.setattr(packages, "MAX_UNPACKED_BYTES", 1000)

    with pytest.raises(Refusal) as caught:
        parse(office.archive({"a.txt": "x" * 2000}), "all.zip", tmp_path)

    assert caught.value.failure.code == "document_too_large"


def test_a_zip_file_says_what_it_is(tmp_path: Path) -> None:
    """A Word file with another name is one, even where its first bytes do not show it."""
    parts = office.members(make.docx())
    late = {"zzz/filler.txt": "x" * 5000, **parts}

    done = parse(office.archive(late), "contract.zip", tmp_path)

    assert done.read("document.md").startswith("# Contract of sale\n")


def test_a_book_is_read_in_its_order(tmp_path: Path) -> None:
    """The chapters come as the spine lists them, without the list of contents that programs show."""
    data = office.archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": BOOK,
            "OPS/nav.xhtml": "<html><body>Contents</body></html>",
            "OPS/two.xhtml": "<html><body><h1>Two</h1></body></html>",
            "OPS/one .xhtml": "<?xml version='1.0' encoding='utf-8'?><html><body><h1>Öne</h1><p>text</p></body></html>",
        }
    )

    done = parse(data, "a.epub", tmp_path)

    assert done.read("document.md") == "# Öne\n\ntext\n\n# Two\n"


def test_a_book_without_its_parts_is_refused(tmp_path: Path) -> None:
    """A zip file that calls itself a book, and is none, is refused; nothing is written where its names point."""
    with pytest.raises(Refusal) as caught:
        parse(office.archive({"../../../evil.txt": "x"}), "a.epub", tmp_path)

    assert caught.value.failure.code == "corrupt_document"


def test_an_older_form_is_refused_with_advice(tmp_path: Path) -> None:
    """Old Word files are told from what is in them when their name hides it."""
    with pytest.raises(Refusal) as caught:
        parse(office.compound({"WordDocument": b"x" * 600}), "a.xls", tmp_path)

    assert caught.value.failure.code == "older_format"
    assert ".docx" in caught.value.failure.message


def test_what_is_in_an_encrypted_file_decides(tmp_path: Path) -> None:
    """A name is not believed once the file is open."""
    data = office.locked(office.xlsx(lambda book: book.active.append(["inside", 1])), "sesame")

    assert "inside" in parse(data, "a.docx", tmp_path, {"password": "sesame"}).read("document.md")
