"""What may be left out of a sentence without a change of what it says: marks of citations, pointers, connectives."""

import re

from axelered_box.modules.summarize import standing

_MARKS = re.compile(r"\s?\[\d[\d,;\s\u2013-]*\]|(?<=[^\W\d_]{2}[.,;])\d{1,3}(?:[,\u2013-]\d{1,3})*(?=\s|$)")
_PARENTHESES = re.compile(r"\s?\(([^()]*)\)")
_CITATION = re.compile(r"(?:[^\d()]*\b(?:1[89]|20)\d\d[a-z]?\s*[;,]?\s*)+$")
_AUTHOR = re.compile(
    r"\bet al\b|[^\W\d_]{2,},? (?:and|&|und|et|y|e) [^\W\d_]{2,}|^[A-Z][\w-]+,? \d{4}|;|\b[A-Z][\w-]+, \d{4}"
)
_POINTER_ONLY = re.compile(
    r"""^(?:see\s|cf\.?\s|siehe\s|s\.\s|vgl\.\s|voir\s|cf\s|véase\s|ver\s|vedi\s|cfr\.\s)?(?:also\s|auch\s|aussi\s)?
        (?:fig|tab|table|figure|abb|abbildung|tabelle|tableau|tabla|figura|cuadro|tabella|suppl|appendix|anhang|annexe
        |anexo|allegato|exhibit|section|abschnitt|eqs?|equation)[^\d]*[\dA-Z](?:[^()]{0,25})$""",
    re.IGNORECASE | re.VERBOSE,
)
_KEPT_CONNECTIVES = re.compile(
    r"^(?:otherwise|instead|then|conversely|for (?:example|instance)|invece|ad esempio|par exemple|por ejemplo)"
)
_ENUMERATOR = re.compile(
    r"^(?:\([A-Za-z0-9]{1,4}\)|[A-Za-z]\)|(?:[a-z]|\d{1,2})[.)]|[A-Z]\.(?=\s(?:In|The|This|All|Each|Any|If|No|For)\b)|\d+(?:\.\d+)+\.?|[ivx]{1,4}[.)]|[•\u2013—*>-])\s+(?=[^\W\d_])"
)
_BEFORE_MARK = re.compile(r"\s+([.,;:!?])")


def trimmed(sentence: str) -> str:
    """Return a sentence without marks of citations, pointers to figures, and the number or connective at its head."""
    text = _ENUMERATOR.sub("", sentence)
    text = _PARENTHESES.sub(lambda found: "" if _says_nothing(found[1]) else found[0], text)
    text = _MARKS.sub("", text)
    text = _BEFORE_MARK.sub(r"\1", text)
    return _without_connective(re.sub(r"\s+", " ", text).strip())


def _says_nothing(inner: str) -> bool:
    """Tell whether what stands in parentheses is a citation or a pointer."""
    inner = inner.strip()
    if _POINTER_ONLY.match(inner):
        return True
    return _CITATION.match(inner) is not None and _AUTHOR.search(inner) is not None


def _without_connective(text: str) -> str:
    found = standing.CONNECTIVE.match(text)
    if found is None or _KEPT_CONNECTIVES.match(text.lower()):
        return text
    rest = text[found.end() :]
    return rest[0].upper() + rest[1:]
