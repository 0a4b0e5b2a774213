"""The options of parse: what a `parserConfig` may say."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from axelered_box import assets
from axelered_box.domain.errors import Problem

DEFAULT_MAX_PIXELS = 11_289_600
DEFAULT_JPEG_QUALITY = 95
_NUMBER = "[1-9][0-9]{0,5}"
_RANGE = f"{_NUMBER}(-({_NUMBER})?)?"
PAGES_PATTERN = f"^ *{_RANGE}( *, *{_RANGE})* *$"
_BIBLIOGRAPHIC = {"ger": "deu", "fre": "fra", "dut": "nld", "cze": "ces", "gre": "ell", "slo": "slk", "rum": "ron"}

LanguageCode = Annotated[str, Meta(pattern="^[a-z]{3}(_[A-Za-z]{2,8})?$", examples=["eng", "deu"])]


class ParseOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How a document is read."""

    provider: Annotated[
        Literal["axelered", "markitdown", "mistral"],
        Meta(
            description="Who reads the document: `axelered` (layout models and text recognition of this box) or "
            "`markitdown` (rules, for digital Office files). `mistral` is not in this box."
        ),
    ] = "axelered"
    languages: Annotated[
        Annotated[list[LanguageCode], Meta(min_length=1, max_length=8)] | Literal["auto"],
        Meta(
            description="ISO 639-2 codes of the languages that text recognition looks for, the main one first; "
            "`auto` finds out."
        ),
    ] = "auto"
    ocr: Annotated[
        Literal["auto", "always", "never"],
        Meta(
            description="Whether text is recognised in page images: where the page has no sound text of its own "
            "(`auto`), on every page, or never."
        ),
    ] = "auto"
    pages: Annotated[
        Annotated[str, Meta(pattern=PAGES_PATTERN, max_length=1000)] | None,
        Meta(
            description="The pages to read, counted from 1, such as `1-3,7` or `5-`; all when absent.",
            examples=["1-3,7"],
        ),
    ] = None
    password: Annotated[
        Annotated[str, Meta(max_length=1000)] | None,
        Meta(description="The password that opens an encrypted PDF or Office file."),
    ] = None
    searchable_pdf: Annotated[
        bool,
        Meta(description="Whether a searchable PDF is made when text was recognised on a page."),
    ] = True
    tables: Annotated[bool, Meta(description="Whether tables are read as rows and columns; else as running text.")] = (
        True
    )
    max_pixels: Annotated[
        Annotated[int, Meta(ge=1, le=1_000_000_000)],
        Meta(description="The most pixels of a page image; larger ones are scaled down before they are read."),
    ] = DEFAULT_MAX_PIXELS
    jpeg_quality: Annotated[
        Annotated[int, Meta(ge=1, le=100)],
        Meta(description="The JPEG quality of page images in the searchable PDF."),
    ] = DEFAULT_JPEG_QUALITY


def check(options: ParseOptions) -> list[Problem]:
    """Return what is wrong with options that have the right form: things that this box has not."""
    problems = []
    if options.provider == "mistral":
        problems.append(
            Problem(
                loc=["provider"],
                msg="The provider 'mistral' is not in this box. Use 'axelered' or 'markitdown'.",
                type="provider_unavailable",
                input=options.provider,
            )
        )
    if options.languages != "auto":
        problems.extend(_check_languages(options.languages))
    return problems


def _check_languages(languages: list[str]) -> list[Problem]:
    """Return a problem for each language whose data is not installed."""
    installed = assets.ocr_languages()
    return [
        Problem(
            loc=["languages", place],
            msg=f"Text recognition has no language '{code}' in this box. It has: {', '.join(installed) or 'none'}.",
            type="language_unavailable",
            input=code,
        )
        for place, code in enumerate(languages)
        if terminological(code) not in installed
    ]


def terminological(code: str) -> str:
    """Return the code by which a language's data goes: ``deu`` for ``ger``."""
    return _BIBLIOGRAPHIC.get(code, code)


def page_numbers(pages: str, count: int) -> list[int]:
    """Return the pages (from 0, rising, each once) that a `pages` option names in a document of `count` pages.

    Raises LookupError with the first page (from 1) that the document does not have.
    """
    chosen: set[int] = set()
    for part in pages.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        start = int(first)
        end = int(last) if last else (max(count, start) if dash else start)
        if start > end:
            start, end = end, start
        if end > count:
            raise LookupError(max(start, count + 1))
        chosen.update(range(start - 1, end))
    return sorted(chosen)
