"""A file with printed pages, PDF or image, as a row of PDF pages that are opened one at a time."""

from collections.abc import Collection
from pathlib import Path

import pymupdf

from axelered_box.domain.media_types import IMAGES
from axelered_box.formats import image, pdf


class Pages:
    """The pages of an open file; an image's page is made when it is asked for."""

    def __init__(
        self, path: Path, media_type: str, *, password: str | None, max_pixels: int, jpeg_quality: int
    ) -> None:
        """Open a file; raises Refusal."""
        self._path = path
        self._max_pixels = max_pixels
        self._jpeg_quality = jpeg_quality
        self._is_image = media_type in IMAGES
        self._pdf = None if self._is_image else pdf.open_pdf(path, password)
        self.count = image.frame_count(path) if self._pdf is None else self._pdf.page_count
        self.title: str | None = None if self._pdf is None else pdf.title(self._pdf)

    def load(self, number: int) -> pymupdf.Page:
        """Return a page (from 0); raises whatever its damage makes PyMuPDF raise."""
        if self._pdf is not None:
            return pdf.load(self._pdf, number)
        data = image.frame_pdf(self._path, number, max_pixels=self._max_pixels, jpeg_quality=self._jpeg_quality)
        return pdf.open_bytes(data).load_page(0)

    def looks_scanned(self, number: int) -> bool:
        """Tell whether a page (from 0) has no fonts, without reading its content."""
        return self._pdf is None or pdf.has_no_fonts(self._pdf, number)

    def as_pdf(self, replaced: Collection[int] = ()) -> pymupdf.Document:
        """Return the file as a PDF that may be changed; an image's frames in `replaced` (from 0) are blank pages."""
        if self._pdf is not None:
            return self._pdf
        whole = pymupdf.open()
        for number in range(self.count):
            if number in replaced:
                whole.new_page()
            else:
                whole.insert_pdf(self.load(number).parent)
        return whole
