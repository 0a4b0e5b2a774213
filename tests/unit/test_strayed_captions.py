"""Tests of `axelered_box.modules.parse.strayed_captions`, and of the order of numbered tables."""

from axelered_box.domain.documents import Block, Box, Kind
from axelered_box.modules.parse.drafts import Draft, Style
from axelered_box.modules.parse.floats import with_floats_placed
from axelered_box.modules.parse.strayed_captions import with_captions_put_back


def _draft(name: str, kind: Kind, bbox: Box, text: str = "x", page: int = 1) -> Draft:
    return Draft(block=Block(id=name, kind=kind, page=page, text=text, bbox=bbox), words=[], style=Style(size=10))


def _names(drafts: list[Draft]) -> list[str]:
    return [draft.block.id for draft in drafts]


CAPTION = _draft("caption", Kind.CAPTION, (320, 100, 520, 110), "Table 4: Failures.")
TEXT = _draft("text", Kind.PARAGRAPH, (50, 120, 290, 700))
TABLE = _draft("table", Kind.TABLE, (310, 116, 540, 250))


def test_a_caption_comes_back_to_its_table() -> None:
    """A caption that was read before the left column stands above the table in the right one."""
    assert _names(with_captions_put_back([CAPTION, TEXT, TABLE])) == ["text", "caption", "table"]


def test_a_caption_far_from_any_table_stays() -> None:
    """Neither a table further down nor one that has a caption takes it."""
    far = _draft("table", Kind.TABLE, (310, 300, 540, 400))
    own = _draft("own", Kind.CAPTION, (310, 255, 540, 265), "Table 5: Others.")

    assert _names(with_captions_put_back([CAPTION, TEXT, far])) == ["caption", "text", "table"]
    assert _names(with_captions_put_back([CAPTION, TEXT, TABLE, own])) == ["caption", "text", "table", "own"]


def test_a_table_does_not_overtake_one_with_a_lower_number() -> None:
    """Table 2 is spoken of first, but is read after Table 1."""
    drafts = [
        _draft("first", Kind.PARAGRAPH, (50, 50, 290, 100), "As Table 2 shows, it grew."),
        _draft("second", Kind.PARAGRAPH, (50, 110, 290, 700), "See Table 1 too."),
        _draft("c1", Kind.CAPTION, (50, 40, 290, 50), "Table 1: People.", 2),
        _draft("t1", Kind.TABLE, (50, 55, 290, 100), "a", 2),
        _draft("c2", Kind.CAPTION, (50, 110, 290, 120), "Table 2: Growth.", 2),
        _draft("t2", Kind.TABLE, (50, 125, 290, 200), "b", 2),
        _draft("last", Kind.PARAGRAPH, (50, 40, 290, 700), "It ends here.", 3),
    ]

    placed = _names(with_floats_placed(drafts, Style(size=10)))

    assert placed == ["first", "second", "c1", "t1", "c2", "t2", "last"]
