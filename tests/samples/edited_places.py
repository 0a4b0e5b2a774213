"""PDF files that hide words where they are not seen on a page, for the tests of edits."""

import io

import pikepdf
import pymupdf

from tests.samples.edited import (
    DOCUMENTS,
    IBAN,
    KEPT,
    MAIL,
    NAME,
    SIZE,
    content,
    document,
    packed,
    picture,
    plain,
    saved,
    started,
    told,
)


@document
def unseen() -> bytes:
    pdf, page = started()
    page.insert_text((50, 200), NAME, fontsize=12, render_mode=3)
    page.insert_text((50, 230), IBAN, fontsize=12, color=(1, 1, 1))
    page.insert_text((50, 260), MAIL, fontsize=0.5)
    return bytes(pdf.tobytes())


@document
def hidden_layer() -> bytes:
    pdf, page = started()
    layer = pdf.add_ocg("Notes", on=False)
    page.insert_text((50, 200), f"For {NAME}", fontsize=12, oc=layer)
    page.insert_text((50, 230), IBAN, fontsize=12, oc=layer)
    return bytes(pdf.tobytes())


@document
def layer_hidden_by_a_rule() -> bytes:
    pdf, page = started()
    layer = pdf.add_ocg(f"Layer of {NAME}", on=True)
    rule = pdf.set_ocmd(ocgs=[layer], policy="AllOff")
    page.insert_text((50, 200), f"For {NAME}", fontsize=12, oc=rule)
    return bytes(pdf.tobytes())


@document
def comment() -> bytes:
    pdf, page = started()
    told(page)
    page.add_text_annot((300, 100), f"Ask {NAME} about {IBAN}")
    page.add_freetext_annot((50, 300, 250, 330), f"From {NAME}")
    marked = page.add_highlight_annot(page.search_for("Remaining"))
    marked.set_info(content=f"says {NAME}", title=NAME)
    marked.set_popup(pymupdf.Rect(200, 200, 300, 250))
    marked.update()
    return bytes(pdf.tobytes())


@document
def links() -> bytes:
    pdf, page = started()
    told(page)
    area = pymupdf.Rect(50, 130, 200, 150)
    page.insert_link({"kind": pymupdf.LINK_URI, "from": area, "uri": f"mailto:{MAIL}"})
    escaped = "https://example.org/?q=Steffi%20Quellfluss"
    page.insert_link({"kind": pymupdf.LINK_URI, "from": area + pymupdf.Rect(0, 30, 0, 30), "uri": escaped})
    return bytes(pdf.tobytes())


@document
def outline() -> bytes:
    pdf, page = started()
    told(page)
    pdf.set_toc([[1, f"File of {NAME}", 1], [2, "Other", 1]])
    return bytes(pdf.tobytes())


@document
def attachments() -> bytes:
    pdf, page = started()
    told(page)
    pdf.embfile_add("notes.txt", f"about {NAME}".encode(), filename="notes.txt")
    pdf.embfile_add("other.txt", b"about nobody", filename="other.txt")
    pdf.embfile_add("all.zip", b"PK\x03\x04 cannot be seen into", filename="all.zip")
    page.add_file_annot((300, 300), f"about {IBAN}".encode(), "account.txt")
    return bytes(pdf.tobytes())


@document
def form() -> bytes:
    pdf, page = started()
    for place, value in enumerate((NAME, IBAN, "other")):
        widget = pymupdf.Widget()
        widget.field_name, widget.field_type = f"field{place}", pymupdf.PDF_WIDGET_TYPE_TEXT
        widget.rect = pymupdf.Rect(50, 100 + 40 * place, 300, 125 + 40 * place)
        widget.field_value = value
        page.add_widget(widget)
    return bytes(pdf.tobytes())


@document
def choices() -> bytes:
    pdf, page = started()
    widget = pymupdf.Widget()
    widget.field_name, widget.field_type = "person", pymupdf.PDF_WIDGET_TYPE_COMBOBOX
    widget.rect, widget.choice_values = pymupdf.Rect(50, 100, 300, 125), [NAME, "Nobody"]
    widget.field_value = NAME
    page.add_widget(widget)
    return bytes(pdf.tobytes())


@document
def second_form() -> bytes:
    file = pikepdf.open(io.BytesIO(form()))
    inside = f"<xfa><field>{NAME}</field><field>{IBAN}</field></xfa>".encode()
    file.Root.AcroForm.XFA = pikepdf.Array([pikepdf.String("datasets"), file.make_stream(inside)])
    return saved(file)


@document
def scripts() -> bytes:
    pdf, page = started()
    told(page)
    file = pikepdf.open(io.BytesIO(pdf.tobytes()))
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=file.make_stream(f"app.alert('{NAME}')".encode()))
    file.Root.OpenAction = file.make_indirect(action)
    file.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.beep('{MAIL}')"))
    return saved(file)


@document
def older_revisions() -> bytes:
    return revised(plain())


def revised(first: bytes) -> bytes:
    """Return a file with a later revision in which the page has other content: the first is still in the bytes."""
    start = first.rindex(b"startxref") + len(b"startxref")
    before = int(first[start:].split()[0])
    file = pikepdf.open(io.BytesIO(first))
    page, size, root = file.pages[0].obj, len(file.objects) + 1, file.Root.objgen[0]
    number = page.objgen[0]
    inside = f"BT /helv 12 Tf 50 300 Td (Again {NAME} here) Tj 0 20 Td ({KEPT}) Tj ET".encode()
    body = first + b"\n"
    at_stream = len(body)
    body += f"{size} 0 obj\n<</Length {len(inside)}>>\nstream\n".encode() + inside + b"\nendstream\nendobj\n"
    at_page = len(body)
    del page.Contents
    fields = page.unparse(resolved=True)
    body += f"{number} 0 obj\n".encode() + fields[:-2] + f" /Contents {size} 0 R >>\nendobj\n".encode()
    table = len(body)
    body += b"xref\n" + f"{number} 1\n{at_page:010} 00000 n \n{size} 1\n{at_stream:010} 00000 n \n".encode()
    body += f"trailer\n<</Size {size + 1}/Root {root} 0 R/Prev {before}>>\nstartxref\n{table}\n%%EOF\n".encode()
    return body


@document
def shown_form() -> bytes:
    inner, inner_page = started()
    told(inner_page)
    middle = pymupdf.open()
    middle.new_page(width=SIZE[0], height=SIZE[1]).show_pdf_page(pymupdf.Rect(0, 0, 300, 425), inner, 0)
    pdf = pymupdf.open()
    for _ in range(2):
        page = pdf.new_page(width=SIZE[0], height=SIZE[1])
        page.insert_text((50, 560), KEPT, fontsize=12)
        page.show_pdf_page(pymupdf.Rect(0, 50, 210, 347), middle, 0)
        page.show_pdf_page(pymupdf.Rect(210, 50, 420, 347), middle, 0)
    return bytes(pdf.tobytes())


@document
def read_otherwise() -> bytes:
    pdf, page = started()
    told(page)
    hexed = ("\ufeff" + NAME).encode("utf-16-be").hex()
    content(page, f"/Span <</ActualText <{hexed}>>> BDC BT /helv 12 Tf 50 400 Td (xxxxx) Tj ET EMC")
    content(page, f"/Figure <</Alt (Portrait of {NAME})>> BDC 10 10 5 5 re f EMC")
    return bytes(pdf.tobytes())


@document
def tagged() -> bytes:
    pdf, page = started()
    told(page)
    file = pikepdf.open(io.BytesIO(pdf.tobytes()))
    element = pikepdf.Dictionary(
        Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt=f"{NAME} smiles", ActualText=NAME, E=f"Frau {NAME}"
    )
    file.Root.StructTreeRoot = file.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=file.make_indirect(element))
    )
    return saved(file)


@document
def scanned() -> bytes:
    pdf = pymupdf.open()
    page = pdf.new_page(width=SIZE[0], height=SIZE[1])
    page.insert_image(page.rect, stream=packed(picture()))
    return bytes(pdf.tobytes())


@document
def scanned_and_turned() -> bytes:
    pdf = pymupdf.open()
    page = pdf.new_page(width=SIZE[1], height=SIZE[0])
    page.insert_image(page.rect, stream=packed(picture().rotate(90, expand=True)))
    page.set_rotation(90)
    return bytes(pdf.tobytes())


@document
def searchable() -> bytes:
    pdf = pymupdf.open()
    page = pdf.new_page(width=SIZE[0], height=SIZE[1])
    page.insert_image(page.rect, stream=packed(picture()))
    page.insert_text((50, 60), KEPT, fontsize=12, render_mode=3)
    for place, text in enumerate(
        (f"Paid to {NAME} in Bonn.", f"Account {IBAN} at the bank.", f"Write to {MAIL} soon.")
    ):
        page.insert_text((50, 100 + 20 * place), text, fontsize=12, render_mode=3)
    return bytes(pdf.tobytes())


@document
def picture_among_words() -> bytes:
    pdf, page = started()
    told(page)
    page.insert_image(pymupdf.Rect(40, 250, 340, 400), stream=packed(picture().crop((100, 200, 1000, 650))))
    return bytes(pdf.tobytes())


@document
def outlines_of_letters() -> bytes:
    pdf = pymupdf.open()
    page = pdf.new_page(width=SIZE[0], height=SIZE[1])
    _inner, inner_page = started()
    told(inner_page)
    drawn = pymupdf.open("svg", inner_page.get_svg_image(text_as_path=True).encode())
    page.show_pdf_page(page.rect, pymupdf.open("pdf", drawn.convert_to_pdf()), 0)
    return bytes(pdf.tobytes())


@document
def encrypted() -> bytes:
    pdf, page = started()
    told(page)
    return bytes(pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="all"))


@document
def thumbnail_and_private_data() -> bytes:
    file = pikepdf.open(io.BytesIO(plain()))
    file.pages[0].PieceInfo = pikepdf.Dictionary(Maker=pikepdf.Dictionary(Private=f"seen by {NAME}"))
    small = file.make_stream(
        bytes(30 * 40), Width=30, Height=40, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray
    )
    file.pages[0].Thumb = small
    return saved(file)


@document
def named_places() -> bytes:
    file = pikepdf.open(io.BytesIO(plain()))
    place = pikepdf.Array([file.pages[0].obj, pikepdf.Name.Fit])
    file.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array([NAME, place])))
    return saved(file)


ALL = DOCUMENTS
"""Those of `edited` and those of this file."""
