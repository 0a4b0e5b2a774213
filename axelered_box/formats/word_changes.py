"""Tracked changes and comments of a Word file: accepted, rejected, removed."""

from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain.edits import Done
from axelered_box.formats.word_runs import W

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

_OLD_LOOKS = tuple(
    f"{W}{name}"
    for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
                 "tblPrExChange", "numberingChange")
)  # fmt: skip
_ADDED, _GONE = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_MARKS = tuple(
    f"{W}{name}"
    for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
                 "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd")
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
    for name in [name for name in file.data if name.startswith(_COMMENT_PARTS)]:
        file.remove(name)
    _forget_parts(file)
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
    count = 0
    joined = [mark for mark in root.iter(*dropped) if mark.getparent().tag == f"{W}rPr"]
    for mark in joined:
        _join_with_next(next(mark.iterancestors(f"{W}p")))
    for row in [mark.getparent().getparent() for mark in root.iter(*dropped) if mark.getparent().tag == f"{W}trPr"]:
        drop(row)
        count += 1
    for element in list(root.iter(*kept, *dropped)):
        if element.getroottree().getroot() is not root:
            continue
        count += 1
        if element.tag in dropped or element.getparent().tag in (f"{W}rPr", f"{W}trPr"):
            drop(element)
        else:
            unwrap(element)
    for old in list(root.iter(*_OLD_LOOKS)):
        count += 1
        if restore:
            _restore(old)
        else:
            drop(old)
    for mark in list(root.iter(*_MARKS)):
        drop(mark)
    for text in list(root.iter(f"{W}delText")):
        text.tag = f"{W}t"
    for text in list(root.iter(f"{W}delInstrText")):
        text.tag = f"{W}instrText"
    if count:
        file.touch(name)
    return count


def _restore(old: etree._Element) -> None:
    """Give the properties around a change the content that they had before it."""
    properties = old.getparent()
    before = list(old[0]) if len(old) else []
    for child in list(properties):
        properties.remove(child)
    for child in before:
        properties.append(child)


def _join_with_next(paragraph: etree._Element) -> None:
    """Put the content of the next paragraph behind that of one whose end was deleted."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    for child in list(following):
        if child.tag != f"{W}pPr":
            paragraph.append(child)
    drop(following)


def _forget_parts(file: "WordFile") -> None:
    """Take removed parts out of the relations and the list of content types."""
    for name in [name for name in file.data if name.endswith(".rels") and name not in file.removed]:
        root, folder = file.tree(name), name.rpartition("_rels/")[0]
        for relation in list(root):
            target = relation.get("Target", "")
            if (target.removeprefix("/") if target.startswith("/") else folder + target) in file.removed:
                root.remove(relation)
                file.touch(name)
    types = "[Content_Types].xml"
    if types in file.data:
        for override in list(file.tree(types)):
            if override.get("PartName", "").removeprefix("/") in file.removed:
                file.tree(types).remove(override)
                file.touch(types)
