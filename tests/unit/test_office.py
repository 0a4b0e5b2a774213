"""Tests of parse on Word files, and of the provider markitdown."""

from pathlib import Path

import pytest

from axelered_box.domain.modules import Refusal
from tests.samples import make, office
from tests.samples.parsing import parse


def test_a_word_file_is_read(tmp_path: Path) -> None:
    """Headings, styles and a table with a merged cell come out of a Word file."""
    done = parse(make.docx(), "contract.docx", tmp_path)

    markdown = done.read("document.md")
    assert markdown.startswith("# Contract of sale\n\n## Parties\n\n**The seller hands over the goods.**\n")
    assert '<td colspan="2">Total 12.00</td>' in markdown
    assert done.document.title == "Contract of sale"
    assert done.result.document == {"pages": 1}


def test_a_damaged_word_file_is_refused(tmp_path: Path) -> None:
    """A Word file that was cut off is refused."""
    with pytest.raises(Refusal) as caught:
        parse(make.docx()[:700], "contract.docx", tmp_path)

    assert caught.value.failure.code == "corrupt_document"


def test_a_word_file_made_to_fill_memory_is_refused(tmp_path: Path) -> None:
    """A file that unpacks to too much is refused before it is unpacked."""
    with pytest.raises(Refusal) as caught:
        parse(make.docx(" " * (33 << 20)), "bomb.docx", tmp_path)

    assert caught.value.failure.code == "document_too_large"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    """A Word file that defines entities is refused, whichever of its parts does."""
    parts = office.members(make.docx())
    entity = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    parts[part] = entity + parts[part].removeprefix(b'<?xml version="1.0"?>').replace(b"Parties", b"&a;")

    with pytest.raises(Refusal) as caught:
        parse(office.archive(parts), "a.docx", tmp_path)

    assert caught.value.failure.code == "corrupt_document"


def test_markitdown_reads_text(tmp_path: Path) -> None:
    """The other provider reads a table by its rules."""
    done = parse(b"Name,Price\nInk,9.99\n", "prices.csv", tmp_path, {"provider": "markitdown"})

    assert "| Ink | 9.99 |" in done.read("document.md")


@pytest.mark.parametrize(("data", "name"), [(make.image_file("PNG"), "page.png"), (make.digital_pdf(), "a.pdf")])
def test_markitdown_reads_no_pages(tmp_path: Path, data: bytes, name: str) -> None:
    """The other provider reads no printed pages, and the refusal says which does."""
    with pytest.raises(Refusal) as caught:
        parse(data, name, tmp_path, {"provider": "markitdown"})

    assert caught.value.failure.code == "provider_cannot_read"
    assert "axelered" in caught.value.failure.message
