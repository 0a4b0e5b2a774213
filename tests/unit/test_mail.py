"""Tests of parse on mails: RFC 5322 files and Outlook's messages."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from axelered_box.domain.modules import Refusal
from axelered_box.formats import members, rtf_packed
from tests.samples import make, office
from tests.samples.parsing import parse

HEADER = "# Angebot für Möbel\n\n**From:** Jürgen Groß &lt;juergen@example.com>\n\n**To:** office@example.com\n\n"


def test_a_mail_is_read(tmp_path: Path) -> None:
    """The header's main fields come before the text."""
    done = parse(office.mail(), "a.eml", tmp_path)

    assert done.read("document.md") == (
        f"{HEADER}**Date:** Wed, 25 Nov 2026 10:00:00 +0100\n\nSehr geehrte Damen und Herren,\n\nanbei das Angebot.\n"
    )
    assert done.document.title == "Angebot für Möbel"


def test_the_html_of_a_mail_is_preferred(tmp_path: Path) -> None:
    """A mail with HTML is read by it, so that its tables and styles are there."""
    done = parse(office.mail("<p>Preis: <b>12 €</b></p>"), "a.eml", tmp_path)

    assert done.read("document.md").endswith("Preis: **12 €**\n")
    assert "anbei" not in done.read("document.md")


def test_pictures_of_the_page_are_no_attachments(tmp_path: Path) -> None:
    """A logo that the HTML shows is not read as a file; one that it does not show is."""
    page = EmailMessage()
    page["Subject"] = "Hello"
    page.set_content("<p>Hello <img src='cid:logo'></p>", subtype="html")
    for name in ("logo", "scan"):
        page.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid=f"<{name}>", filename=f"{name}.png")

    text = parse(page.as_bytes(), "a.eml", tmp_path).read("document.txt")

    assert "scan.png" in text
    assert "logo.png" not in text


def test_attachments_are_read_or_named(tmp_path: Path) -> None:
    """An attachment is a section under its name; one that is not read is named, and a warning says why."""
    attached = {
        "prices.csv": b"Item,Price\nInk,3\n",
        "contract.docx": make.docx(),
        "scan.pdf": b"%PDF-1.4 nothing",
        "tool.exe": b"MZ\x00\x01",
        "broken.docx": make.docx()[:300],
        "more.zip": office.archive({"inner.txt": "Inside."}),
    }

    done = parse(office.mail(attachments=attached), "a.eml", tmp_path)

    markdown = done.read("document.md")
    assert "## prices.csv\n\n| Item | Price |" in markdown
    assert "## contract.docx\n\n### Contract of sale\n\n#### Parties" in markdown
    assert "### inner.txt\n\nInside.\n" in markdown
    assert [warning.code for warning in done.document.warnings] == ["part_not_read"] * 3
    assert [warning.message.split("'")[1] for warning in done.document.warnings] == [
        "scan.pdf",
        "tool.exe",
        "broken.docx",
    ]


def test_a_mail_within_a_mail_is_read(tmp_path: Path) -> None:
    """A forwarded mail is a section of its own, to the depth that is read."""
    inner = office.mail()
    for _ in range(5):
        inner = office.mail(attachments={"forwarded.eml": inner})

    done = parse(inner, "a.eml", tmp_path)

    assert done.read("document.txt").count("forwarded.eml") == members.MAX_DEPTH + 1
    assert [warning.code for warning in done.document.warnings] == ["part_not_read"]


def test_the_files_of_a_mail_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large is named, what are too many are counted."""
    monkeypatch.setattr(members.Allowance.__init__, "__defaults__", (2, 100))
    attached = {"large.txt": b"x" * 200, "a.txt": b"one", "b.txt": b"two", "c.txt": b"three", "d.txt": b"four"}

    done = parse(office.mail(attachments=attached), "a.eml", tmp_path)

    assert done.read("document.txt").endswith("large.txt\n\n(not read)\n\na.txt\n\none\n\nb.txt\n\ntwo\n")
    assert [warning.message.partition(" ")[0] for warning in done.document.warnings] == ["'large.txt':", "2"]


def test_a_mail_without_sense_is_harmless(tmp_path: Path) -> None:
    """Broken fields, codes that do not exist and missing ends are read as far as they go."""
    data = (
        b"From: =?utf-9?Q?x?= <\nSubject: =?utf-8?B?####?=\nDate: never\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=unheard-of\n\n"
        b"Still here\n"
    )

    assert "Still here" in parse(data, "a.eml", tmp_path).read("document.txt")


def _message(**more: bytes) -> bytes:
    tags = {
        "0037": "Offer",
        "0c1a": "Ann",
        "0c1f": "ann@example.com",
        "0e04": "Bob",
        "1000": "Dear Bob,\r\n\r\nsee below.",
    }
    streams = {f"__substg1.0_{tag}001F": said.encode("utf-16-le") for tag, said in tags.items()}
    sent = (
        bytes([0x40, 0]) + (0x0039).to_bytes(2, "little") + bytes(4) + (134_000_000_000_000_000).to_bytes(8, "little")
    )
    return office.compound({"__properties_version1.0": bytes(32) + sent, **streams, **more})


def test_an_outlook_message_is_read(tmp_path: Path) -> None:
    """Sender, receivers, day and text come out, and attachments are sections."""
    folder = "__attach_version1.0_#00000000"
    data = _message(
        **{
            f"{folder}/__substg1.0_37010102": b"a,b\n1,2\n",
            f"{folder}/__substg1.0_3707001F": "p.csv".encode("utf-16-le"),
        }
    )

    done = parse(data, "a.msg", tmp_path)

    assert done.read("document.md") == (
        "# Offer\n\n**From:** Ann &lt;ann@example.com>\n\n**To:** Bob\n\n**Subject:** Offer\n\n"
        "**Date:** 2025-08-18 14:13:20 UTC\n\nDear Bob,\n\nsee below.\n\n"
        "## p.csv\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    )


def test_a_damaged_outlook_message_is_refused(tmp_path: Path) -> None:
    """A message that was cut off is refused."""
    with pytest.raises(Refusal) as caught:
        parse(_message()[:600], "a.msg", tmp_path)

    assert caught.value.failure.code == "corrupt_document"


def test_packed_rich_text_is_unpacked() -> None:
    """The example of MS-OXRTFCP, section 3.1, comes out as it says."""
    data = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )

    assert rtf_packed.unpacked(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
