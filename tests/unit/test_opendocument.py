"""Tests of parse on OpenDocument texts."""

from pathlib import Path

import pytest

from axelered_box.domain.modules import Refusal
from tests.samples import office
from tests.samples.parsing import parse

STYLES = (
    "<style:style style:name='b' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>"
    "<style:style style:name='T' style:family='paragraph' style:parent-style-name='Title'/>"
    "<style:style style:name='c' style:family='paragraph' style:parent-style-name='Preformatted_20_Text'/>"
    "<text:list-style style:name='n'><text:list-level-style-number text:level='1' style:num-format='1'/>"
    "<text:list-level-style-bullet text:level='2' text:bullet-char='-'/></text:list-style>"
)
BODY = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
    "<text:p text:style-name='T'>Report</text:p><text:h text:outline-level='2'>Results</text:h>"
    "<text:p>We sold <text:span text:style-name='b'>more</text:span><text:s text:c='2'/>than before.<text:note>"
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>In the north.</text:p></text:note-body>"
    "</text:note></text:p>"
    "<text:p>Checked<office:annotation><dc:creator>Ann</dc:creator><text:p>Really?</text:p>"
    "</office:annotation></text:p>"
    "<text:list text:style-name='n'><text:list-item><text:p>one</text:p><text:list><text:list-item>"
    "<text:p>deep</text:p>"
    "</text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>"
    "<text:p text:style-name='c'>x = 1</text:p>"
    "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
    "<text:p>Both</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>"
    "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
    "</table:table-cell></table:table-row></table:table>"
)


def test_a_text_is_read(tmp_path: Path) -> None:
    """Styles, lists, notes, comments and tables come out; what tracked changes deleted does not."""
    done = parse(office.opendocument("text", BODY, STYLES), "a.odt", tmp_path)

    assert done.read("document.md") == (
        "# Report\n\n## Results\n\nWe sold **more** than before.[^1]\n\nChecked[^c1]\n\n1. one\n   - deep\n2. two\n\n"
        '```\nx = 1\n```\n\n<table>\n<tr><th colspan="2">Both</th></tr>\n<tr><td>a</td><td>b</td></tr>\n</table>\n\n'
        "[^1]: In the north.\n\n[^c1]: **Comment by Ann:** Really?\n"
    )
    assert '"><sup>1</sup> In the north.</p>' in done.read("document.html")


def test_the_style_of_a_span_goes_before_that_of_its_paragraph(tmp_path: Path) -> None:
    """Letters may be plain within a paragraph that is bold."""
    styles = (
        "<style:style style:name='P' style:family='paragraph'><style:text-properties fo:font-weight='bold'/>"
        "</style:style>"
        "<style:style style:name='n' style:family='text'><style:text-properties fo:font-weight='normal'"
        " fo:font-style='italic'/></style:style>"
    )
    body = "<text:p text:style-name='P'>Loud <text:span text:style-name='n'>soft</text:span> loud</text:p>"

    done = parse(office.opendocument("text", body, styles), "a.odt", tmp_path)

    assert done.read("document.md") == "**Loud** _soft_ **loud**\n"


def test_a_table_without_headings_has_none(tmp_path: Path) -> None:
    """A pipe table needs a row of headings; it is empty where the file says that there is none."""
    row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    body = f"<table:table>{row}{row.replace('>a<', '>b<')}</table:table>"

    done = parse(office.opendocument("text", body), "a.odt", tmp_path)

    assert done.read("document.md") == "|  |\n| --- |\n| a |\n| b |\n"


def test_a_formula_is_text(tmp_path: Path) -> None:
    """A formula's own notation stands in its place."""
    formula = (
        "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mi>x</mi>"
        "<annotation encoding='StarMath 5.0'>x over 2</annotation></semantics></math>"
    )
    body = "<text:p>Half: <draw:frame><draw:object xlink:href='./Object1'/></draw:frame></text:p>"

    done = parse(office.opendocument("text", body, Object1__content=formula), "a.odt", tmp_path)

    assert done.read("document.md") == "Half: x over 2\n"


def test_an_encrypted_text_asks_for_its_password(tmp_path: Path) -> None:
    """What cannot be opened says so."""
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = office.archive(
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest, "content.xml": "x"}
    )

    with pytest.raises(Refusal) as caught:
        parse(data, "a.odt", tmp_path)

    assert caught.value.failure.code == "password_required"


def test_entities_are_refused(tmp_path: Path) -> None:
    """A file that defines entities is refused, whatever they stand for."""
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    data = office.archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bomb})

    with pytest.raises(Refusal) as caught:
        parse(data, "a.odt", tmp_path)

    assert caught.value.failure.code == "corrupt_document"
