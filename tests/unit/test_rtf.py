"""Tests of parse on Rich Text files."""

from pathlib import Path

import pytest

from tests.samples.parsing import parse

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}{\info{\title Offer}{\author Ann}}"
)


def _markdown(body: str, folder: Path) -> str:
    return parse((HEAD + body + "}").encode("latin-1"), "a.rtf", folder).read("document.md")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\pard\s1 Offer\par\pard \b Bold\b0  and {\i slanted}\par", "# Offer\n\n**Bold** and _slanted_\n"),
        (r"\pard Gr\'f6\'dfe: 5 \u8364?\par", "Größe: 5 €\n"),
        (r"\pard {\f1\'cf\'f0\'e8\'e2\'e5\'f2}\par", "Привет\n"),
        (r"\pard \u-10179?\u-8704? and {\uc2\u233\'65\'65}\par", "😀 and é\n"),
        (r"\pard {\listtext 1.\tab}one\par\pard\ilvl1{\listtext\'b7\tab}deep\par", "1. one\n   - deep\n"),
        (r"\pard {\pntext 1.\tab}{\*\pn}\ls1 one\par two\par", "1. one\n2. two\n"),
        (r'\pard {\field{\*\fldinst HYPERLINK "https://example.com"}{\fldrslt here}}\par', "[here](https://example.com)\n"),
        (r"\pard kept{\deleted  gone}{\v  hidden}{\*\unknown also gone}\par", "kept\n"),
        (r"\pard Sold.{\super\chftn}{\footnote\pard {\super\chftn} In May.}\par", "Sold.[^1]\n\n[^1]: In May.\n"),
        (r"\pard one\line two\tab three\par", "one  \ntwo three\n"),
        (r"{\header\pard Head\par}{\pict\wmetafile8 0a0b}\pard text\par", "text\n"),
    ],
)  # fmt: skip
def test_rich_text_is_read(tmp_path: Path, body: str, expected: str) -> None:
    """Letters, styles, lists, links and notes come out; what is deleted or hidden does not."""
    assert _markdown(body, tmp_path) == expected


def test_tables_have_their_merged_cells(tmp_path: Path) -> None:
    """A cell that is as wide as two spans them, and so does one that is merged downwards."""
    body = (
        r"\trowd\trhdr\clvmgf\cellx1000\cellx3000\pard\intbl A\cell B\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell c\cell d\cell\row\pard after\par"
    )

    assert _markdown(body, tmp_path) == (
        '<table>\n<tr><th rowspan="2">A</th><th colspan="2">B</th></tr>\n'
        "<tr><td>c</td><td>d</td></tr>\n</table>\n\nafter\n"
    )


def test_the_title_is_that_of_the_file(tmp_path: Path) -> None:
    """A file without headings has the title that it names."""
    done = parse((HEAD + r"\pard text\par}").encode(), "a.rtf", tmp_path)

    assert done.document.title == "Offer"


def test_groups_without_end_are_harmless(tmp_path: Path) -> None:
    """A file that is cut off within its groups is read as far as it goes."""
    assert _markdown(r"\pard text {\b bold", tmp_path) == "text **bold**\n"
