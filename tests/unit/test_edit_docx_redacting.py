"""What was redacted is nowhere in the Word file: not in any part, whatever the runs that it was split over."""

import io
import re
import zipfile

import pytest
from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.modules import Refusal
from axelered_box.formats.word_runs import PARAGRAPHS
from axelered_box.modules.edit import finding
from tests.samples import office
from tests.samples import word_files as word
from tests.samples.word_files import paragraph, run
from tests.unit.test_edit_docx import body_of, edited

NAME = "Anna Weber"


def traces(parts: dict[str, bytes], words: str = NAME) -> list[str]:
    """Return the parts that still have words: in their bytes, in their text however it is split, in what is packed."""
    wanted = re.sub(r"\s+", "", words).casefold()
    found = []
    for name, data in parts.items():
        told = [name, data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(data)
            told.append("".join(map(str, root.itertext())))
            for line in root.iter(*PARAGRAPHS):
                told += ["".join(map(str, one.itertext())) for one in line.iter()]
        if any(wanted in re.sub(r"\s+|%20|_|\+", "", text).casefold() for text in told):
            found.append(name)
    return found


def full_of(name: str) -> bytes:
    """Return a file that has a name in every place that Word keeps words in."""
    first, last = name.split()
    custom = "http://schemas.openxmlformats.org/officeDocument/2006"
    return word.file(
        paragraph(run(first[:2]), run(f"{first[2:]} ", "<w:b/>"), run(last))
        + paragraph(run("hidden: "), run(name, "<w:vanish/>"))
        + paragraph(word.changed("del", f"<w:r><w:delText>{name}</w:delText></w:r>"), run("x"))
        + paragraph(
            run(first[:2]), word.changed("del", "<w:r><w:delText>zz</w:delText></w:r>"), run(f"{first[2:]} {last}")
        )
        + paragraph(run(f"{first}"), "<w:r><w:tab/></w:r>", run(last))
        + paragraph(word.field(" MERGEFIELD x ", f'"{first} ', f'{last}"', shown=name))
        + paragraph(f'<w:fldSimple w:instr=" AUTHOR {name} ">{run(name)}</w:fldSimple>')
        + paragraph(word.link(name), word.text_box(name), word.comment(1, name))
        + paragraph(
            f'<w:bookmarkStart w:id="5" w:name="{first}_{last}" w:displacedByCustomXml="next {name}"/>',
            '<w:bookmarkEnd w:id="5"/>',
            run("z"),
        )
        + word.control(
            name,
            paragraph(run(name)),
            f'<w:comboBox><w:listItem w:displayText="{name}" w:value="{name}"/></w:comboBox>',
        )
        + word.table((paragraph(run(name)),)),
        target=f"mailto:{first}%20{last}?subject={name}",
        header=paragraph(run(first), run(f" {last}")),
        footer=paragraph(run(name)),
        footnotes=f'<w:footnote w:id="1">{paragraph(run(name))}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="{name}" w:initials="AW">{paragraph(run(name))}</w:comment>',
        customXml__item1=f'<!-- {name} --><a who="{name}"><b>{name}</b></a>',
        word__glossary__document_xml="",
        docProps__custom=f'<p xmlns="{custom}/custom-properties"><property name="{name}"><v>{name}</v></property></p>',
    )


def named(data: bytes) -> bytes:
    """Return the file with its further parts under names that end in .xml."""
    parts = office.members(data)
    parts.pop("word/glossary/document_xml", None)
    glossary = parts["word/header.xml"].replace(b"w:hdr", b"w:glossaryDocument")
    renamed = {name if "." in name else f"{name}.xml": told for name, told in parts.items()}
    return office.archive({**renamed, "word/glossary/document.xml": glossary})


def test_a_name_is_gone_from_every_part() -> None:
    data = named(full_of(NAME))
    assert len(traces(office.members(data))) >= 9

    parts, done = edited(data, edits.Redact(text=NAME))

    assert traces(parts) == []
    assert done[0].matches >= 25
    assert "\u2588" * 10 in body_of(parts)[0]
    assert b"2026-01-02T03:04:05Z" in parts["docProps/core.xml"]


def test_the_word_that_stands_in_place_of_others_can_be_redacted() -> None:
    parts, _ = edited(word.file(paragraph(word.link("removed"))), edits.Redact(text="removed"))

    assert traces(parts, "removed") == []


def test_a_label_stands_in_place_of_the_words() -> None:
    parts, _ = edited(word.file(paragraph(run("To Anna "), run("Weber."))), edits.Redact(text=NAME, label="[name]"))

    assert body_of(parts) == ["To [name]."]


def test_words_that_build_the_file_are_left_alone() -> None:
    data = word.file(
        paragraph(run("document 914400 Heading"), word.text_box("x"), properties='<w:pStyle w:val="Heading"/>')
    )

    parts, _ = edited(data, edits.Redact(text="Heading"), edits.Redact(text="914400"), edits.Redact(text="document"))

    assert b'<w:pStyle w:val="Heading"/>' in parts["word/document.xml"]
    assert b'cx="914400"' in parts["word/document.xml"]
    assert body_of(parts)[0].count("\u2588") == 8 + 6 + 7


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_words_in_an_embedded_file_keep_the_file_back(encoding: str) -> None:
    data = office.members(word.file(paragraph(run(NAME))))
    kept_back = {**data, "word/embeddings/oleObject1.bin": f"..{NAME}..".encode(encoding)}

    with pytest.raises(Refusal, match=r"embedded file word/embeddings/oleObject1\.bin") as refused:
        edited(office.archive(kept_back), edits.Redact(text=NAME))

    assert refused.value.failure.code == "redaction_incomplete"


def test_words_in_an_embedded_workbook_keep_the_file_back() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("xl/sharedStrings.xml", "<sst><si><r><t>Anna </t></r><r><t>Weber</t></r></si></sst>")
    data = {**office.members(word.file(paragraph(run(NAME)))), "word/embeddings/book.xlsx": book.getvalue()}

    with pytest.raises(Refusal, match="embedded file"):
        edited(office.archive(data), edits.Redact(text=NAME))


def test_small_pictures_of_the_first_page_go() -> None:
    data = office.members(word.file(paragraph(run(NAME))))
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    link = f'<Relationship Id="r9" Type="{kind}" Target="docProps/thumbnail.jpeg"/></Relationships>'
    data["_rels/.rels"] = data["_rels/.rels"].replace(b"</Relationships>", link.encode())

    parts, _ = edited(office.archive({**data, "docProps/thumbnail.jpeg": b"jpeg"}), edits.Redact(text=NAME))

    assert "docProps/thumbnail.jpeg" not in parts
    assert b"thumbnail" not in parts["_rels/.rels"]


@pytest.mark.parametrize(
    ("operation", "text", "left"),
    [
        (edits.Redact(pattern="iban"), "Pay DE89 3704 0044 0532 0130 00 now", "Pay # now"),
        (edits.Redact(pattern="email"), "Write to anna.weber@example.com.", "Write to #."),
        (edits.Redact(pattern="phone"), "Call +49 30 901820 today", "Call # today"),
        (
            edits.Redact(pattern="card"),
            "Card 4111 1111 1111 1111, order 1234 5678 9012 3456",
            "Card #, order 1234 5678 9012 3456",
        ),
        (edits.Redact(pattern="date"), "Due 12 March 2026 at noon", "Due # at noon"),
        (edits.Redact(pattern="amount"), "Total 1,250.00 EUR net", "Total # net"),
        (edits.Redact(pattern="url"), "See https://example.com/a?b=c for more", "See # for more"),
        (edits.Redact(pattern="nationalId"), "ES 12345678Z, US 536-22-8726, UK AB123456C", "ES #, US #, UK #"),
        (
            edits.Redact(pattern="nationalId"),
            "DE 36574261809, FR 295109912611193, IT RCCMNL83S18D969H",
            "DE #, FR #, IT #",
        ),
        (
            edits.Redact(pattern="nationalId"),
            "CH 756.9217.0769.85, AT 1237 010180, BE 85.07.30-033.28",
            "CH #, AT #, BE #",
        ),
        (edits.Redact(pattern="nationalId"), "PL 44051401359, SE 880320-0016, FI 131052-308T", "PL #, SE #, FI #"),
        (edits.Redact(pattern="card"), "4111 1111 1111 1111 12/27", "# 12/27"),
        (edits.Redact(regex=r"AZ-\d+"), "File az-77 and AZ-8", "File # and #"),
        (edits.Redact(regex=r"AZ-\d+", match_case=True), "File az-77 and AZ-8", "File az-77 and #"),
        (edits.Redact(text="anna  weber"), "ANNA\u00a0WEBER was here", "# was here"),
    ],
    ids=lambda value: getattr(value, "pattern", None) or str(value)[:30],
)
def test_values_of_a_kind_are_found(operation: edits.Redact, text: str, left: str) -> None:
    parts, _ = edited(word.file(paragraph(run(text))), operation)

    assert re.sub("\u2588+", "#", body_of(parts)[0]) == left


def test_an_extracted_field_is_redacted_by_its_words() -> None:
    data = word.file(paragraph(run("Tenant: Anna Weber")))
    fields = {"/tenant": {"path": "/tenant", "quote": "Anna Weber"}, "/rent": {"path": "/rent", "quote": None}}

    parts, _ = edited(data, edits.Redact(field="/tenant", label="X"), fields=fields)
    assert body_of(parts) == ["Tenant: X"]

    with pytest.raises(Refusal, match=r"no extracted field /rent with words.*: /tenant") as refused:
        edited(data, edits.Redact(field="/rent"), fields=fields)
    assert refused.value.failure.code == "field_not_found"


def test_an_expression_that_takes_too_long_or_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "REGEX_S", 0.1)
    data = word.file(paragraph(run("a" * 40 + "b")))

    with pytest.raises(Refusal) as slow:
        edited(data, edits.Redact(regex=r"(?:a|aa|aaa)+c"))
    with pytest.raises(Refusal) as wrong:
        edited(data, edits.Redact(regex="("))

    assert slow.value.failure.code == "regex_timed_out"
    assert wrong.value.failure.code == "regex_invalid"
