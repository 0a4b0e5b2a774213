"""The documents of the benchmarks, each one different from the others."""

import random

from fpdf import FPDF

WORDS = "ledger harbour copper willow signal garden bridge marble window candle river paper".split()


def digital_page(seed: int) -> bytes:
    """Return a one-page digital PDF: a heading, prose in sentences, a few lines of figures."""
    dice = random.Random(seed)
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 18)
    pdf.cell(0, 12, f"Report {seed}", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=11)
    for _ in range(5):
        pdf.multi_cell(0, 6, " ".join(dice.choices(WORDS, k=60)).capitalize() + ".", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    for row in range(6):
        pdf.cell(0, 6, f"Position {row}: {dice.randint(1, 9999) / 100:.2f} EUR", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())
