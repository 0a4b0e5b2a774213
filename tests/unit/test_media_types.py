"""Tests of `axelered_box.domain.media_types`."""

import pytest

from axelered_box.domain import media_types
from axelered_box.domain.media_types import detect
from tests.samples import make


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
        (b"PK\x03\x04" + bytes(30), "a.zip", None),
        (b"Hello", "a.xyz", None),
        (b"Hello", "README", None),
        (b"", "empty.pdf", None),
        (b"not a picture", "a.png", None),
    ],
)
def test_bytes_decide_the_kind(head: bytes, name: str, expected: str | None) -> None:
    """The first bytes decide; the name decides between kinds of text, and unknown kinds are refused."""
    assert detect(head, name) == expected


def test_word_files_are_known_by_bytes_and_name() -> None:
    """A zip file with a Word file's name and parts is a Word file, one with another name is not."""
    head = make.docx()[: media_types.HEAD_BYTES]

    assert detect(head, "letter.docx") == media_types.DOCX
    assert detect(head, "letter.zip") is None
    assert detect(b"PK\x03\x04" + bytes(26) + b"readme", "letter.docx") is None


def test_each_kind_has_an_extension() -> None:
    """An output's name ends as its kind says."""
    assert media_types.extension("text/markdown") == "md"
    assert media_types.extension("application/json") == "json"
    assert media_types.extension("application/x-unheard-of") == "bin"
