"""Tests of the other operations on PDF files: pages, prints, marks, forms, metadata, encryption."""

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from axelered_box.domain import edits
from axelered_box.domain.documents import Document
from axelered_box.domain.edits import AnyOperation, Done, Operation, PageBox
from axelered_box.domain.modules import Refusal
from axelered_box.formats import pdf_editing
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import hints_of
from tests.samples import edited, edited_places

KNOWN = Document(page_count=1, pages=[], blocks=[], languages=["eng"])
PASSWORD = "open"
EVERY: list[AnyOperation] = [
    edits.ReplaceText(find="Remaining", replace="Further"),
    edits.Redact(text="Remaining"),
    edits.Redact(boxes=[PageBox(page=1, box=(40, 40, 200, 80))], label="box"),
    edits.DeletePages(pages="1"),
    edits.KeepPages(pages="-1"),
    edits.ReorderPages(order=[2, 1]),
    edits.MovePage(page=1, to=-1),
    edits.RotatePages(degrees=90),
    *(edits.Highlight(text="Remaining", style=style) for style in ("highlight", "box", "underline", "strikeout")),
    edits.Stamp(text="Copy"),
    edits.Watermark(text="Draft"),
    edits.AddPageNumbers(format="{page} of {pages}"),
    edits.AddHeader(text="Head \u0416"),
    edits.AddFooter(text="Foot"),
    edits.SetMetadata(title="Titel \u00fc"),
    edits.ClearMetadata(),
    edits.RemoveAnnotations(),
    edits.RemoveAttachments(),
    edits.RemoveScripts(),
    edits.FillForm(fields={"field0": "Value", "field1": ""}),
    edits.FlattenForm(),
    edits.Compress(),
    edits.Encrypt(password="secret"),
]
KINDS = ("turned_90", "cropped", "comment", "encrypted", "object_streams", "tagged", "hidden_layer")


def two_pages(name: str) -> bytes:
    """Return a sample file with a second page, all with a form, comments and an attached file."""
    pdf = pymupdf.open(stream=edited_places.ALL[name]())
    pdf.authenticate(PASSWORD)
    if pdf.page_count == 1:
        edited.told(pdf.new_page(width=420, height=595))
        pdf[1].insert_text((50, 60), edited.KEPT)
    pdf.insert_pdf(pymupdf.open(stream=edited_places.form()), from_page=0, to_page=0)
    pdf.delete_page(1)
    pdf[0].add_text_annot((200, 300), "a comment")
    pdf.embfile_add("a.txt", b"text")
    pdf.set_metadata({"title": "before"})
    pdf.xref_set_key(pdf.pdf_catalog(), "OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")
    return bytes(pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_KEEP))


def edit(data: bytes, operations: list[AnyOperation], folder: Path) -> tuple[list[Done], Path]:
    """Return what came of operations, and where the file is."""
    (folder / "in.pdf").write_bytes(data)
    find = Finder(hints_of([], ["eng"]), {})
    target = folder / "out.pdf"
    done = pdf_editing.edit(folder / "in.pdf", target, operations, KNOWN, find, password=PASSWORD, dry_run=False)
    return done, target


def opened(path: Path, password: str = PASSWORD) -> pymupdf.Document:
    """Return a file, with its password where it has one."""
    pdf = pymupdf.open(path)
    pdf.authenticate(password)
    return pdf


@pytest.mark.parametrize("name", KINDS)
def test_the_file_is_sound_after_every_operation(name: str, tmp_path: Path) -> None:
    """qpdf finds nothing wrong with any output, whatever the file was like."""
    data = two_pages(name)
    for operation in EVERY:
        done, path = edit(data, [operation], tmp_path)
        password = "secret" if isinstance(operation, edits.Encrypt) else PASSWORD if name == "encrypted" else ""

        assert done[0].matches >= 1, operation
        with pikepdf.open(io.BytesIO(path.read_bytes()), password=password) as file:
            assert file.check_pdf_syntax() == [], operation


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("is_cropped", [False, True])
def test_texts_are_printed_upright_where_they_are_asked_for(rotation: int, is_cropped: bool, tmp_path: Path) -> None:
    """A text stands upright at its place of the page as shown, turned and cropped or not."""
    pdf, page = edited.started()
    if is_cropped:
        page.set_cropbox(pymupdf.Rect(30, 40, 390, 500))
    page.set_rotation(rotation)
    _, path = edit(
        pdf.tobytes(),
        [edits.Stamp(text="STAMP", position="top-right"), edits.AddPageNumbers(format="No {page}")],
        tmp_path,
    )
    shown = opened(path)[0]
    [stamp], [number] = ([box * shown.rotation_matrix for box in shown.search_for(text)] for text in ("STAMP", "No 1"))

    assert stamp.width > stamp.height
    assert shown.rect.width - 30 < stamp.x1 < shown.rect.width - 27
    assert stamp.y1 < 60
    assert abs((number.x0 + number.x1) / 2 - shown.rect.width / 2) < 2
    assert shown.rect.height - 45 < number.y1 < shown.rect.height - 20


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_a_box_is_one_of_the_page_as_shown(rotation: int, tmp_path: Path) -> None:
    """All that lies in a box goes: text, drawings and comments; what lies beside it stays."""
    pdf, page = edited.started()
    edited.told(page)
    page.add_text_annot((60, 110), "inside")
    page.set_rotation(rotation)
    box = pymupdf.Rect(40, 85, 400, 105) * page.rotation_matrix
    done, path = edit(pdf.tobytes(), [edits.Redact(boxes=[PageBox(page=1, box=tuple(box.normalize()))])], tmp_path)

    text = opened(path)[0].get_text()
    assert done[0] == Done(matches=1, pages=[1])
    assert "Paid" not in text
    assert "Account" in text
    assert edited.KEPT in text


def test_a_redaction_of_some_pages_leaves_the_others(tmp_path: Path) -> None:
    """Words stay on pages that were not named, and the file is handed out."""
    done, path = edit(edited.long(), [edits.Redact(text=edited.NAME, pages="2-3")], tmp_path)
    pdf = opened(path)

    assert (done[0].matches, done[0].pages) == (2, [2, 3])
    assert [edited.NAME in page.get_text() for page in pdf] == [True, False, False, True]


def test_words_that_come_back_are_not_handed_out(tmp_path: Path) -> None:
    """A text that is redacted and then stamped is found again, and there is no file."""
    operations = [edits.Redact(text=edited.NAME), edits.Stamp(text=edited.NAME)]
    with pytest.raises(Refusal) as caught:
        edit(edited.plain(), operations, tmp_path)

    assert caught.value.failure.code == "redaction_incomplete"
    assert not (tmp_path / "out.pdf").exists()


def test_an_encrypted_file_stays_encrypted(tmp_path: Path) -> None:
    """A file that asked for a password asks for it afterwards."""
    _, path = edit(edited_places.encrypted(), [edits.RotatePages(degrees=90)], tmp_path)

    assert pymupdf.open(path).needs_pass
    assert opened(path)[0].rotation == 90


def test_layers_are_as_they_were(tmp_path: Path) -> None:
    """What was hidden is hidden after other words were redacted."""
    _, path = edit(edited_places.hidden_layer(), [edits.Redact(text="words")], tmp_path)

    assert edited.NAME not in opened(path)[0].get_text()
    assert [layer["on"] for layer in opened(path).get_ocgs().values()] == [False]


def test_a_short_word_is_redacted_without_false_alarm(tmp_path: Path) -> None:
    """A word of two letters goes from the page, and the file is handed out though its code has such letters."""
    done, path = edit(edited.plain(), [edits.Redact(text="in", match_case=True)], tmp_path)

    assert done[0].matches >= 2
    assert "in Bonn" not in opened(path)[0].get_text()


def test_a_field_can_be_emptied(tmp_path: Path) -> None:
    """An empty value clears a field and what it looks like."""
    _, path = edit(edited_places.form(), [edits.FillForm(fields={"field0": ""})], tmp_path)
    pdf = opened(path)

    assert next(iter(pdf[0].widgets())).field_value == ""
    assert edited.NAME not in pdf[0].get_text()


def test_every_operation_for_pdf_is_tried_here() -> None:
    """The list above has each operation that PDF files have."""
    kinds = {kind for kind in AnyOperation.__args__ if edits.PDF in kind.kinds}

    assert kinds == {type(one) for one in EVERY}
    assert all(issubclass(kind, Operation) for kind in kinds)
