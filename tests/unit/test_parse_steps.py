"""Tests of `axelered_box.modules.parse.steps` on documents that need no recognition."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from axelered_box.domain.documents import Kind, Source
from axelered_box.domain.modules import Failure, Refusal
from tests.samples import make
from tests.samples.parsing import LIMITS, parse


def test_a_small_pdf_is_read_in_one_step(tmp_path: Path) -> None:
    """One child reads a short document: headings, paragraph, list, table; no running heads in the flow."""
    done = parse(make.digital_pdf(), "report.pdf", tmp_path)

    markdown = done.read("document.md")
    assert done.steps == 1
    assert "# Annual report 1\n" in markdown
    assert "## Results of the year\n" in markdown
    assert "**due at once**" in markdown
    assert "- First of the items\n- Second of the items" in markdown
    assert "| Article | Number | Price |\n| --- | --- | --- |\n| Paper | 12 | 34.50 |" in markdown
    assert done.told == [{"pagesTotal": 1}, {"pageStarted": 0}, {"pageDone": 0}]
    assert done.result.document == {"pages": 1}


def test_every_output_is_written(tmp_path: Path) -> None:
    """The result names Markdown, HTML, text and document, and says what was done."""
    done = parse(make.digital_pdf(), "report.pdf", tmp_path)

    assert {output.role for output in done.result.outputs} == {"markdown", "html", "text", "document"}
    assert all((done.folder / "out" / output.name).stat().st_size for output in done.result.outputs)
    assert done.result.result == {
        "status": "completed",
        "searchablePdf": None,
        "ocrPages": [],
        "languages": ["eng"],
        "pageQuality": [1.0],
        "warnings": [],
    }


def test_words_lie_in_their_blocks(tmp_path: Path) -> None:
    """The words that a block names lie within its box, and say what it says."""
    document = parse(make.digital_pdf(), "report.pdf", tmp_path).document

    for block in document.blocks:
        words = document.words_of(block)
        assert words
        assert block.bbox is not None
        assert all(block.bbox[0] <= (w.x0 + w.x1) / 2 <= block.bbox[2] for w in words)
        assert all(word.text.strip("\u2022") in block.text for word in words)
    table = next(block.table for block in document.blocks if block.table)
    page = document.pages[0]
    assert {c.text: [w.text for w in page.words[slice(*c.words)]] for c in table.cells}["34.50"] == ["34.50"]
    assert [cell.header for cell in table.cells][:4] == [True, True, True, False]


def test_running_heads_are_marked(tmp_path: Path) -> None:
    """What stands on each page is kept, out of the flow; page numbers are told apart."""
    done = parse(make.digital_pdf(3), "report.pdf", tmp_path)

    kinds = {block.text: block.kind for block in done.document.blocks if not block.in_flow}
    assert kinds["Northwind Paper Ltd, confidential"] is Kind.PAGE_HEADER
    assert {kinds["1"], kinds["2"], kinds["3"]} == {Kind.PAGE_NUMBER}
    assert "confidential" not in done.read("document.md") + done.read("document.txt") + done.read("document.html")


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    """The right column follows the left."""
    text = parse(make.two_column_pdf(), "fruit.pdf", tmp_path).read("document.txt")

    assert text.rindex("apple") < text.index("pear")


def test_a_long_document_is_planned(tmp_path: Path) -> None:
    """More pages than one child reads become batches, and the whole is the same as read at once."""
    done = parse(make.digital_pdf(9), "report.pdf", tmp_path)

    assert done.steps == 4
    assert done.document.page_count == 9
    assert [block.text for block in done.document.blocks if block.kind is Kind.HEADING and block.level == 1] == [
        f"Annual report {page}" for page in range(1, 10)
    ]


def test_planning_alone_reads_the_same(tmp_path: Path) -> None:
    """A begin that may only plan leads to the document that a begin at once makes."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    data = make.digital_pdf(2)

    planned = parse(data, "report.pdf", tmp_path / "a", state={"inline": False})
    at_once = parse(data, "report.pdf", tmp_path / "b")

    assert (planned.steps, at_once.steps) == (3, 1)
    assert planned.document == at_once.document
    for name in ("document.md", "document.html", "document.txt", "document.json"):
        assert planned.read(name) == at_once.read(name)


def test_a_failed_batch_fails_its_pages_only(tmp_path: Path) -> None:
    """Pages whose child crashed are failed pages with a warning; the others are there."""
    done = parse(make.digital_pdf(9), "report.pdf", tmp_path, failing={0: Failure(code="crashed", message="Crash.")})

    assert [page.source for page in done.document.pages] == [Source.FAILED] * 8 + [Source.DIGITAL]
    assert done.result.result is not None
    assert done.result.result["warnings"][7] == {"code": "crashed", "message": "Crash.", "page": 8}
    assert done.result.result["pageQuality"] == [0.0] * 8 + [1.0]


def test_nothing_but_failed_pages_is_refused(tmp_path: Path) -> None:
    """When no page could be read, the first page's failure is the task's."""
    with pytest.raises(Refusal) as caught:
        parse(
            make.digital_pdf(2),
            "report.pdf",
            tmp_path,
            state={"inline": False},
            failing={0: Failure(code="crashed", message="Crash.")},
        )

    assert caught.value.failure.code == "crashed"
    assert caught.value.failure.page == 1


def test_a_broken_page_is_a_warning(tmp_path: Path) -> None:
    """A page that cannot be read is told; the pages around it are read."""
    done = parse(make.broken_page_pdf(), "letter.pdf", tmp_path)

    assert [page.source for page in done.document.pages] == [Source.DIGITAL, Source.FAILED, Source.DIGITAL]
    assert [(w.code, w.page) for w in done.document.warnings] == [("page_unreadable", 2)]
    assert "page 3 of the letter" in done.read("document.md")


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (make.encrypted_pdf(), {}, "password_required"),
        (make.encrypted_pdf(), {"password": "guess"}, "password_wrong"),
        (b"%PDF-1.4\nnothing more", {}, "corrupt_document"),
        (make.digital_pdf(), {"pages": "2"}, "no_such_page"),
    ],
    ids=["encrypted", "wrong password", "damaged", "no such page"],
)
def test_refusals(tmp_path: Path, data: bytes, options: dict[str, str], code: str) -> None:
    """What cannot be read is refused with a code."""
    with pytest.raises(Refusal) as caught:
        parse(data, "a.pdf", tmp_path, options)

    assert caught.value.failure.code == code


def test_the_password_opens(tmp_path: Path) -> None:
    """An encrypted file is read with its password."""
    done = parse(make.encrypted_pdf(), "a.pdf", tmp_path, {"password": "open sesame"})

    assert "Behind the door" in done.read("document.md")


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    """The limit counts the pages that are to be read."""
    limits = msgspec.structs.replace(LIMITS, max_pages=2)
    with pytest.raises(Refusal) as caught:
        parse(make.digital_pdf(3), "a.pdf", tmp_path, limits=limits)

    assert caught.value.failure.code == "too_many_pages"
    assert parse(make.digital_pdf(3), "a.pdf", tmp_path, {"pages": "2-3"}, limits=limits).document.page_count == 3


def test_chosen_pages_keep_their_numbers(tmp_path: Path) -> None:
    """A page has the number that it has in the file."""
    done = parse(make.digital_pdf(3), "a.pdf", tmp_path, {"pages": "2"})

    assert [page.number for page in done.document.pages] == [2]
    assert "Annual report 2" in done.read("document.md")
    assert done.told[0] == {"pagesTotal": 1}


def test_tables_can_be_left_as_text(tmp_path: Path) -> None:
    """With tables off, what a table says is running text."""
    done = parse(make.digital_pdf(), "a.pdf", tmp_path, {"tables": False})

    assert not any(block.table for block in done.document.blocks)
    assert "34.50" in done.read("document.md")


def test_the_box_reads_options_without_parsers() -> None:
    """Importing the modules, as the parent does, loads no parser."""
    code = (
        "import sys; from axelered_box import assets, modules; from axelered_box.domain import documents, media_types; "
        "import msgspec; [msgspec.json.schema(m.options) for m in modules.TABLE.values()]; modules.runs();"
        "heavy = {'pymupdf', 'ocrmypdf', 'pikepdf', 'markitdown', 'onnxruntime', 'numpy', 'PIL', 'bs4'}; "
        "print(heavy & set(sys.modules))"
    )
    root = Path(__file__).parents[2]

    assert subprocess.check_output([sys.executable, "-c", code], cwd=root, text=True).strip() == "set()"
