"""English sentences as people in offices write them become the operations that were meant."""

from typing import Any

import pytest

from tests.unit.test_edit_words import op, planned, replace

PDF, WORD = "pdf", "docx"

SENTENCES: list[tuple[str, str, list[dict[str, Any]]]] = [
    (
        PDF,
        "Hi, could you please swap the name Jonathan Price for Margaret O'Neill everywhere?",
        [replace("Jonathan Price", "Margaret O'Neill")],
    ),
    (
        PDF,
        "In the whole document, replace Northwind Traders with Contoso Ltd.",
        [replace("Northwind Traders", "Contoso Ltd")],
    ),
    (PDF, "Wherever it says “Draft”, write “Final” instead.", [replace("Draft", "Final")]),
    (
        PDF,
        "Please redact every phone number and every email address on the first page.",
        [op("redact", pattern="phone", pages="1"), op("redact", pattern="email", pages="1")],
    ),
    (PDF, "Black out the bank details /iban and /bic.", [op("redact", field="/iban"), op("redact", field="/bic")]),
    (
        PDF,
        "Hide all dates, all amounts and the social security numbers.",
        [op("redact", pattern="date"), op("redact", pattern="amount"), op("redact", pattern="nationalId")],
    ),
    (PDF, "Get rid of pages 4 through 6.", [op("deletePages", pages="4-6")]),
    (PDF, "I'd like you to remove the first and the last page.", [op("deletePages", pages="1,6")]),
    (PDF, "Page 5 should be rotated by 90 degrees counterclockwise.", [op("rotatePages", degrees=270, pages="5")]),
    (PDF, "Swap pages 2 and 3.", [op("reorderPages", order=[1, 3, 2, 4, 5, 6])]),
    (
        PDF,
        'Put page 6 at the beginning, then stamp "COPY" on every page in the bottom right corner.',
        [op("movePage", page=6, to=1), op("stamp", text="COPY", position="bottom-right")],
    ),
    (
        PDF,
        "Number the pages starting with 10 at the top right and add the header \u2018Internal use only\u2019.",
        [op("addPageNumbers", first=10, position="top-right"), op("addHeader", text="Internal use only")],
    ),
    (
        PDF,
        'Strip all metadata and password protect the file with "Blue-Sky7".',
        [op("clearMetadata"), op("encrypt", password="Blue-Sky7")],
    ),
    (
        PDF,
        "Please fill in First name: Carla, Last name: Núñez and then flatten it.",
        [op("fillForm", fields={"First name": "Carla", "Last name": "Núñez"}), op("flattenForm")],
    ),
    (
        PDF,
        'Highlight the words "late fee" and "interest" in yellow and draw a red box around "termination".',
        [
            op("highlight", text="late fee"),
            op("highlight", text="interest"),
            op("highlight", text="termination", style="box", color="#ff8787"),
        ],
    ),
    (
        WORD,
        "Accept every tracked change, delete all comments, and replace Q3 with Q4.",
        [op("acceptChanges"), op("removeComments"), replace("Q3", "Q4")],
    ),
    (
        WORD,
        'Fill the placeholder {{customer}} with "Ada Lovelace" and {{date}} with "1 May 2026".',
        [op("fillForm", fields={"{{customer}}": "Ada Lovelace"}), op("fillForm", fields={"{{date}}": "1 May 2026"})],
    ),
    (
        WORD,
        'Delete the row with "Shipping" from the table and insert a paragraph "Free delivery." before "Total".',
        [op("deleteRows", containing="Shipping"), op("insertParagraph", text="Free delivery.", before="Total")],
    ),
    (
        PDF,
        "Make the file as small as possible and remove any embedded JavaScript as well.",
        [op("compress"), op("removeScripts")],
    ),
    (
        PDF,
        'Replace Jane Doe by John Doe on pages 2-4, then add "Approved" as a stamp in green.',
        [replace("Jane Doe", "John Doe", pages="2-4"), op("stamp", text="Approved", color="#8ce99a")],
    ),
    (
        PDF,
        "Remove the phone numbers from the document and delete the second page.",
        [op("redact", pattern="phone"), op("deletePages", pages="2")],
    ),
    (PDF, "Delete all pages except pages 1 and 2", [op("deletePages", pages="3,4,5,6")]),
    (
        PDF,
        "Anonymize Peter Parker, Mary Jane Watson and all emails.",
        [op("redact", text="Peter Parker"), op("redact", text="Mary Jane Watson"), op("redact", pattern="email")],
    ),
    (PDF, "Encrypt it with the password secret123", [op("encrypt", password="secret123")]),
    (
        PDF,
        'Put "Confidential" in the footer and number the pages at the top left.',
        [op("addFooter", text="Confidential"), op("addPageNumbers", position="top-left")],
    ),
    (PDF, 'Substitute "buyer" for "purchaser".', [replace("purchaser", "buyer")]),
    (PDF, "Use 'Ms' instead of 'Mrs' throughout the document.", [replace("Mrs", "Ms")]),
    (PDF, "Change the author to Legal Department", [op("setMetadata", author="Legal Department")]),
    (PDF, 'Delete the sentence "This offer is not binding."', [replace("This offer is not binding.", "")]),
    (
        PDF,
        "Rotate pages 2 and 5 by 90 degrees to the left; move page 5 in front of page 2.",
        [op("rotatePages", degrees=270, pages="2,5"), op("movePage", page=5, to=2)],
    ),
    (
        PDF,
        "Tick the box 'I agree' and fill in the field Date with 24.11.2026",
        [op("fillForm", fields={"I agree": True}), op("fillForm", fields={"Date": "24.11.2026"})],
    ),
    (
        WORD,
        'Reject the tracked changes and insert "Annex" at the end.',
        [op("rejectChanges"), op("insertParagraph", text="Annex")],
    ),
    (WORD, "Remove every paragraph that mentions 'penalty'.", [op("deleteParagraphs", containing="penalty")]),
    (PDF, "Die Anlagen und Skripte sollen entfernt werden.", [op("removeAttachments"), op("removeScripts")]),
    (PDF, 'The word "tenant" must be replaced with "lessee".', [replace("tenant", "lessee")]),
    (PDF, "Replace 3.5 % with 4.0 % on page 1", [replace("3.5 %", "4.0 %", pages="1")]),
    (PDF, "Rotate the third page 90° clockwise, please.", [op("rotatePages", degrees=90, pages="3")]),
    (PDF, "I only need the first three pages.", [op("keepPages", pages="1-3")]),
    (
        PDF,
        'Add "Page {page} of {pages}" as page numbers at the bottom left.',
        [op("addPageNumbers", format="Page {page} of {pages}", position="bottom-left")],
    ),
    (
        PDF,
        "Mark every mention of 'warranty' in blue on pages 2 and 3.",
        [op("highlight", text="warranty", color="#74c0fc", pages="2,3")],
    ),
    (
        PDF,
        "Write 'Confidential - do not copy' in the header of every page.",
        [op("addHeader", text="Confidential - do not copy")],
    ),
    (
        PDF,
        "Redact the emails on page 2 and the phone numbers on page 3.",
        [op("redact", pattern="email", pages="2"), op("redact", pattern="phone", pages="3")],
    ),
    (
        WORD,
        'Insert a new paragraph "Signed in Berlin" after "Date:".',
        [op("insertParagraph", text="Signed in Berlin", after="Date:")],
    ),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), SENTENCES, ids=lambda value: str(value)[:40])
def test_sentences_of_an_office_become_what_was_meant(kind: str, text: str, wanted: list[dict[str, Any]]) -> None:
    assert planned(text, kind) == wanted
