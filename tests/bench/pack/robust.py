"""What a pack expects of odd, damaged and encrypted files, and whether an end is as expected."""

from tests.bench.pack.documents import Document
from tests.bench.pack.host import End

PASSWORD_REQUIRED = "password_required"
_REFUSAL = "refused"
_AT_A_LIMIT = {"refused", "out_of_memory"}
"""How a file may end that is made to exceed a limit; taking longer than allowed is not among them."""


def fault(document: Document, end: End, said: str) -> str | None:
    """Return what is wrong with a document's end, None when it is as the pack expects; `said` is its Markdown."""
    expected = document.entry["expect"]
    if end.outcome == "ok":
        return _fault_of_text(document, said) if expected.startswith("ok") else f"expected {expected}, but it was read"
    allowed = {
        "ok": False,
        "ok_or_clean_error": end.outcome == _REFUSAL,
        "clean_error": end.outcome == _REFUSAL,
        "ok_or_password_required": end.outcome == _REFUSAL and end.detail == PASSWORD_REQUIRED,
        PASSWORD_REQUIRED: end.outcome == _REFUSAL and end.detail == PASSWORD_REQUIRED,
        "ok_or_limit": end.outcome in _AT_A_LIMIT,
    }
    return None if allowed[expected] else f"expected {expected}, but {end.outcome} {end.detail}".rstrip()


def _fault_of_text(document: Document, said: str) -> str | None:
    """Return what the text of a file that was read lacks or should not have."""
    for wanted in document.entry.get("must_include", []):
        if wanted not in said:
            return f"its text lacks {wanted!r}"
    for unwanted in document.entry.get("must_not_include", []):
        if unwanted in said:
            return f"its text has {unwanted!r}"
    return None
