"""The pages of a PDF deleted, kept, reordered and turned."""

import re

import pymupdf

from axelered_box.domain import edits
from axelered_box.domain.edits import Done
from axelered_box.domain.modules import Refusal

Change = edits.DeletePages | edits.KeepPages | edits.ReorderPages | edits.MovePage | edits.RotatePages
_RANGE = re.compile(r"\s*(-?\d+)\s*(?:(-)\s*(-?\d+)?)?\s*$")


def change(pdf: pymupdf.Document, operation: Change) -> Done:
    """Change the pages; raises Refusal for pages that the file does not have."""
    count = pdf.page_count
    match operation:
        case edits.DeletePages():
            pages = numbers(operation.pages, count)
            if len(pages) == count:
                raise Refusal("no_page_left", f"The file has {count} pages, and all of them would be deleted.")
            pdf.delete_pages([page - 1 for page in pages])
        case edits.KeepPages():
            pages = numbers(operation.pages, count)
            pdf.select([page - 1 for page in pages])
        case edits.ReorderPages():
            pages = operation.order
            if sorted(pages) != list(range(1, count + 1)):
                raise Refusal(
                    "order_incomplete",
                    f"The order must name each of the {count} pages once; this one names {', '.join(map(str, pages))}.",
                )
            pdf.select([page - 1 for page in pages])
        case edits.MovePage():
            page, to = _one(operation.page, count), count if operation.to == -1 else _one(operation.to, count)
            order = [number for number in range(1, count + 1) if number != page]
            order.insert(to - 1, page)
            pages = [page]
            pdf.select([number - 1 for number in order])
        case edits.RotatePages():
            pages = numbers(operation.pages, count)
            for page in pages:
                pdf[page - 1].set_rotation((pdf[page - 1].rotation + operation.degrees) % 360)
    return Done(matches=len(pages), pages=pages)


def numbers(pages: str | None, count: int) -> list[int]:
    """Return the pages, from 1, that a text such as ``1-3,-1`` names, all for None; raises Refusal."""
    if pages is None:
        return list(range(1, count + 1))
    found: list[int] = []
    for part in pages.split(","):
        match = _RANGE.match(part)
        if match is None:
            raise Refusal("page_not_found", f"'{pages}' does not name pages. Write them as '1-3,7'; -1 is the last.")
        first = _one(int(match[1]), count)
        last = first if match[2] is None else count if match[3] is None else _one(int(match[3]), count)
        if last < first:
            raise Refusal("page_not_found", f"'{part.strip()}' names pages backwards. Write the smaller number first.")
        found += range(first, last + 1)
    return sorted(set(found))


def _one(page: int, count: int) -> int:
    """Return a page counted from 1, given from the end when negative; raises Refusal."""
    number = count + 1 + page if page < 0 else page
    if not 1 <= number <= count:
        raise Refusal("page_not_found", f"There is no page {page}: the file has {count}.")
    return number
