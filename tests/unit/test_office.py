"""Tests of parse on Word files, and of the provider markitdown."""

from pathlib import Path

import pytest

from axelered_box.domain.modules import Refusal
from tests.samples import make
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


def test_markitdown_reads_a_pdf(tmp_path: Path) -> None:
    """The other provider reads a digital file by its rules."""
    done = parse(make.digital_pdf(), "report.pdf", tmp_path, {"provider": "markitdown"})

    assert "Results of the year" in done.read("document.txt")


def test_markitdown_reads_no_image(tmp_path: Path) -> None:
    """The other provider has no recognition, and says which has."""
    with pytest.raises(Refusal) as caught:
        parse(make.image_file("PNG"), "page.png", tmp_path, {"provider": "markitdown"})

    assert caught.value.failure.code == "provider_cannot_read"
    assert "axelered" in caught.value.failure.message
