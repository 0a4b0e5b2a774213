"""A redacted PDF opened again and searched, so that a file in which the words are left is never handed out."""

import html
import re
from pathlib import Path

import pymupdf

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Refusal
from axelered_box.formats import pdf_pictures
from axelered_box.formats.pdf import open_pdf
from axelered_box.formats.pdf_layers import all_shown
from axelered_box.formats.pdf_leftovers import decoded, readable
from axelered_box.formats.pdf_objects import streams_of, strings_of
from axelered_box.formats.pdf_readings import reading_of_words, readings_of
from axelered_box.formats.pdf_sought import LEAST_LETTERS, Sought

_STRING = re.compile(rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]+>", re.DOTALL)
_SHOWN = re.compile(rb"\bBT\b|T[Jj]\b|\bBDC\b")


def check(target: Path, sought: list[Sought], seen: set[int], document: Document, password: str | None) -> None:
    """Raise Refusal when anything that was to be removed from all pages of a file is left in it.

    `seen` are the pages, from 1, that are looked at as pictures.
    """
    everywhere = [one for one in sought if one.operation.pages is None and one.operation.boxes is None]
    if not everywhere:
        return
    pdf = all_shown(open_pdf(target, password), password)
    for page in pdf:
        texts = [(reading.text, reading.literal) for reading in readings_of(page)]
        texts.append((page.get_text(), False))
        for one in everywhere:
            if any(has(one, text, literal=literal) for text, literal in texts):
                raise _left(f"in the text of page {page.number + 1}")
    for told in strings_of(pdf, set()):
        if any(has(one, told.text) or has(one, readable(told.text)) for one in everywhere):
            raise _left(f"in the entry {told.key} of the file")
    for xref, _, content in streams_of(pdf):
        if any(one.worded_in(text) for text in _texts_in(content) for one in everywhere):
            raise _left(f"in the stream {xref} of the file")
    if pdf_pictures.can_read():
        for number in sorted(seen):
            _look_at(pdf[number - 1], everywhere, document)


def has(sought: Sought, text: str, *, literal: bool = False) -> bool:
    """Tell whether a text has the words: a wording, or for a redaction of a text what its operation finds.

    What a pattern or an expression finds anew is none of the words: it may come about where others were taken out.
    """
    if sought.is_bounded:
        return not literal and sought.worded_in(text)
    return sought.is_in(text)


def _texts_in(content: bytes) -> list[str]:
    """Return the strings of a content stream as one text, or any other stream as the text that it may be."""
    if _SHOWN.search(content):
        strings = [decoded(match) for match in _STRING.findall(content)]
        text = "".join(strings)
        return [text, text.replace("\0", ""), " ".join(strings)]
    wide = content.decode("utf-16-be", errors="ignore")
    plain = [content.decode("utf-8", errors="replace"), content.decode("latin-1")]
    return [*plain, html.unescape(plain[0]), wide, wide.encode("utf-16-be").decode("utf-16-le", errors="ignore")]


def _look_at(page: pymupdf.Page, sought: list[Sought], document: Document) -> None:
    """Read the picture of a page; raise Refusal when it shows what was to be removed."""
    words = pdf_pictures.words_in(page, page.rect, pdf_pictures.languages_of(document))
    for reading in reading_of_words(page, words):
        for one in sought:
            told = one.operation.text
            is_short = told is not None and sum(sign.isalnum() for sign in told) < LEAST_LETTERS
            if not is_short and has(one, reading.text, literal=reading.literal):
                raise _left(f"in the picture of page {page.number + 1}")


def _left(where: str) -> Refusal:
    return Refusal(
        "redaction_incomplete",
        f"What was to be removed is still {where}, so the file is not handed out. Redact that place by its box, remove"
        " comments, files or scripts by their operations, or delete the page.",
    )
