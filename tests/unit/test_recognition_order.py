"""Tests of `axelered_box.formats.recognition_order`."""

from axelered_box.domain.documents import Word
from axelered_box.formats.evidence import Grid, GridCell, Line, PageEvidence, Region, Role, Run
from axelered_box.formats.recognition_order import in_reading_order


def _line(text: str, x: float, y: float, confidence: float = 0.9) -> list[Word]:
    """Return the words of a line that begins at a place, letters 5 wide and 10 high."""
    words = []
    for part in text.split():
        words.append(Word(part, x, y, x + 5 * len(part), y + 10, confidence))
        x += 5 * (len(part) + 1)
    return words


def _region(*lines: list[Word], role: Role = Role.TEXT) -> Region:
    words = [word for line in lines for word in line]
    box = (min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words))
    said = " ".join(word.text for word in words)
    return Region(role=role, bbox=box, lines=[Line(bbox=box, runs=[Run(text=said, size=11)])], words=words)


def _said(seen: PageEvidence) -> list[list[str]]:
    return [[line.text for line in region.lines] for region in seen.regions]


def test_a_region_over_two_columns_is_cut() -> None:
    """A region whose lines go down and up again becomes one for each column, left first."""
    left = [_line("left one", 0, 0), _line("left two", 0, 12)]
    right = [_line("right one", 200, 0), _line("right two", 200, 12)]
    seen = PageEvidence(page=0, regions=[_region(left[0], right[0], left[1], right[1])])

    ordered = in_reading_order(seen, [*left, *right])

    assert _said(ordered) == [["left one", "left two"], ["right one", "right two"]]
    assert [region.bbox[0] for region in ordered.regions] == [0, 200]


def test_regions_come_as_their_lines_were_read() -> None:
    """What the layout put last is first when it was read first."""
    head, body = _line("Head", 0, 0), _line("Body text", 0, 20)
    seen = PageEvidence(page=0, regions=[_region(body), _region(head, role=Role.TITLE)])

    ordered = in_reading_order(seen, [head, body])

    assert [region.role for region in ordered.regions] == [Role.TITLE, Role.TEXT]


def test_a_table_stays_whole() -> None:
    """A table has its cells and place, in whatever order its words were read."""
    cells = [
        GridCell(
            row=0,
            column=column,
            row_span=1,
            column_span=1,
            header=False,
            text=name,
            bbox=(100 * column, 20, 100 * column + 90, 40),
            words=_line(name, 100 * column, 22),
        )
        for column, name in enumerate("ab")
    ]
    table = Region(role=Role.TABLE, bbox=(0, 20, 190, 40), grid=Grid(rows=1, columns=2, header_rows=0, cells=cells))
    after, before = _line("after", 0, 60), _line("before", 0, 0)
    seen = PageEvidence(page=0, regions=[table, _region(after), _region(before)])

    ordered = in_reading_order(seen, [before, cells[1].words, cells[0].words, after])

    assert [region.grid is not None for region in ordered.regions] == [False, True, False]
    assert ordered.regions[1] is table


def test_scribble_in_a_picture_is_left_out() -> None:
    """What was hardly legible in a picture is no text of the page, but its words are kept; clear words stay."""
    scribble, caption = _line("@)o |~", 0, 0, 0.3), _line("Harbour in spring", 0, 100)
    seen = PageEvidence(page=0, regions=[_region(scribble, role=Role.PICTURE), _region(caption, role=Role.PICTURE)])

    ordered = in_reading_order(seen, [scribble, caption])

    assert _said(ordered) == [[], ["Harbour in spring"]]
    assert ordered.loose_words == scribble


def test_words_in_no_region_are_kept() -> None:
    """A line that the layout left out is among the loose words."""
    stray, body = _line("stray", 0, 0), _line("body", 0, 20)

    ordered = in_reading_order(PageEvidence(page=0, regions=[_region(body)], loose_words=stray), [stray, body])

    assert ordered.loose_words == stray
