"""Documents for tests, made by code so that each says what is in it."""

import io
import zipfile
from collections.abc import Iterable

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

PROSE = {
    "eng": "The committee has met in the old house of the river and it was decided that all of the letters are to be "
    "sent by the end of this week, because they have waited for them with great patience and in good faith.",
    "deu": "Der Ausschuss hat sich in dem alten Haus an der Elbe getroffen und es wurde entschieden, dass alle Briefe "
    "bis zum Ende der Woche versandt werden, weil die Kunden mit viel Geduld auf sie gewartet haben.",
    "fra": "Le comité est réuni dans la vieille maison sur le bord de la rivière et il est décidé que les lettres sont "
    "envoyées avant la fin de la semaine, car les clients ont attendu avec patience pour ce travail.",
}
RECEIPT = (
    ("Corner Bakery", ""),
    ("12 Harbour Street", ""),
    ("Date", "12/05/2024"),
    ("Wheat bread", "2.40"),
    ("Apple cake", "3.75"),
    ("Coffee large", "4.10"),
    ("Orange juice", "3.20"),
    ("Cheese roll", "5.60"),
    ("Walnut biscuit", "2.80"),
    ("Subtotal", "21.85"),
    ("Tax included", "1.43"),
    ("Total", "21.85"),
    ("Cash", "30.00"),
    ("Change", "8.15"),
    ("Thank you", ""),
)
"""What a till receipt says, line by line."""
A4_IN = (8.27, 11.69)


def digital_pdf(pages: int = 1) -> bytes:
    """Return a PDF with text of its own: headings, paragraphs in two styles, a list, a table, head and foot."""
    pdf = _Paper()
    for page in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", "B", 20)
        pdf.cell(0, 12, f"Annual report {page + 1}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Helvetica", "B", 14)
        pdf.cell(0, 10, "Results of the year", new_x="LMARGIN", new_y="NEXT")
        _paragraph(pdf, PROSE["eng"])
        for item in ("First of the items", "Second of the items", "Third of the items"):
            pdf.set_x(20)
            pdf.cell(0, 7, f"{chr(149)} {item}", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
        pdf.set_font("Helvetica", "", 11)
        with pdf.table(width=150, align="LEFT") as table:
            for row in (("Article", "Number", "Price"), ("Paper", "12", "34.50"), ("Ink", "3", "9.99")):
                line = table.row()
                for value in row:
                    line.cell(value)
        pdf.ln(4)
        pdf.set_font("Helvetica", "B", 14)
        pdf.cell(0, 10, "Outlook", new_x="LMARGIN", new_y="NEXT")
        _paragraph(pdf, PROSE["eng"])
    return bytes(pdf.output())


def two_column_pdf() -> bytes:
    """Return a PDF page of two columns; the left one speaks of apples, the right one of pears."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 18)
    pdf.cell(0, 14, "Of fruit", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", "", 11)
    top = pdf.get_y()
    for left, fruit in ((10, "apple"), (110, "pear")):
        pdf.set_xy(left, top)
        text = f"Every {fruit} in the garden of the house was eaten by the people of the town before it was ripe. " * 7
        pdf.multi_cell(88, 5.5, text)
    return bytes(pdf.output())


def encrypted_pdf(password: str = "open sesame") -> bytes:
    """Return a PDF that opens with a password."""
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.add_page()
    pdf.set_font("Helvetica", "", 12)
    pdf.cell(0, 10, "Behind the door")
    return bytes(pdf.output())


def page_image(language: str = "eng", dpi: int = 150, lines: int = 18) -> Image.Image:
    """Return a grey A4 page of prose, as a scanner sees it."""
    width, height = (round(side * dpi) for side in A4_IN)
    image = Image.new("L", (width, height), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=dpi // 6)
    words = (PROSE[language] + " ") * 10
    top, place = dpi, 0
    for _ in range(lines):
        end = words.rindex(" ", place, place + 60)
        draw.text((dpi, top), words[place:end], fill=20, font=font)
        place = end + 1
        top += dpi // 4
    return image


def receipt_image() -> Image.Image:
    """Return a picture of a till receipt: names at the left, amounts at the right."""
    image = Image.new("L", (620, 1100), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=26)
    for place, (name, amount) in enumerate(RECEIPT):
        draw.text((60, 80 + 50 * place), name, fill=20, font=font)
        draw.text((560, 80 + 50 * place), amount, fill=20, font=font, anchor="ra")
    return image


def scanned_pdf(images: Iterable[Image.Image] | None = None, dpi: int = 150) -> bytes:
    """Return a PDF of page images without text; one page of English prose by default."""
    first, *rest = images or [page_image(dpi=dpi)]
    output = io.BytesIO()
    first.save(output, "PDF", save_all=True, append_images=rest, resolution=dpi, quality=80)
    return output.getvalue()


def broken_page_pdf(broken: int = 2, pages: int = 3) -> bytes:
    """Return a PDF one of whose pages (from 1) is not there, though the list of pages names it."""
    kids = " ".join(f"{3 + page} 0 R" for page in range(pages))
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"}
    font = 3 + 2 * pages
    for page in range(pages):
        content = 3 + pages + page
        text = f"BT /F1 14 Tf 72 700 Td (This is page {page + 1} of the letter) Tj ET"
        objects[content] = f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"
        if page + 1 != broken:
            objects[3 + page] = (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
            )
    objects[font] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _pdf_of(objects)


def image_file(form: str, image: Image.Image | None = None, **options: object) -> bytes:
    """Return an image file."""
    output = io.BytesIO()
    (image or page_image(dpi=100)).save(output, form, **options)
    return output.getvalue()


def docx(body: str | None = None) -> bytes:
    """Return a Word file; by default with headings, styles, a list and a table."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations("http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"),
        "word/styles.xml": _styles(),
        "word/_rels/document.xml.rels": _relations(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles", "styles.xml"
        ),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{body or _body()}</w:body>'
        "</w:document>",
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return output.getvalue()


class _Paper(FPDF):
    """A4 with a running head and page numbers."""

    def header(self) -> None:
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 6, "Northwind Paper Ltd, confidential", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 6, str(self.page_no()), align="C")


def _paragraph(pdf: FPDF, text: str) -> None:
    pdf.set_font("Helvetica", "", 11)
    pdf.multi_cell(0, 5.5, text)
    pdf.ln(4)
    pdf.set_font("Helvetica", "", 11)
    pdf.write(5.5, "The total is ")
    pdf.set_font("Helvetica", "B", 11)
    pdf.write(5.5, "due at once")
    pdf.set_font("Helvetica", "", 11)
    pdf.write(5.5, " and cannot be deferred by any of the parties to this agreement.")
    pdf.ln(9)


def _pdf_of(objects: dict[int, str]) -> bytes:
    """Return a PDF file of numbered objects."""
    data = b"%PDF-1.4\n"
    places = {}
    for number, text in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in sorted(objects):
        data += f"{places[number]:010} 00000 n \n".encode()
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/></Types>'
    )


def _relations(kind: str, target: str = "word/document.xml") -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'


def _styles() -> str:
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    return f'<w:styles xmlns:w="{_W}">{names}</w:styles>'


def _body() -> str:
    def line(text: str, style: str = "", run: str = "") -> str:
        kind = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{kind}<w:r>{f'<w:rPr>{run}</w:rPr>' if run else ''}<w:t>{text}</w:t></w:r></w:p>"

    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    return (
        line("Contract of sale", "Heading1")
        + line("Parties", "Heading2")
        + line("The seller hands over the goods.", run="<w:b/>")
        + "<w:tbl>"
        + row(line("Item"), line("Price"))
        + row(line("Paper"), line("12.00"))
        + row(wide + line("Total 12.00"))
        + "</w:tbl>"
    )
