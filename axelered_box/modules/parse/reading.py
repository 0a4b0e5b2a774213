"""The reading of one page, by its own text or by recognition, and what comes of a page that fails."""

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from axelered_box.domain.documents import Source, Warning
from axelered_box.domain.modules import Failure, Refusal
from axelered_box.formats import detect, language, pdf
from axelered_box.formats.evidence import PageEvidence
from axelered_box.formats.pages import Pages
from axelered_box.formats.regions import Text
from axelered_box.modules.parse.options import ParseOptions, terminological

if TYPE_CHECKING:
    from axelered_box.formats import ocr


def read(pages: Pages, number: int, options: ParseOptions, hint: str | None, folder: Path) -> PageEvidence:
    """Return the evidence of a page (from 0); a page that raises is evidence of failure.

    `hint` is the language of the page before. What recognition makes is left in `folder`.
    """
    try:
        return _read(pages, number, options, hint, folder)
    except MemoryError:
        raise
    except Refusal as refusal:
        return failed(number, refusal.failure)
    except Exception:  # one bad page is not the end of the document; the log has the chain
        traceback.print_exc()
        return failed(
            number, Failure(code="page_unreadable", message="The page is damaged: its content cannot be read.")
        )


def failed(number: int, failure: Failure) -> PageEvidence:
    """Return the evidence of a page (from 0) that could not be read."""
    warning = Warning(code=failure.code, message=failure.message, page=number + 1)
    return PageEvidence(page=number, source=Source.FAILED, warnings=[warning])


def _recognised(options: ParseOptions, text: Text, width: float, height: float) -> bool:
    if options.ocr == "auto":
        return detect.needs_recognition(text, width, height)
    return options.ocr == "always"


def _read(pages: Pages, number: int, options: ParseOptions, hint: str | None, folder: Path) -> PageEvidence:
    page = pages.load(number)
    text = pdf.text_of(page)
    if not _recognised(options, text, page.rect.width, page.rect.height):
        seen = pdf.read_digital(page, text, number, tables=options.tables)
        said = " ".join(word[4] for word in text.words)
        return msgspec.structs.replace(seen, language=language.guess(said))
    from axelered_box.formats import ocr  # noqa: PLC0415  # a digital document needs no recognition

    target = folder / f"page-{number + 1}.pdf"
    seen = ocr.read_page(page, target, recognition_settings(options), hint)
    warnings = [msgspec.structs.replace(warning, page=number + 1) for warning in seen.warnings]
    return msgspec.structs.replace(seen, page=number, warnings=warnings)


def sampled_language(pages: Pages, number: int, options: ParseOptions) -> str | None:
    """Return the language of a scanned page (from 0), None when it cannot be told."""
    from axelered_box.formats import ocr  # noqa: PLC0415  # a digital document needs no recognition

    try:
        return ocr.sampled_language(pages.load(number), recognition_settings(options))
    except MemoryError:
        raise
    except Exception:  # what is wrong with the page will be told when it is read
        traceback.print_exc()
        return None


def recognition_settings(options: ParseOptions) -> "ocr.Settings":
    """Return how text is to be recognised."""
    from axelered_box.formats import ocr  # noqa: PLC0415  # a digital document needs no recognition

    codes = [] if options.languages == "auto" else [terminological(code) for code in options.languages]
    return ocr.Settings(codes, options.tables, options.max_pixels, options.jpeg_quality)
