"""PDF files that hide the same words in many ways, for the tests of edits."""

import io
from collections.abc import Callable

import ocrmypdf
import pikepdf
import pymupdf
from PIL import Image

NAME = "Steffi Quellfluss"


IBAN = "DE89 3704 0044 0532 0130 00"


MAIL = "steffi.quellfluss@example.org"


KEPT = "Remaining words stay."


FONT = str(ocrmypdf.__path__[0]) + "/data/NotoSans-Regular.ttf"


SIZE = (420, 595)


Maker = Callable[[], bytes]


DOCUMENTS: dict[str, Maker] = {}
"""By what they are about; each has the name, the account or the address somewhere, and other words on a page."""


def document(maker: Maker) -> Maker:
    """Take in the maker of a document."""
    DOCUMENTS[maker.__name__] = maker
    return maker


def started() -> tuple[pymupdf.Document, pymupdf.Page]:
    """Return a file with a page that has other words."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=SIZE[0], height=SIZE[1])
    page.insert_text((50, 60), KEPT, fontsize=12)
    return pdf, page


def told(page: pymupdf.Page, top: float = 100) -> None:
    """Print the words in sentences."""
    page.insert_text((50, top), f"Paid to {NAME} in Bonn.", fontsize=12)
    page.insert_text((50, top + 20), f"Account {IBAN} at the bank.", fontsize=12)
    page.insert_text((50, top + 40), f"Write to {MAIL} soon.", fontsize=12)


def content(page: pymupdf.Page, text: str) -> None:
    """Add content as it is written in a file."""
    page.insert_font(fontname="helv")
    pymupdf.TOOLS._insert_contents(page, text.encode("latin-1"), True)


def picture(dpi: int = 200) -> Image.Image:
    """Return the picture of a page with the words."""
    _pdf, page = started()
    told(page)
    pixels = page.get_pixmap(dpi=dpi, alpha=False)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def packed(image: Image.Image) -> bytes:
    """Return an image as PNG."""
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@document
def plain() -> bytes:
    pdf, page = started()
    told(page)
    return bytes(pdf.tobytes())


@document
def long() -> bytes:
    pdf, page = started()
    told(page)
    for _ in range(3):
        further = pdf.new_page(width=SIZE[0], height=SIZE[1])
        told(further, 300)
    return bytes(pdf.tobytes())


def turned(degrees: int) -> Maker:
    def maker() -> bytes:
        pdf, page = started()
        told(page)
        page.set_rotation(degrees)
        return bytes(pdf.tobytes())

    return maker


for _degrees in (90, 180, 270):
    DOCUMENTS[f"turned_{_degrees}"] = turned(_degrees)


@document
def slanted() -> bytes:
    pdf, page = started()
    start = pymupdf.Point(80, 300)
    page.insert_text(start, f"For {NAME} only", fontsize=14, morph=(start, pymupdf.Matrix(30)))
    page.insert_text((300, 400), f"{IBAN}", fontsize=10, rotate=90)
    return bytes(pdf.tobytes())


@document
def cropped() -> bytes:
    pdf, page = started()
    told(page)
    page.set_cropbox(pymupdf.Rect(20, 20, 400, 500))
    return bytes(pdf.tobytes())


@document
def beside_the_crop() -> bytes:
    pdf, page = started()
    told(page, 520)
    page.set_cropbox(pymupdf.Rect(0, 0, 420, 400))
    return bytes(pdf.tobytes())


@document
def beside_the_paper() -> bytes:
    pdf, page = started()
    page.insert_text((900, 100), f"For {NAME}", fontsize=12)
    page.insert_text((50, -300), IBAN, fontsize=12)
    return bytes(pdf.tobytes())


@document
def shifted_paper() -> bytes:
    pdf, page = started()
    told(page)
    file = pikepdf.open(io.BytesIO(pdf.tobytes()))
    file.pages[0].MediaBox = pikepdf.Array([-100, -50, 320, 545])
    return saved(file)


@document
def subset_font() -> bytes:
    pdf, page = started()
    page.insert_font(fontname="noto", fontfile=FONT)
    for place, text in enumerate((NAME, IBAN, MAIL)):
        page.insert_text((50, 100 + 20 * place), f"To {text} today", fontname="noto", fontsize=11)
    pdf.subset_fonts()
    return bytes(pdf.tobytes(garbage=3))


@document
def small_in_lines() -> bytes:
    pdf, page = started()
    for line in range(30):
        text = f"{NAME} owes" if line % 7 == 3 else "a line that is set tightly above others"
        page.insert_text((50, 100 + line * 6), text, fontsize=6)
    return bytes(pdf.tobytes())


@document
def in_pieces() -> bytes:
    pdf, page = started()
    content(page, "BT /helv 12 Tf 50 400 Td (Ste) Tj (ffi Qu) Tj [(el) -20 (lfl) 15 (uss)] TJ ( signed) Tj ET")
    return bytes(pdf.tobytes())


@document
def in_single_letters() -> bytes:
    pdf, page = started()
    font, x = pymupdf.Font("helv"), 50.0
    for letter in NAME:
        page.insert_text((x, 300), letter, fontsize=12)
        x += font.text_length(letter, 12)
    return bytes(pdf.tobytes())


@document
def backwards() -> bytes:
    pdf, page = started()
    font, x = pymupdf.Font("helv"), 50.0
    places = []
    for letter in NAME:
        places.append((x, letter))
        x += font.text_length(letter, 12)
    for at, letter in reversed(places):
        page.insert_text((at, 300), letter, fontsize=12)
    return bytes(pdf.tobytes())


@document
def second_half_first() -> bytes:
    pdf, page = started()
    font = pymupdf.Font("helv")
    page.insert_text((50 + font.text_length("Steffi Quell", 12), 300), "fluss", fontsize=12)
    page.insert_text((50, 330), "Something between", fontsize=12)
    page.insert_text((50, 300), "Steffi Quell", fontsize=12)
    return bytes(pdf.tobytes())


@document
def spaced_by_the_file() -> bytes:
    pdf, page = started()
    content(page, f"BT /helv 12 Tf 4 Tc 50 400 Td ({NAME}) Tj ET")
    return bytes(pdf.tobytes())


@document
def spaced_by_hand() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), "S t e f f i   Q u e l l f l u s s", fontsize=12)
    return bytes(pdf.tobytes())


@document
def over_a_line_end() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), "The contract is with Steffi", fontsize=12)
    page.insert_text((50, 215), "Quellfluss of Bonn.", fontsize=12)
    return bytes(pdf.tobytes())


@document
def hyphenated() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), "The contract is with Steffi Quell-", fontsize=12)
    page.insert_text((50, 215), "fluss of Bonn.", fontsize=12)
    return bytes(pdf.tobytes())


@document
def softly_hyphenated() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), "With Steffi Quell\u00adfluss of Bonn.", fontname="noto", fontfile=FONT, fontsize=12)
    return bytes(pdf.tobytes())


@document
def ligatures() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), "Ste\ufb03 Quell\ufb02uss", fontname="noto", fontfile=FONT, fontsize=12)
    return bytes(pdf.tobytes())


@document
def printed_twice() -> bytes:
    pdf, page = started()
    for across in (0, 0.3):
        page.insert_text((50 + across, 200), NAME, fontsize=12)
    return bytes(pdf.tobytes())


@document
def metadata() -> bytes:
    pdf, page = started()
    told(page)
    pdf.set_metadata({"title": f"File of {NAME}", "author": NAME, "keywords": MAIL})
    pdf.set_xml_metadata(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
        " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''"
        f" xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{NAME}</dc:title></rdf:Description></rdf:RDF>"
        "</x:xmpmeta><?xpacket end='w'?>"
    )
    return bytes(pdf.tobytes())


@document
def object_streams() -> bytes:
    file = pikepdf.open(io.BytesIO(metadata()))
    data = io.BytesIO()
    file.save(data, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return data.getvalue()


def saved(file: pikepdf.Pdf) -> bytes:
    """Return a file as bytes."""
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()
