"""A PDF as a scanner or a telephone would have it: pictures of its pages, tilted, blurred, noisy, without text."""

import io
import random

import pymupdf
from PIL import Image, ImageFilter

PAPER = 250


def scanned(pdf: bytes, dice: random.Random) -> bytes:
    """Return the PDF of the pages' pictures, each worsened a little."""
    dpi = dice.choice([150, 200, 200, 300])
    source, target = pymupdf.open(stream=pdf), pymupdf.open()
    for page in source:
        drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        picture = _worsened(Image.frombytes("L", (drawn.width, drawn.height), drawn.samples), dice, dpi)
        encoded = io.BytesIO()
        picture.save(encoded, "JPEG", quality=dice.choice([45, 60, 80]))
        made = target.new_page(width=page.rect.width, height=page.rect.height)
        made.insert_image(made.rect, stream=encoded.getvalue())
    return bytes(target.tobytes(deflate=True))


def _worsened(picture: Image.Image, dice: random.Random, dpi: int) -> Image.Image:
    tilt = dice.choice([0, dice.uniform(-1.2, 1.2)])
    turned = picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=PAPER)
    blurred = turned.filter(ImageFilter.GaussianBlur(dice.uniform(0, 0.9) * dpi / 200))
    noise = Image.frombytes("L", blurred.size, dice.randbytes(blurred.size[0] * blurred.size[1]))
    noisy = Image.blend(blurred, noise, dice.choice([0.0, 0.06, 0.12]))
    low, high = dice.choice([(0, 255), (30, 235), (60, 225)])
    return noisy.point([low + value * (high - low) // 255 for value in range(256)])
