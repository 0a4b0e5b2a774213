"""Image files as PDF pages: each frame upright, flat, and no larger than allowed."""

import io
import warnings
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # no annotations
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from axelered_box.domain.modules import Refusal

DEFAULT_DPI = 150
MIN_DPI, MAX_DPI = 50, 1200
HARD_MAX_PIXELS = 400_000_000
"""Images with more pixels are refused before a pixel is read: they are made to fill memory."""
_LETTER_LIKE_PT = (280, 900)
"""A page's shorter side, in points, that is taken as it comes; others are given a likely resolution."""
_A4_WIDTH_IN = 8.27


def frame_count(path: Path) -> int:
    """Return how many pages an image file has; raises Refusal."""
    with _open(path) as image:
        return int(getattr(image, "n_frames", 1))


def frame_pdf(path: Path, frame: int, *, max_pixels: int, jpeg_quality: int) -> bytes:
    """Return a frame (from 0) of an image file as a PDF of one page; raises Refusal."""
    with _open(path) as image:
        try:
            image.seek(frame)
            dpi = _dpi(image)
            if _is_plain_jpeg(image) and image.width * image.height <= max_pixels:
                return _laid(path.read_bytes(), image.size, dpi)
            upright = ImageOps.exif_transpose(image)
            flat, scale = _fitted(_flat(upright), max_pixels)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise _damaged() from error
    return _pdf(flat, dpi * scale, jpeg_quality)


def _open(path: Path) -> Image.Image:
    """Return an open image; raises Refusal."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(path, formats=("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _damaged() from error
    if image.width * image.height > HARD_MAX_PIXELS:
        raise Refusal(
            "image_too_large",
            f"The image has {image.width} x {image.height} pixels; more than {HARD_MAX_PIXELS} cannot be read. "
            "Scale it down.",
        )
    return image


def _is_plain_jpeg(image: Image.Image) -> bool:
    """Tell whether an image can be laid on a page as it is: a whole JPEG, upright, in grey or colour."""
    if image.format != "JPEG" or image.mode not in ("L", "RGB"):
        return False
    image.load()
    return bool(image.getexif().get(ExifTags.Base.Orientation, 1) == 1)


def _damaged() -> Refusal:
    return Refusal("corrupt_document", "The file is damaged: its image cannot be read.")


def _dpi(image: Image.Image) -> float:
    """Return the resolution that an image says it has, or one that makes it as wide as a sheet of paper."""
    said = image.info.get("dpi")
    try:
        dpi = float(said[0]) if said else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    short = min(image.width, image.height)
    if MIN_DPI <= dpi <= MAX_DPI and _LETTER_LIKE_PT[0] <= short / dpi * 72 <= _LETTER_LIKE_PT[1]:
        return dpi
    return min(max(short / _A4_WIDTH_IN, DEFAULT_DPI), MAX_DPI)


def _flat(image: Image.Image) -> Image.Image:
    """Return an image in grey or colour, what is transparent shown on white."""
    if image.mode in ("1", "L", "RGB"):
        return image.copy()
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        colour = image.convert("RGBA")
        paper = Image.new("RGBA", colour.size, "white")
        return Image.alpha_composite(paper, colour).convert("RGB")
    return image.convert("RGB")


def _fitted(image: Image.Image, max_pixels: int) -> tuple[Image.Image, float]:
    """Return an image of at most so many pixels, and by how much it was scaled."""
    pixels = image.width * image.height
    if pixels <= max_pixels:
        return image, 1.0
    scale = (max_pixels / pixels) ** 0.5
    size = (max(1, int(image.width * scale)), max(1, int(image.height * scale)))
    grey = image.convert("L") if image.mode == "1" else image
    return grey.resize(size, Image.Resampling.LANCZOS), scale


def _pdf(image: Image.Image, dpi: float, jpeg_quality: int) -> bytes:
    """Return an image as a PDF page of its size."""
    data = io.BytesIO()
    if image.mode == "RGB":
        image.save(data, "JPEG", quality=jpeg_quality, dpi=(dpi, dpi))
    else:
        image.save(data, "PNG", dpi=(dpi, dpi), compress_level=1)
    return _laid(data.getvalue(), image.size, dpi)


def _laid(packed: bytes, size: tuple[int, int], dpi: float) -> bytes:
    """Return a packed image as a PDF page, its bytes as they are."""
    layout = img2pdf.get_layout_fun((img2pdf.in_to_pt(size[0] / dpi), img2pdf.in_to_pt(size[1] / dpi)))
    options = {"nodate": True, "engine": img2pdf.Engine.internal, "rotation": img2pdf.Rotation.ifvalid}
    return bytes(img2pdf.convert(packed, layout_fun=layout, **options))
