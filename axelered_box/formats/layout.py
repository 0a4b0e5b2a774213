"""The regions of a page and their roles, by PyMuPDF's layout models, as much of them as a page needs."""

from typing import Any

import numpy as np
import pymupdf
from pymupdf.layout import common_util

from axelered_box.formats import layout_lines, layout_network, layout_picture
from axelered_box.formats.layout_lines import Lines
from axelered_box.formats.layout_network import Network, Opinion

_CERTAIN = 0.95
"""A page whose lines alone leave the network less certain than this is looked at as a picture too."""
_DEMANDING = "table"
"""The role whose extent is seen better in the picture."""


def find(page: pymupdf.Page, blocks: list[dict[str, Any]], textpage: pymupdf.TextPage) -> list[dict[str, Any]]:
    """Return the regions of a page that has been read: each with its `group_bbox` and `class_name`.

    Recognised text below a scan says little by its fonts; there the picture is always looked at too.
    """
    network = layout_network.lines_alone()
    lines = layout_lines.read(page, blocks, textpage, network.figures)
    if not lines.boxes:
        return []
    given = layout_lines.inputs(lines)
    opinion = None if lines.hidden else layout_network.ask(network, given)
    if opinion is None or not _is_plain(network, opinion):
        given["image_features"] = layout_picture.figures(page, lines.boxes)
        opinion = layout_network.ask(layout_network.with_picture(), given)
    return _regions(network, lines, given["edge_index"], opinion)


def _is_plain(network: Network, opinion: Opinion) -> bool:
    """Tell whether the lines alone say enough: the network is certain, and nothing on the page needs a look."""
    roles = {network.roles[place] for place in set(opinion.lines.argmax(axis=1).tolist())}
    return opinion.certainty >= _CERTAIN and _DEMANDING not in roles


def _regions(network: Network, lines: Lines, pairs: Any, opinion: Opinion) -> list[dict[str, Any]]:
    """Return the lines that belong together as regions."""
    likeliest = opinion.lines.argmax(axis=1)
    scores = opinion.lines.max(axis=1)
    joined = (opinion.pairs > layout_network.JOINED).astype(np.int64)
    matrix = common_util.get_edge_matrix(len(lines.boxes), pairs, joined)
    boxes = np.array(lines.boxes, dtype=np.float32)
    groups = common_util.group_node_by_edge(likeliest, scores, matrix, boxes, network.priority)
    return [{**group, "class_name": network.roles[group["group_class"]]} for group in groups]
