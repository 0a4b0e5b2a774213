"""What can be seen of a document without understanding it: where it comes from, how it is laid out, what it counts."""

import re
from collections.abc import Callable, Sequence

from axelered_box.domain.documents import Document
from axelered_box.modules.classify.passages import Piece

_MAIL_HEADER = re.compile(
    r"(from|to|cc|bcc|subject|date|sent|von|an|betreff|gesendet|datum|de|à|objet|envoyé|para|asunto|enviado|da|oggetto"
    r"|inviato)\s*: ?\S",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?![\d.,]*\d)")
_TOTAL = re.compile(
    r"\b(grand )?(total|totale|summe|gesamt\w*|gesamtbetrag|endbetrag|amount due|montant|importe|saldo)\b", re.I
)
_CLAUSE = re.compile(
    r"(§ ?\d|\d{1,2}(\.\d{1,2})*[.)] +\S|\([a-z]\) |(section|article|artikel|artículo|clause) \d)", re.I
)
_DUTY = re.compile(r"\b(shall|agrees? to|verpflichtet|s'engage|se obliga|si obbliga|si impegna)\b", re.IGNORECASE)
_REFERENCE_HEADING = re.compile(
    r"(\d+\.? )?(references|bibliography|literature cited|works cited|literatur(verzeichnis)?|références|bibliographie"
    r"|referencias|bibliografía|bibliografia|riferimenti bibliografici)\W*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(\[\d{1,3}\]|\d{1,3}\.) .*\b(19|20)\d\d\b|\b(19|20)\d\d[a-z]?\)?[.,;:].*(doi|vol\.|pp\.|\d+[:(]\d+)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(table|figure|fig\.|exhibit|chart|box|tabelle|abbildung|tableau|graphique|tabla|gráfico|tabella|grafico) [\dA-Z]",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"(abstract|zusammenfassung|résumé|resumen|riassunto|sommario)\b|(key ?words|schlüsselwörter|mots[- ]clés"
    r"|palabras clave|parole chiave)\b|(doi\b|doi\.org)|(\bjournal of\b|\bvolume \d+|\bvol\. ?\d)"
    r"|(\breceived\b.*\baccepted\b)"
    r"|(corresponding author|correspondence)|(\b(?:research|original|review) article\b|\bcase report\b)"
    r"|(\b(?:university|université|universität|universidad|università|institute of)\b)|(\barxiv\b)",
    re.IGNORECASE,
)
"""What stands at the beginning of a journal's article; each group counts once."""
MASTHEAD_CHARACTERS = 4000
_MEDIA = {
    "mail": re.compile(r"message/|application/(vnd\.ms-outlook|mbox)"),
    "slides": re.compile(r".*(presentation|powerpoint)"),
    "sheet": re.compile(r".*(spreadsheet|ms-excel)|text/(csv|tab-separated-values)"),
    "web": re.compile(r"text/html|application/xhtml|multipart/related"),
    "picture": re.compile(r"image/"),
}

FACTS = (
    "mail", "slides", "sheet", "web", "picture", "slip", "amounts", "total", "clauses", "references", "figures", "long",
    "prose", "navigation", "table", "masthead", "bare",
)  # fmt: skip
"""The names of all facts; `bare` is a text with neither the beginning nor the end of a journal's article."""


def facts_of(document: Document, pieces: Sequence[Piece], media_type: str) -> dict[str, float]:
    """Return how much each fact holds, 0 to 1."""
    texts = [piece.text for piece in pieces]
    words = max(1, sum(text.count(" ") + 1 for text in texts))
    amounts = sum(len(_AMOUNT.findall(text)) for text in texts)
    prose = [text for text in texts if len(text) >= 60 and text[-1] in '.!?:;”"']
    found = {name: float(pattern.match(media_type) is not None) for name, pattern in _MEDIA.items()}
    headers = sum(_MAIL_HEADER.match(text) is not None for text in texts[:8])
    found["mail"] = max(found["mail"], float(headers >= 3))
    found["amounts"] = min(1.0, 12 * amounts / words)
    found["total"] = float(
        any(_TOTAL.search(text) and _near(_AMOUNT, texts, place) for place, text in enumerate(texts))
    )
    found["slip"] = _slip(document, texts, found)
    clauses = _count(_CLAUSE.match, texts) + sum(len(_DUTY.findall(text)) for text in texts)
    found["clauses"] = min(1.0, 100 * clauses / max(words, 150) / 3)
    listed = _count(_REFERENCE.match, texts)
    headed = any(piece.heading and _REFERENCE_HEADING.fullmatch(piece.text) for piece in pieces)
    found["references"] = max(float(headed), min(1.0, listed / 8))
    found["figures"] = min(1.0, _count(_FIGURE.match, texts) / 3)
    found["long"] = min(1.0, words / 2000)
    found["prose"] = sum(map(len, prose)) / max(1, sum(map(len, texts)))
    short = sum(len(text) < 25 and text[-1] not in ".!?,;:" for text in texts[:40])
    found["navigation"] = short / 40 if found["web"] else 0.0
    opening = "\n".join(texts)[:MASTHEAD_CHARACTERS]
    found["masthead"] = min(1.0, len({match.lastindex for match in _MASTHEAD.finditer(opening)}) / 3)
    found["bare"] = 1 - max(found["masthead"], found["references"])
    found["table"] = sum(piece.row for piece in pieces) / max(1, len(pieces))
    return found


def _count(matches: Callable[[str], object], texts: Sequence[str]) -> int:
    return sum(matches(text) is not None for text in texts)


def _near(pattern: re.Pattern[str], texts: Sequence[str], place: int) -> bool:
    """Tell whether a pattern is found in a line or the one after it."""
    return any(pattern.search(text) for text in texts[place : place + 2])


def _slip(document: Document, texts: Sequence[str], found: dict[str, float]) -> float:
    """Return how much a document looks like the print of a till: narrow, of short lines with amounts."""
    if not texts or document.page_count > 2 or not found["amounts"]:
        return 0.0
    width, height = (document.pages[0].width, document.pages[0].height) if document.pages else (0.0, 0.0)
    narrow = bool(width) and (width < 320 or height > 1.7 * width)
    short = sum(map(len, texts)) / len(texts) < 40
    return (0.5 * found["picture"] + 0.5 * narrow) if short else 0.25 * narrow
