"""Footnotes: parted from one another, and tied to the marks in the text that they explain."""

import re
from collections import defaultdict

import msgspec

from axelered_box.domain.documents import Block, Kind, Span
from axelered_box.formats.evidence import Line
from axelered_box.modules.parse.drafts import Draft, replaced

_MARK = re.compile(
    r"^\s*(?P<mark>\d{1,3}|[*\u2217\u2020\u2021\u00a7\u00b6#]{1,3}|[a-z])(?P<end>[.)\]:]?\s+|(?=[A-Z\u201c\"(]))"
)
_RAISED_MARK = re.compile(r"^\s*(?P<mark>\d{1,3}|[a-z]|[*\u2217\u2020\u2021\u00a7\u00b6#]{1,3})[.)]?\s*$")


def begins_note(line: Line) -> bool:
    """Tell whether a line of small print begins a footnote: with a raised mark, a number or a sign."""
    first = next((run for run in line.runs if run.text.strip()), None)
    if first is None:
        return False
    if first.superscript:
        return bool(_RAISED_MARK.match(first.text))
    found = _MARK.match(line.text)
    return found is not None and not found["mark"].isalpha()


def with_mark_apart(block: Block) -> Block:
    """Return a footnote with its mark as `marker` and out of its text; as it is where it begins with none."""
    if block.spans and block.spans[0].superscript:
        raised = _RAISED_MARK.match(block.spans[0].text)
        if raised is None:
            return block
        end, mark = len(block.spans[0].text), raised["mark"]
    else:
        found = _MARK.match(block.text)
        if found is None or found["mark"].isalpha():
            return block
        end, mark = found.end(), found["mark"]
    rest = block.text[end:]
    end += len(rest) - len(rest.lstrip())
    return msgspec.structs.replace(block, marker=mark, text=block.text[end:], spans=without_start(block.spans, end))


def without_start(spans: list[Span], count: int) -> list[Span]:
    """Return spans without their first letters."""
    kept = []
    for span in spans:
        text = span.text[count:]
        count = max(0, count - len(span.text))
        if text:
            kept.append(msgspec.structs.replace(span, text=text))
    return kept


def with_notes_tied(drafts: list[Draft]) -> list[Draft]:
    """Return a document's blocks, raised marks in the text tied to the footnotes of their page."""
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    for draft in drafts:
        if draft.block.kind is Kind.FOOTNOTE and draft.block.marker is not None:
            notes[draft.block.page].setdefault(draft.block.marker, draft.block.id)
    return [_tied(draft, notes[draft.block.page]) if draft.block.page in notes else draft for draft in drafts]


def _tied(draft: Draft, notes: dict[str, str]) -> Draft:
    """Return a block with its marks tied to a page's footnotes."""
    block = draft.block
    if block.kind is Kind.FOOTNOTE or not any(span.superscript for span in block.spans):
        return draft
    spans = [
        msgspec.structs.replace(span, note=notes.get(span.text.strip())) if span.superscript else span
        for span in block.spans
    ]
    return replaced(draft, spans=spans)
