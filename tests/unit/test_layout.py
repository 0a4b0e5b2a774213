"""Tests of `axelered_box.formats.layout` and of what it takes from PyMuPDF's layout analysis."""

from typing import Any

import numpy as np
import pymupdf
import pytest
from pymupdf.layout import DocumentLayoutAnalyzer, roi_pooling

from axelered_box.formats import layout, layout_lines, layout_maps, layout_network, layout_picture, pdf
from tests.samples import make


class Watched:
    """A page that counts how often its picture is asked for."""

    def __init__(self, page: pymupdf.Page) -> None:
        self.page = page
        self.drawn = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def get_pixmap(self, **options: Any) -> pymupdf.Pixmap:
        self.drawn += 1
        return self.page.get_pixmap(**options)


def _first_page(data: bytes) -> pymupdf.Page:
    return pdf.open_bytes(data).load_page(0)


def _found(page: Any) -> list[dict[str, Any]]:
    text = pdf.text_of(page)
    return layout.find(page, text.blocks, text.textpage)


def _lines(page: pymupdf.Page) -> layout_lines.Lines:
    text = pdf.text_of(page)
    return layout_lines.read(page, text.blocks, text.textpage, layout_network.lines_alone().figures)


def _seen(regions: list[dict[str, Any]]) -> list[tuple[str, tuple[int, ...]]]:
    return sorted((region["class_name"], tuple(round(side) for side in region["group_bbox"])) for region in regions)


@pytest.mark.parametrize(
    ("data", "drawn"),
    [(make.digital_pdf(), 1), (make.two_column_pdf(), 0)],
    ids=["with a table", "plain columns"],
)
def test_a_page_has_the_regions_that_the_whole_analysis_finds(data: bytes, drawn: int) -> None:
    """The answer is that of PyMuPDF's own call; only a page with a table is drawn for it."""
    page = _first_page(data)
    watched = Watched(page)

    regions = _found(watched)

    page.get_layout(return_raw=True)
    assert _seen(regions) == _seen(page.layout_information)
    assert watched.drawn == drawn


def test_a_page_in_doubt_is_looked_at_as_a_picture() -> None:
    """Numbers strewn over a page leave the network uncertain, so the page is drawn."""
    document = pymupdf.open()
    page = document.new_page()
    for place in range(40):
        page.insert_text((60 + 113 * place % 460, 60 + 197 * place % 700), f"{place * 7}", fontsize=6 + place % 11)
    watched = Watched(_first_page(document.tobytes()))

    _found(watched)

    assert watched.drawn == 1


def test_a_page_without_text_has_no_regions() -> None:
    """A blank page is no error."""
    document = pymupdf.open()
    document.new_page()

    assert _found(_first_page(document.tobytes())) == []


def test_a_single_line_is_a_region() -> None:
    """A line without neighbours is found."""
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "All alone")

    assert len(_found(_first_page(document.tobytes()))) == 1


def test_recognised_text_below_a_scan_is_looked_at_as_a_picture() -> None:
    """Where all text is invisible the page is drawn even if its lines are plain, and without PyMuPDF's own call."""
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Below the scan", render_mode=3)
    page = _first_page(document.tobytes())
    watched = Watched(page)

    regions = _found(watched)

    assert [box for _, box in _seen(regions)] == [(72, 92, 147, 100)]
    assert watched.drawn == 1
    assert page.layout_information is None


def test_invisible_text_among_visible_is_left_out() -> None:
    """Text that nobody sees has no part in the layout of a page that shows some."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Seen by all")
    page.insert_text((72, 140), "Seen by none", render_mode=3)

    lines = _lines(_first_page(document.tobytes()))

    assert lines.texts == ["Seen by all"]
    assert not lines.hidden


def test_lines_beside_the_page_are_left_out() -> None:
    """What stands outside of the page is not a line of it."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "On the page")
    page.insert_text((page.rect.width + 50, 100), "Beside it")

    assert _lines(_first_page(document.tobytes())).texts == ["On the page"]


def test_a_model_that_asks_for_other_figures_is_refused() -> None:
    """Figures are given by place: other names must not pass in silence."""
    page = _first_page(make.digital_pdf())
    text = pdf.text_of(page)

    with pytest.raises(RuntimeError, match="other figures"):
        layout_lines.read(page, text.blocks, text.textpage, ["font_size"])


def test_figures_of_the_picture_are_those_that_the_library_computes() -> None:
    """Means and extremes taken from the small maps are those of the enlarged ones, but for the picture's rounding."""
    page = _first_page(make.two_column_pdf())
    lines = _lines(page)
    pixels = page.get_pixmap()
    picture = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width, pixels.n)
    whole = DocumentLayoutAnalyzer.get_model()._model.feature_extractor
    whole.predict(picture)
    size = pixels.width, pixels.height
    maps = roi_pooling.extract_bbox_features_by_roi_pooling(
        whole.get_feature_map(), lines.boxes, *size, pooling_ops=roi_pooling.DEFAULT_FEATURE_MAP_POOLING_OPS
    )
    roles = roi_pooling.extract_bbox_features_by_roi_pooling(
        whole.get_class_logits(),
        lines.boxes,
        *size,
        pooling_ops=roi_pooling.DEFAULT_CLASS_LOGITS_POOLING_OPS,
        apply_softmax=True,
    )

    figures = layout_picture.figures(page, lines.boxes)

    assert len(lines.boxes) > 10
    apart = np.abs(figures - np.concatenate([maps, roles], axis=1))
    assert apart.max() < 0.2
    assert apart.mean() < 0.01


def test_an_output_that_is_not_made_of_maps_is_refused() -> None:
    """The network that looks at pictures is not cut where its shape is another."""
    session, _ = layout_network.picture()
    assert session is not None

    with pytest.raises(ValueError, match="not made of maps"):
        layout_maps.with_maps(b"\x3a\x00", "combined")
