"""The documents of the benchmarks, each one different from the others."""

import io
import random

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

WORDS = ("ledger", "harbour", "copper", "willow", "signal", "garden", "bridge", "marble", "window", "candle", "river")


def digital_page(seed: int) -> bytes:
    """Return a one-page digital PDF: a heading, prose in sentences, a few lines of figures."""
    return digital(1, seed)


def digital(pages: int, seed: int = 0) -> bytes:
    """Return a digital PDF of such pages, numbered from the seed on, each of other words."""
    pdf = FPDF(format="A4")
    for number in range(seed, seed + pages):
        _write_page(pdf, number)
    return bytes(pdf.output())


def scan(pages: int, dpi: int) -> bytes:
    """Return a PDF of grey page images without text, each of 38 lines of other words."""
    images = [_page_image(dpi, page) for page in range(pages)]
    output = io.BytesIO()
    images[0].save(output, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=70)
    return output.getvalue()


def _write_page(pdf: FPDF, seed: int) -> None:
    dice = random.Random(seed)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 18)
    pdf.cell(0, 12, f"Report {seed}", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    for _ in range(5):
        pdf.multi_cell(0, 6, " ".join(dice.choices(WORDS, k=60)).capitalize() + ".", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    for row in range(6):
        pdf.cell(0, 6, f"Position {row}: {dice.randint(1, 9999) / 100:.2f} EUR", new_x="LMARGIN", new_y="NEXT")


def _page_image(dpi: int, seed: int) -> Image.Image:
    dice = random.Random(seed)
    image = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=dpi // 7)
    for line in range(38):
        words = " ".join(dice.choices(WORDS, k=8)).capitalize() + "."
        draw.text((dpi, dpi + line * (dpi // 4)), words, fill=20, font=font)
    return image
