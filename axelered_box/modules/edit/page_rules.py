"""What instructions about pages ask for: to delete, keep, turn, move and reorder them."""

import re

from axelered_box.domain import edits
from axelered_box.domain.edits import PDF, AnyOperation
from axelered_box.modules.edit.operands import Setting
from axelered_box.modules.edit.phrases import number_of, pages_of

Found = list[AnyOperation] | None

_BACK = r"counter-?\s?clockwise|anti-?clockwise|to the left|left|gegen den uhrzeigersinn|nach links|links(?:herum)?"
_ON = r"clockwise|to the right|right|im uhrzeigersinn|nach rechts|rechts(?:herum)?"
_OVER = r"upside down|on (?:its|their) heads?|auf den kopf"
_TURN = re.compile(
    rf"[\s,]*(?:(?:by|um)\s+)?(?:(?P<degrees>-?\d+)\s*(?:°|degrees?|grad))?[\s,]*(?P<way>{_BACK}|{_ON}|{_OVER})?$",
    re.IGNORECASE,
)


def delete(rest: str, setting: Setting) -> Found:
    """Delete pages."""
    pages = _some(rest, setting)
    return None if pages is None else [edits.DeletePages(pages=pages)]


def keep(rest: str, setting: Setting) -> Found:
    """Keep pages only."""
    bare = re.sub(r"^(?:only|just|nur)\s+|\s+(?:only|nur)$", "", rest.strip(), flags=re.IGNORECASE)
    bare = re.sub(
        r"\s+(?:as|into|als|in)\s+(?:a |an |eine[n]? )?(?:new |own |separate |neue[s]? |eigene[s]? )?"
        r"(?:file|document|pdf|datei|dokument)$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    pages = _some(bare, setting)
    return None if pages is None else [edits.KeepPages(pages=pages)]


def rotate(rest: str, setting: Setting) -> Found:
    """Turn pages by a quarter, a half, or three quarters."""
    turn = _TURN.search(rest)
    words = rest[: turn.start()] if turn is not None else rest
    words = re.sub(
        r"^(?:the )?(?:document|file|pdf|das dokument|die datei)$", "all pages", words.strip(), flags=re.IGNORECASE
    )
    pages = pages_of(words, setting.pages)
    degrees = _degrees(turn)
    if not words or pages is None or degrees is None or setting.kind != PDF:
        return None
    return [edits.RotatePages(degrees=degrees, pages=pages or None)]  # type: ignore[arg-type]  # one of the three


def move(rest: str, setting: Setting) -> Found:
    """Move one page: "page 3 to the end", "Seite 3 vor Seite 1"."""
    match = re.fullmatch(
        r"(?P<page>.+?)\s+(?:(?:soll|sollte|should (?:go|come|be))\s+)?(?:ganz\s+)?"
        r"(?:(?P<end>(?:to|at|an|ans)\s+(?:the |das )?(?:very )?(?:end|ende|schluss|back)|zum schluss|nach hinten)"
        r"|(?P<start>(?:to|at|an|an den)\s+(?:the |den )?(?:very )?(?:beginning|start|front|anfang)|nach vorne?)"
        r"|(?P<where>before|in front of|after|behind|vor|nach|hinter|to position|to place|to page|an position|an"
        r" stelle|auf position)\s+"
        r"(?P<other>.+))",
        rest.strip(),
        re.IGNORECASE,
    )
    page = None if match is None else _one(match["page"], setting)
    if match is None or page is None or setting.kind != PDF:
        return None
    if match["end"]:
        return [edits.MovePage(page=page, to=-1)]
    if match["start"]:
        return [edits.MovePage(page=page, to=1)]
    other = _one(match["other"], setting) or number_of(match["other"])
    if other is None:
        return None
    where = match["where"].lower()
    if where in ("before", "in front of", "vor"):
        return [edits.MovePage(page=page, to=other if page > other else other - 1)]
    if where in ("after", "behind", "nach", "hinter"):
        return [edits.MovePage(page=page, to=other + 1 if page > other else other)]
    return [edits.MovePage(page=page, to=other)]


def reorder(rest: str, setting: Setting) -> Found:
    """Put pages in an order that is told: "the pages to 3, 1, 2"."""
    if re.search(r"revers|umgekehrt|rückwärts", rest, re.IGNORECASE):
        return reverse(rest, setting)
    match = re.search(r"(?P<order>\d+(?:\s*(?:,|and|und|then|dann)\s*\d+)+)\s*(?:um)?$", rest, re.IGNORECASE)
    if match is None or setting.kind != PDF:
        return None
    return [edits.ReorderPages(order=[int(number) for number in re.findall(r"\d+", match["order"])])]


def swap(rest: str, setting: Setting) -> Found:
    """Put two pages each in the place of the other: "pages 2 and 3", "Seite 1 mit Seite 2"."""
    match = re.fullmatch(
        r"(?:the |die )?(?:pages?|seiten?)\s+(\d+)\s+(?:and|with|und|mit|gegen)\s+(?:page |seite )?(\d+)(?:"
        r" miteinander)?",
        rest,
        re.IGNORECASE,
    )
    if match is None or setting.kind != PDF or max(int(match[1]), int(match[2])) > setting.pages:
        return None
    order = list(range(1, setting.pages + 1))
    first, second = int(match[1]) - 1, int(match[2]) - 1
    order[first], order[second] = order[second], order[first]
    return [edits.ReorderPages(order=order)]


def reverse(rest: str, setting: Setting) -> Found:
    """Put the last page first, and so on."""
    if (
        not re.search(r"order|pages|reihenfolge|seiten", rest, re.IGNORECASE)
        or setting.kind != PDF
        or setting.pages < 1
    ):
        return None
    return [edits.ReorderPages(order=list(range(setting.pages, 0, -1)))]


def _some(words: str, setting: Setting) -> str | None:
    """Return pages that are not all, None when the words name none."""
    if setting.kind != PDF or not re.search(r"\b(?:pages?|seiten?)\b", words, re.IGNORECASE):
        return None
    return pages_of(words, setting.pages) or None


def _one(words: str, setting: Setting) -> int | None:
    """Return the one page that words name."""
    pages = pages_of(words, setting.pages)
    return int(pages) if pages is not None and pages.isdigit() else None


def _degrees(turn: re.Match[str] | None) -> int | None:
    """Return by how many degrees pages are turned clockwise; a quarter when nothing is said, None for other angles."""
    degrees = int(turn["degrees"]) if turn is not None and turn["degrees"] else None
    way = turn["way"] if turn is not None else None
    if way is not None and re.fullmatch(_OVER, way, re.IGNORECASE):
        return 180
    if degrees is None:
        degrees = 90
    if way is not None and re.fullmatch(_BACK, way, re.IGNORECASE):
        degrees = -degrees
    turned = degrees % 360
    return turned if turned in (90, 180, 270) else None
