"""Tracked changes and comments of a Word file: accepted, rejected, removed."""

from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain.edits import Done
from axelered_box.formats.word_runs import W

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

_OLD_LOOKS = tuple(
    f"{W}{name}"
    for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
                 "tblGridChange", "tblPrExChange", "numberingChange")
)  # fmt: skip
_ADDED, _GONE = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_MARKS = tuple(
    f"{W}{name}"
    for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
                 "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd")
)  # fmt: skip
_UNDELETED = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
_NEVER_CHANGED = {
    f"{W}pPr": (f"{W}rPr", f"{W}sectPr"),
    f"{W}sectPr": (f"{W}headerReference", f"{W}footerReference"),
}
"""What the properties hold that a record of their change leaves out."""
_BETWEEN = frozenset(
    f"{W}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart",
                 "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
)  # fmt: skip
_COMMENT_MARKS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
_COMMENT_PARTS = ("word/comments", "word/people")


def accept(file: "WordFile") -> Done:
    """Accept all tracked changes."""
    return Done(matches=sum(_settle(file, name, kept=_ADDED, dropped=_GONE, restore=False) for name in file.stories))


def reject(file: "WordFile") -> Done:
    """Reject all tracked changes."""
    return Done(matches=sum(_settle(file, name, kept=_GONE, dropped=_ADDED, restore=True) for name in file.stories))


def remove_comments(file: "WordFile") -> Done:
    """Remove all comments, with the marks of what they are about."""
    count = 0
    for name in file.stories:
        if name.startswith("word/comments"):
            count += len(file.tree(name).findall(f"{W}comment"))
            continue
        marks = list(file.tree(name).iter(*_COMMENT_MARKS))
        for mark in marks:
            parent = mark.getparent()
            drop(mark)
            if parent is not None and parent.tag == f"{W}r" and not any(child.tag != f"{W}rPr" for child in parent):
                drop(parent)
        if marks:
            file.touch(name)
    file.remove_parts([name for name in file.data if name.startswith(_COMMENT_PARTS)])
    return Done(matches=count)


def drop(element: etree._Element) -> None:
    """Take an element out of its tree; text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    drop(element)


def _settle(file: "WordFile", name: str, *, kept: tuple[str, ...], dropped: tuple[str, ...], restore: bool) -> int:
    """Settle the changes of a part; return how many there were."""
    root = file.tree(name)
    count = _settle_tables(root, kept=kept, dropped=dropped)
    ended = [mark for mark in root.iter(*dropped) if mark.getparent().tag == f"{W}rPr"]
    paragraphs = [next(mark.iterancestors(f"{W}p")) for mark in ended]
    for element in list(root.iter(*kept, *dropped)):
        if element.getroottree().getroot() is not root:
            continue
        count += 1
        if element.tag in dropped or element.getparent().tag in (f"{W}rPr", f"{W}trPr"):
            drop(element)
        else:
            unwrap(element)
    for paragraph in paragraphs:
        _join_with_next(paragraph)
    for old in list(root.iter(*_OLD_LOOKS)):
        count += 1
        if restore and old.tag != f"{W}numberingChange":
            _restore(old)
        else:
            drop(old)
    for mark in list(root.iter(*_MARKS)):
        drop(mark)
    for element in root.iter(*_UNDELETED):
        element.tag = _UNDELETED[element.tag]
    if count:
        file.touch(name)
    return count


def _settle_tables(root: etree._Element, *, kept: tuple[str, ...], dropped: tuple[str, ...]) -> int:
    """Settle rows and cells that were added or deleted; return how many."""
    marks = [mark for mark in root.iter(*dropped) if mark.getparent().tag == f"{W}trPr"]
    gone = [mark.getparent().getparent() for mark in marks]
    cell = f"{W}cellIns" if f"{W}ins" in dropped else f"{W}cellDel"
    gone += [mark.getparent().getparent() for mark in root.iter(cell)]
    for element in gone:
        holder = element.getparent()
        drop(element)
        while holder is not None and holder.tag in (f"{W}tr", f"{W}tbl") and holder.find(f"{W}tc") is None:
            if holder.tag == f"{W}tbl" and holder.find(f".//{W}tr") is not None:
                break
            holder, emptied = holder.getparent(), holder
            drop(emptied)
    settled = list(root.iter(f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge"))
    for mark in settled:
        drop(mark)
    return len(gone) + len(settled)


def _restore(old: etree._Element) -> None:
    """Give the properties around a change the content that they had before it; what a change never holds stays."""
    properties = old.getparent()
    before = list(old[0]) if len(old) else []
    stays = [child for child in properties if child.tag in _NEVER_CHANGED.get(properties.tag, ())]
    first = [child for child in stays if properties.tag == f"{W}sectPr"]
    last = [child for child in stays if properties.tag != f"{W}sectPr"]
    for child in list(properties):
        properties.remove(child)
    for child in (*first, *before, *last):
        properties.append(child)


def _join_with_next(paragraph: etree._Element) -> None:
    """Put the content of a paragraph whose end was deleted before that of the next one, in whose look it goes on."""
    following = paragraph.getnext()
    while following is not None and following.tag in _BETWEEN:
        following = following.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        if not content and following is not None and following.tag != f"{W}sectPr":
            drop(paragraph)
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for child in reversed(content):
        following.insert(place, child)
    drop(paragraph)
