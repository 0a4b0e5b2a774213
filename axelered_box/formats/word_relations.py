"""How the parts of a Word file name each other: relations and content types of parts that are left out go too."""

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from axelered_box.formats.word_editing import WordFile

_TYPES = "[Content_Types].xml"


def forget(file: "WordFile") -> None:
    """Take removed parts out of the relations and the list of content types."""
    for name in [name for name in file.data if name.endswith(".rels") and name not in file.removed]:
        root, folder = file.tree(name), name.rpartition("_rels/")[0]
        for relation in list(root):
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))[1:]
            if relation.get("TargetMode") != "External" and target in file.removed:
                root.remove(relation)
                file.touch(name)
    if _TYPES in file.data:
        for override in list(file.tree(_TYPES)):
            if override.get("PartName", "").removeprefix("/") in file.removed:
                file.tree(_TYPES).remove(override)
                file.touch(_TYPES)
