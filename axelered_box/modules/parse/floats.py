"""Tables and figures that the typesetter moved: they are read after the paragraph that first speaks of them."""

import re
from collections.abc import Iterator

import msgspec

from axelered_box.domain.documents import Kind
from axelered_box.modules.parse.drafts import Draft, Style

_NAMES = (
    (r"table|tab\.?|tabelle|tableau|tabla|tabella|tabela", "table"),
    (r"figure|fig\.?|abbildung|abb\.?|figura", "figure"),
)
_NUMBER = r"\s*(?P<number>\d{1,3}|[IVX]{1,5})(?![\w.]*\d)"
_CAPTIONS = tuple((re.compile(rf"^(?:{name}){_NUMBER}", re.IGNORECASE), kind) for name, kind in _NAMES)
_MENTIONS = tuple(
    (
        re.compile(
            rf"\b(?:{name})s?{_NUMBER}(?:\s*(?:-|\u2013|,|and|und|et|y|e|to|bis)\s*(?P<last>\d{{1,3}}))?", re.IGNORECASE
        ),
        kind,
    )
    for name, kind in _NAMES
)
_FARTHEST_PAGES = 2
_NOTE_SIZE = 0.95
"""Print smaller than this part of the text's, right below a table, is its note."""
_FLOATING = frozenset({Kind.TABLE, Kind.FIGURE})
_TEXT = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM})

Label = tuple[str, str]
"""What a caption names: ``("table", "2")``."""


class _Float(msgspec.Struct, frozen=True):
    """A table or figure with its caption and notes: the places of its blocks."""

    start: int
    end: int
    label: Label


def with_floats_placed(drafts: list[Draft], body: Style) -> list[Draft]:
    """Return a document's blocks, each captioned table or figure after the paragraph that first speaks of it.

    Only what stands at the top or bottom of a page or column is moved; a table within the text is where its author
    put it, and on a document of one page nothing is moved.
    """
    floats = list(_floats(drafts, body))
    if not floats or len({draft.block.page for draft in drafts}) == 1:
        return drafts
    inside = {place for found in floats for place in range(found.start, found.end)}
    targets = _targets(drafts, inside, {found.label for found in floats})
    places = {found.start: _place(drafts, found, targets) for found in floats}
    after: dict[int, list[int]] = {}
    moved: set[int] = set()
    for found in floats:
        target = places[found.start]
        if target is None:
            continue
        earlier = [
            place
            for other in floats
            if _is_numbered_before(other, found) and (place := places[other.start]) is not None
        ]
        target = max([target, *earlier])
        if abs(drafts[target].block.page - drafts[found.start].block.page) <= _FARTHEST_PAGES:
            after.setdefault(target, []).extend(range(found.start, found.end))
            moved.update(range(found.start, found.end))
    return _reordered(drafts, after, moved)


def _place(drafts: list[Draft], found: _Float, targets: dict[Label, int]) -> int | None:
    """Return the place of the block after which a float is read; None for one that stays where it is."""
    target = targets.get(found.label)
    if target is None or not _is_at_edge(drafts, found):
        return None
    is_near = abs(drafts[target].block.page - drafts[found.start].block.page) <= _FARTHEST_PAGES
    return target if is_near else None


def _number(found: _Float) -> int | None:
    return int(found.label[1]) if found.label[1].isdigit() else None


def _is_numbered_before(one: _Float, other: _Float) -> bool:
    """Tell whether a float of the same kind has a lower number."""
    first, second = _number(one), _number(other)
    return one.label[0] == other.label[0] and first is not None and second is not None and first < second


def _reordered(drafts: list[Draft], after: dict[int, list[int]], moved: set[int]) -> list[Draft]:
    """Return blocks in a new order: those at `moved` places after the ones that `after` names."""
    order = [chosen for place in range(len(drafts)) if place not in moved for chosen in (place, *after.get(place, []))]
    return [drafts[place] for place in order]


def label_of(text: str) -> Label | None:
    """Return what a caption names, None when it is no caption."""
    for pattern, kind in _CAPTIONS:
        found = pattern.match(text)
        if found:
            return kind, found["number"].upper()
    return None


def _floats(drafts: list[Draft], body: Style) -> Iterator[_Float]:
    """Yield the tables and figures that stand next to a caption with a number."""
    place = 0
    while place < len(drafts):
        end = place
        label = None
        seen = False
        while end < len(drafts) and drafts[end].block.page - drafts[place].block.page <= (not seen):
            block = drafts[end].block
            named = label_of(block.text) if block.kind in (Kind.CAPTION, Kind.PARAGRAPH) else None
            if named is not None:
                if label not in (None, named):
                    break
                label = named
            elif block.kind in _FLOATING and not (seen and _is_note(drafts[end - 1], body)):
                seen = True
            elif not (seen and label is not None and _is_note(drafts[end], body)):
                break
            end += 1
        if seen and label is not None:
            yield _Float(place, end, label)
        place = max(end, place + 1)


def _is_note(draft: Draft, body: Style) -> bool:
    """Tell whether a block below a table is its note: in small print."""
    return draft.block.kind in (Kind.PARAGRAPH, Kind.FOOTNOTE) and 0 < draft.style.size < _NOTE_SIZE * body.size


def _targets(drafts: list[Draft], inside: set[int], labels: set[Label]) -> dict[Label, int]:
    """Return for each label the last piece of the paragraph that mentions it first."""
    targets: dict[Label, int] = {}
    tails = _tails(drafts)
    for place, draft in enumerate(drafts):
        if place in inside or draft.block.kind not in _TEXT:
            continue
        for label in _mentioned(draft.block.text):
            if label in labels and label not in targets:
                targets[label] = tails.get(place, place)
    return targets


def _tails(drafts: list[Draft]) -> dict[int, int]:
    """Return for each piece of a paragraph that goes on elsewhere the place of the last one."""
    places = {draft.block.id: place for place, draft in enumerate(drafts)}
    tails: dict[int, int] = {}
    for place in reversed(range(len(drafts))):
        before = drafts[place].block.continues
        if before is not None:
            tails[places[before]] = tails.get(place, place)
    return tails


def _mentioned(text: str) -> Iterator[Label]:
    """Yield what a text speaks of: ``Table 2``, ``Figs. 1-3``."""
    for pattern, kind in _MENTIONS:
        for found in pattern.finditer(text):
            first, last = found["number"], found["last"]
            yield kind, first.upper()
            if last and first.isdigit():
                yield from ((kind, str(number)) for number in range(int(first) + 1, int(last) + 1))


def _is_at_edge(drafts: list[Draft], found: _Float) -> bool:
    """Tell whether a float is the first or last thing in the text of its page or column."""
    before = next((drafts[place] for place in reversed(range(found.start)) if _is_text(drafts[place])), None)
    after = next((drafts[place] for place in range(found.end, len(drafts)) if _is_text(drafts[place])), None)
    first, last = drafts[found.start], drafts[found.end - 1]
    return _breaks(before, first) or _breaks(last, after)


def _is_text(draft: Draft) -> bool:
    return draft.block.in_flow and draft.block.kind not in _FLOATING and draft.block.kind is not Kind.CAPTION


def _breaks(upper: Draft | None, lower: Draft | None) -> bool:
    """Tell whether a page or column ends between two blocks."""
    if upper is None or lower is None or upper.block.bbox is None or lower.block.bbox is None:
        return True
    return upper.block.page != lower.block.page or lower.block.bbox[1] < upper.block.bbox[1]
