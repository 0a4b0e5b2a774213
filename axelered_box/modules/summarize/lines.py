"""What a summary consists of: lines, each with where the document says it."""

import msgspec

from axelered_box.domain.documents import Box
from axelered_box.modules.summarize.places import Place


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a summary is to be like."""

    words: int
    """At most."""
    points: int
    """Key points, at most."""
    own: str | None
    """The language of the sentences that it is made of, ISO 639-2; None when it cannot be told."""
    language: str | None
    """Its own language."""
    is_model_named: bool = False
    """Whether a model was asked for by name: else a summary does without one that fails."""


class Line(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A sentence of a summary or a key point, with where the document says it."""

    text: str
    page: int
    """Counted from 1."""
    bbox: Box | None
    """None where the file has no printed pages."""
    quote: str
    """The document's own words."""


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a document says, in short."""

    summary: str
    language: str | None
    """ISO 639-2 code, None when it cannot be told."""
    key_points: list[Line]
    citations: list[Line]
    """One for each sentence of the summary, or more where it goes over a page."""


def line(text: str, place: Place) -> Line:
    """Return a line that stands in a place."""
    return Line(text=text, page=place.page, bbox=place.bbox, quote=place.quote)
