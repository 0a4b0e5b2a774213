"""Office files for tests, made by code so that each says what is in it."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import openpyxl
import pptx
from msoffcrypto.format.ooxml import OOXMLFile

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    " ".join(
        f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "style", "draw", "presentation")
    )
    + f' xmlns:fo="{_OFFICE}:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    + (' xmlns:dc="http://purl.org/dc/elements/1.1/"')
)
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return a workbook that a function has filled."""
    book = openpyxl.Workbook()
    fill(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def presentation(fill: Callable[[pptx.presentation.Presentation], None]) -> bytes:
    """Return a presentation that a function has filled."""
    show = pptx.Presentation()
    fill(show)
    output = io.BytesIO()
    show.save(output)
    return output.getvalue()


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of members, the first one not compressed."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for place, (name, data) in enumerate(members.items()):
            file.writestr(name, data, zipfile.ZIP_DEFLATED if place else zipfile.ZIP_STORED)
    return output.getvalue()


def opendocument(kind: str, body: str, styles: str = "", **parts: str) -> bytes:
    """Return an OpenDocument file, `kind` one of text, spreadsheet, presentation."""
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    named = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, **named})


def mail(html: str | None = None, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return a mail with a plain text, an HTML text if there is one, and attachments."""
    message = EmailMessage()
    message["From"] = "Jürgen Groß <juergen@example.com>"
    message["To"] = "office@example.com"
    message["Subject"] = "Angebot für Möbel"
    message["Date"] = "Wed, 25 Nov 2026 10:00:00 +0100"
    message.set_content("Sehr geehrte Damen und Herren,\n\nanbei das Angebot.\n")
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def locked(data: bytes, password: str) -> bytes:
    """Return an Office file (docx, xlsx, pptx) encrypted with a password."""
    output = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, output)
    return output.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (MS-CFB) of streams; a slash in a name parts its folder from it, one level deep."""
    entries: list[tuple[str, int, int, int, int, int]] = [("", 0, 0, 0, 0, 0)]
    folders: dict[str, list[str]] = {"": []}
    for name in streams:
        folder, _, own = name.rpartition("/")
        if folder not in folders:
            folders[folder] = []
            folders[""].append(folder)
        folders[folder].append(own)
    large, small = _Sectors(512), _Sectors(64)

    def children(folder: str) -> int:
        first = -1
        for own in sorted(folders[folder], key=lambda name: (len(name), name.upper()), reverse=True):
            path = f"{folder}/{own}" if folder else own
            if path in streams:
                data = streams[path]
                start = (small if len(data) < 4096 else large).add(data)
                entries.append((own, 2, first, -1, start, len(data)))
            else:
                inner = children(path)
                entries.append((own, 1, first, inner, 0, 0))
            first = len(entries) - 1
        return first

    top = children("")
    minis = b"".join(small.sectors)
    entries[0] = ("Root Entry", 5, -1, top, large.add(minis), len(minis))
    mini_table = large.add(struct.pack(f"<{len(small.table)}I", *small.table))
    directory = b"".join(_entry(*entry) for entry in entries) + _entry("", 0, -1, -1, 0, 0) * (-len(entries) % 4)
    start = large.add(directory)
    count = 1 + (len(large.table) + 1) // 128
    places = list(range(len(large.table), len(large.table) + count))
    table = [*large.table, *[_FAT] * count]
    table += [_FREE] * (128 * count - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    mini_sectors = -(-len(small.table) // 128)
    header += struct.pack("<IIIIIIIII", 0, count, start, 0, 4096, mini_table, mini_sectors, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - count))
    return header + b"".join(large.sectors) + struct.pack(f"<{len(table)}I", *table)


class _Sectors:
    """Sectors of one size, and the table of which follows which."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.sectors: list[bytes] = []
        self.table: list[int] = []

    def add(self, data: bytes) -> int:
        """Add data; return its first sector."""
        first = len(self.sectors)
        pieces = [data[at : at + self._size] for at in range(0, len(data), self._size)] or [b""]
        self.sectors.extend(piece.ljust(self._size, b"\0") for piece in pieces)
        self.table.extend(range(first + 1, first + len(pieces)))
        self.table.append(_END)
        return first


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    """Return an entry of a compound file's directory; entries of a folder are chained to the right."""
    shown = name.encode("utf-16-le")
    return (
        shown.ljust(64, b"\0")
        + struct.pack("<HBB", len(shown) + 2 if name else 0, kind, 1)
        + struct.pack("<iii", -1, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def xls(rows: list[list[str | float]]) -> bytes:
    """Return a workbook of the older binary form with one sheet of texts and numbers."""

    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 1996, 0, 6)
    font = record(0x31, struct.pack("<HHHHHBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5) + b"\0Arial")
    form = record(0xE0, struct.pack("<HHHBBBBIIH", 0, 4, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    cells = b"".join(
        record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 0) + value.encode("latin-1"))
        if isinstance(value, str)
        else record(0x0203, struct.pack("<HHHd", row, column, 0, value))
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    )
    sheet = record(0x0809, begin[:2] + struct.pack("<H", 0x10) + begin[4:]) + cells + record(0x0A, b"")
    head = record(0x0809, begin) + record(0x42, struct.pack("<H", 1200)) + font * 5 + form
    bound_bytes = 4 + 4 + 2 + 2 + len("Prices")
    offset = len(head) + bound_bytes + 4
    bound = record(0x85, struct.pack("<IHBB", offset, 0, len("Prices"), 0) + b"Prices")
    return compound({"Workbook": head + bound + record(0x0A, b"") + sheet})


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def word(body: str, styles: str = "", **parts: str) -> bytes:
    """Return a Word file of paragraphs; further parts (footnotes, endnotes, comments, numbering) by their names."""
    word_space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = {"styles": f"<w:styles {word_space}>{styles}</w:styles>"}
    named.update({name: f"<w:{name} {word_space}>{inner}</w:{name}>" for name, inner in parts.items()})
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{name}+xml"/>' for name in named)
    links = "".join(f'<Relationship Id="r{name}" Type="{office}/{name}" Target="{name}.xml"/>' for name in named)
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{kind}.document.main+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            "word/document.xml": f"<w:document {word_space}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": text for name, text in named.items()},
        }
    )
