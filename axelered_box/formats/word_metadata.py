"""What a Word file says of itself: its properties set and cleared, and the names of those who worked on it."""

from typing import TYPE_CHECKING

from lxml import etree

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.domain.modules import Refusal
from axelered_box.formats.word_runs import W

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

CORE = "docProps/core.xml"
_APPLICATION = "docProps/app.xml"
_CUSTOM = "docProps/custom.xml"
_KEPT = ("Application", "AppVersion", "DocSecurity")
_AUTHORS = (f"{W}author", f"{W}initials")
_NAMES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "subject": "{http://purl.org/dc/elements/1.1/}subject",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}


def set_metadata(file: "WordFile", operation: edits.SetMetadata) -> Done:
    """Set properties; raises Refusal when the file has no part for them."""
    if CORE not in file.data:
        raise Refusal("no_metadata_part", "The Word file has no part for its properties, so none can be set.")
    root, count = file.tree(CORE), 0
    for member, tag in _NAMES.items():
        value = getattr(operation, member)
        if value is None:
            continue
        element = root.find(tag)
        if element is None:
            element = etree.SubElement(root, tag)
        element.text = value
        count += 1
    file.touch(CORE)
    return Done(matches=count)


def clear_metadata(file: "WordFile") -> Done:
    """Remove all that the file says of itself, its small picture, and the names of authors of changes and comments."""
    count = file.remove_thumbnails()
    for name in (CORE, _APPLICATION, _CUSTOM):
        if name not in file.data:
            continue
        root = file.tree(name)
        for element in [one for one in root if etree.QName(one).localname not in _KEPT]:
            root.remove(element)
            count += 1
            file.touch(name)
    for name in file.stories:
        for element in file.tree(name).iter():
            for author in _AUTHORS:
                if element.get(author):
                    element.set(author, "")
                    count += 1
                    file.touch(name)
    return Done(matches=count)
