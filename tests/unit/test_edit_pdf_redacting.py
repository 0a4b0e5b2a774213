"""Tests of redaction in PDF files: the words are gone from everywhere, and all else stays."""

import io
import re
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from pdfminer.high_level import extract_text

from axelered_box.domain.documents import Document
from axelered_box.domain.edits import Done, Redact
from axelered_box.formats import pdf_editing, pdf_pictures
from axelered_box.modules.edit.finding import Finder
from axelered_box.modules.values import hints_of
from tests.samples import edited, edited_places

OPERATIONS = [Redact(text=edited.NAME), Redact(pattern="iban"), Redact(pattern="email")]
WORDS = ("quellfluss", "de89", "37040044", "3704 0044", "05320130", "0532 0130", "steffi")
KNOWN = Document(page_count=1, pages=[], blocks=[], languages=["eng"])
PASSWORD = "open"


def edit(data: bytes, operations: list[Redact], folder: Path) -> tuple[list[Done], bytes]:
    """Return what came of those operations that match anything, and the file."""
    source, target = folder / "in.pdf", folder / "out.pdf"
    source.write_bytes(data)
    find = Finder(hints_of([], ["deu"]), {})
    tried = pdf_editing.edit(source, target, operations, KNOWN, find, password=PASSWORD, dry_run=True)
    assert not target.exists()
    some = [one for one, came in zip(operations, tried, strict=True) if came.matches]
    done = pdf_editing.edit(source, target, some, KNOWN, find, password=PASSWORD, dry_run=False)
    return done, target.read_bytes()


def opened(data: bytes) -> pikepdf.Pdf:
    """Return a file, with its password where it has one."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        return pikepdf.open(io.BytesIO(data), password=PASSWORD)


def strings_in(value: object, seen: set[tuple[int, int]]) -> list[str]:
    """Return the strings in an object and those that it holds."""
    found: list[str] = []
    if isinstance(value, pikepdf.String):
        found += [str(value), bytes(value).decode("latin-1")]
    elif isinstance(value, pikepdf.Array):
        found += [text for one in value for text in strings_in(one, seen)]
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        if value.is_indirect:
            if value.objgen in seen:
                return []
            seen.add(value.objgen)
        found += [text for key in value for text in strings_in(value[key], seen)]
    return found


def leaks(data: bytes) -> list[str]:
    """Return where the words are still to be found in a file."""
    texts: dict[str, str] = {}
    with opened(data) as file:
        for one in file.objects:
            place = f"object {one.objgen}"
            texts[f"{place}, strings"] = " ".join(strings_in(one, set()))
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                raw = one.read_bytes()
                parts = re.findall(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f]+)>", raw)
                shown = b"".join(
                    plain or bytes.fromhex(hexed.decode()[: len(hexed) // 2 * 2]) for plain, hexed in parts
                )
                if b"beginbfchar" not in raw and b"Glyph" not in raw[:10]:
                    texts[f"{place}, content"] = raw.decode("latin-1") + shown.decode("latin-1").replace("\0", "")
                    texts[f"{place}, wide"] = raw.decode("utf-16-be", errors="ignore")
    pdf = pymupdf.open(stream=data)
    pdf.authenticate(PASSWORD)
    pdf.xref_set_key(pdf.pdf_catalog(), "OCProperties", "null")
    pdf = pymupdf.open(stream=pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_NONE))
    for page in pdf:
        texts[f"page {page.number}"] = page.get_text(clip=pymupdf.INFINITE_RECT())
        texts[f"page {page.number}, sorted"] = page.get_text(sort=True)
        words = pdf_pictures.words_in(page, page.rect, ["eng"])
        texts[f"picture of page {page.number}"] = " ".join(word.text for word in words)
    texts["pdfminer"] = extract_text(io.BytesIO(data), password=PASSWORD)
    found = []
    for place, text in texts.items():
        bare = " ".join(text.replace("\u00ad", "").replace("-\n", "").split()).casefold()
        for ligature, letters in (("\ufb03", "ffi"), ("\ufb02", "fl"), ("\ufb00", "ff"), ("\ufb01", "fi")):
            bare = bare.replace(ligature, letters)
        closed = bare.replace(" ", "")
        found += [f"{place}: {word}" for word in WORDS if word in bare or word.replace(" ", "") in closed]
    return found


PICTURES = ("scanned", "scanned_and_turned", "outlines_of_letters")


@pytest.mark.parametrize("name", edited_places.ALL)
def test_the_words_are_gone_from_everywhere(name: str, tmp_path: Path) -> None:
    """Nobody finds the words: not in objects and streams, nor in text by two readers, nor in pictures of the pages."""
    done, data = edit(edited_places.ALL[name](), OPERATIONS, tmp_path)

    assert sum(one.matches for one in done) >= 1
    assert leaks(data) == []
    with opened(data) as file:
        assert file.check_pdf_syntax() == []
    pdf = pymupdf.open(stream=data)
    pdf.authenticate(PASSWORD)
    assert name in PICTURES or edited.KEPT in pdf[0].get_text()
