"""What lines of an address look like."""

import re

_STREET = re.compile(
    r"\b\d{4,6}\b,? [^\W\d_]{2}|[^\W\d_]{3},? (?:n[o°º]\.? ?)?\d{1,4} ?[a-z]?\b|\b\d{1,4} ?[a-z]?,? [^\W\d_]{3}|"
    r"\b(?:street|road|rd|avenue|ave|lane|drive|suite|floor|lot|jalan|jln|taman|tmn|stra(?:ss|ß)e|weg|platz|allee|gasse|rue|boulevard|chemin|"
    r"calle|avenida|plaza|paseo|via|viale|piazza|corso|straat|laan)\b|stra(?:ss|ß)e\b|str\.",
    re.IGNORECASE,
)
"""A postal code before a town, a house number beside a name, or a word for a street."""
MARKS = re.compile(
    r"[:@%€$£=]|\d[.,]\d\d\b|\d[./-]\d{1,2}[./-]\d|\b(?:tel|fax|gst|vat|ust|tva|iva|reg|invoice|"
    r"rechnung|facture|date|datum)\b",
    re.IGNORECASE,
)
"""What no line of an address has: marks, amounts, dates, and labels of other things."""


def is_of_address(line: str) -> bool:
    """Tell whether a line looks like one of an address: a number and a street, a postal code and a town."""
    return _STREET.search(line) is not None and MARKS.search(line) is None and len(line.split()) <= 12
