"""Tests of `axelered_box.domain.media_types`."""

import pytest

from axelered_box.domain import media_types
from axelered_box.domain.media_types import detect
from tests.samples import make, office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "a.pdf", "application/pdf"),
        (b"%PDF-1.7\n...", "a.txt", "application/pdf"),
        (b"junk before\n%PDF-1.4\n", "a.pdf", "application/pdf"),
        (b"A letter about %PDF-1.4", "a.txt", "text/plain"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg", "image/jpeg"),
        (b"II*\x00\x08\x00", "a.tif", "image/tiff"),
        (b"MM\x00*\x00\x00", "a.tiff", "image/tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little"), "a.bmp", "image/bmp"),
        (b"GIF89a", "a.gif", "image/gif"),
        (b"Hello", "a.txt", "text/plain"),
        (b"# Hello", "a.MD", "text/markdown"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"", "empty.txt", "text/plain"),
        ("Grüße".encode("cp1252"), "a.txt", "text/plain"),
        (b"\xff\xfeH\x00i\x00", "a.txt", "text/plain"),
        (b"BMW is a maker of cars, and of motor bikes", "a.txt", "text/plain"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.exe", None),
        (b"MZ\x90\x00\x03\x00\x00\x00", "setup.txt", None),
        (b"\x01\x02\x03\x04\x05\x06\x07", "a.txt", None),
        (b"PK\x03\x04" + bytes(30), "a.zip", "application/zip"),
        (b"PK\x03\x04" + bytes(30), "a.xyz", "application/zip"),
        (b"PK\x05\x06" + bytes(18), "empty.zip", "application/zip"),
        (b"%PDF 1.4 without its dash", "a.pdf", "application/pdf"),
        (b"\n1 0 obj\n<< >>", "a.pdf", "application/pdf"),
        (b"{\\rtf1 x}", "a.doc", "application/rtf"),
        (b"<!DOCTYPE html><p>x", "page", "text/html"),
        (b"\xef\xbb\xbf <!-- x -->\n<html>", "prices.xls", "text/html"),
        (b"<html> is a tag", "a.txt", "text/plain"),
        (b"<?xml version='1.0'?><a/>", "feed", "application/xml"),
        (b"From: a\nTo: b\n c\nSubject: d\n\nx", "mail", "message/rfc822"),
        (b"From: a\nand so on", "mail", None),
        (b'{"a": 1}', "a.json", "application/json"),
        (OLE, "a.xls", "application/vnd.ms-excel"),
        (OLE, "a.docx", media_types.DOCX),
        (OLE, "a.doc", None),
        (OLE, "a.txt", None),
        (b"Hello", "a.xyz", None),
        (b"Hello", "README", None),
        (b"", "empty.pdf", None),
        (b"not a picture", "a.png", None),
    ],
)
def test_bytes_decide_the_kind(head: bytes, name: str, expected: str | None) -> None:
    """The first bytes decide; the name decides between kinds of text, and unknown kinds are refused."""
    assert detect(head, name) == expected


@pytest.mark.parametrize("name", ["letter.docx", "letter.zip", "letter"])
def test_office_files_are_known_by_their_members(name: str) -> None:
    """A zip file with a Word file's parts is one, whatever its name."""
    assert detect(make.docx()[: media_types.HEAD_BYTES], name) == media_types.DOCX


@pytest.mark.parametrize("kind", [media_types.ODT, media_types.ODS, media_types.ODP, media_types.EPUB])
def test_files_that_say_what_they_are_are_believed(kind: str) -> None:
    """OpenDocument files and books begin with their own media type."""
    assert detect(office.archive({"mimetype": kind, "content.xml": "x"}), "file.bin") == kind


def test_a_zip_file_with_a_folder_called_word_is_no_word_file() -> None:
    """Documents in a zip file may lie in folders of any name."""
    data = office.archive({"readme.txt": "x", "word/letter.txt": "x"})

    assert detect(data, "all.zip") == media_types.ZIP


def test_a_refusal_names_what_is_read_and_what_to_do() -> None:
    """An unknown file is answered with the endings of those that are known, an old one with the newer form."""
    assert ".pdf, .docx, .xlsx" in media_types.refusal(b"MZ", "setup.exe")
    assert media_types.refusal(OLE, "letter.doc").endswith("Save it as .docx.")


def test_each_kind_has_an_extension() -> None:
    """An output's name ends as its kind says."""
    assert media_types.extension("text/markdown") == "md"
    assert media_types.extension("application/json") == "json"
    assert media_types.extension("application/x-unheard-of") == "bin"
