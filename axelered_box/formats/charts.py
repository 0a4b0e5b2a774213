"""Charts of Office files as what they show: the title, and a table of the values they were drawn from."""

from collections.abc import Iterator

from lxml import etree

from axelered_box.domain.documents import Block, Kind
from axelered_box.formats import grids
from axelered_box.formats.number_format import general

_MAX_POINTS = 10_000


def blocks(chart: etree._Element) -> Iterator[Block]:
    """Yield a chart: its title, then its values, a column for each series."""
    title = _words(chart.find(".//{*}chart/{*}title"))
    if title:
        yield Block(id="", kind=Kind.CAPTION, page=1, text=title)
    series = list(chart.iterfind(".//{*}plotArea/*/{*}ser"))
    names = [_words(one.find("{*}tx")) for one in series]
    values = [_points(one.find("{*}val"), one.find("{*}yVal")) for one in series]
    labels: dict[int, str] = {}
    for one in series:
        labels = labels or _points(one.find("{*}cat"), one.find("{*}xVal"))
    places = sorted({place for points in [labels, *values] for place in points})[:_MAX_POINTS]
    rows = [[labels.get(place, ""), *(points.get(place, "") for points in values)] for place in places]
    table = grids.plain([["", *names], *rows]) if rows else None
    if table is not None:
        yield table


def _words(parent: etree._Element | None) -> str:
    """Return the text of a title or a name of a series."""
    if parent is None:
        return ""
    said = [node.text or "" for name in ("t", "v") for node in parent.iter(f"{{*}}{name}")]
    return " ".join("".join(said).split())


def _points(*sources: etree._Element | None) -> dict[int, str]:
    """Return the cached values of the first of some sources, by their places."""
    for source in sources:
        if source is not None:
            found = {int(point.get("idx", "0")): _value(point.findtext("{*}v") or "") for point in source.iter("{*}pt")}
            if found:
                return found
    return {}


def _value(said: str) -> str:
    """Return a value without the digits that only binary fractions have."""
    try:
        return general(float(said))
    except (ValueError, OverflowError):
        return said
