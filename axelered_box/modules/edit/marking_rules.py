"""What instructions about marks and printed texts ask for: highlights, stamps, watermarks, numbers, paragraphs."""

import re

import msgspec

from axelered_box.domain import edits
from axelered_box.domain.edits import DOCX, PDF, AnyOperation
from axelered_box.modules.edit.clauses import MARKED
from axelered_box.modules.edit.operands import Setting, is_name, scoped, text_of, texts_in
from axelered_box.modules.edit.phrases import color_of, number_of, position_of

Found = list[AnyOperation] | None

_FIELD = re.compile(r"(?:field|feld|value|wert)?\s*(/[\w/~.-]+)", re.IGNORECASE)
_OF_OF = re.compile(
    r"(?P<page>page|seite|p\.|s\.)\s+(?:x|n|1|\{page\})\s+(?P<of>of|von|/)\s+(?:y|m|n|\d+|\{pages\})", re.IGNORECASE
)
_FIRST_LEFT_OUT = re.compile(
    r"(?:except|but not|skipping|without|außer|ausgenommen|bis auf|ohne)\b.{0,20}?"
    r"\b(?:first|cover|title|ersten?|titelseite|deckblatt)",
    re.IGNORECASE,
)

_MANNER = re.compile(
    r"\s+(?:(?:in|mit|with)\s+)?(?:a |einem |einer )?(?:yellow|green|blue|red|orange|pink|purple|gr[ae]y|gelb|grün"
    r"|blau|rot|rosa"
    r"|violett|lila|grau)(?:e[nmr]?)?(?:\s+(?:color|colour|farbe|box|frame|rahmen|marker))?(?:\s+hervor|\s+an)?$"
    r"|\s+hervor$",
    re.IGNORECASE,
)


def mark(rest: str, setting: Setting, style: str = "highlight") -> Found:
    """Highlight texts or a field; the style comes from the words as well."""
    bare, pages = scoped(rest, setting)
    style = style_of(rest) or style
    color = color_of(re.sub(MARKED, "", bare))
    made: list[AnyOperation] = []
    for text in _quoted_or_plain(bare, setting):
        field = _FIELD.fullmatch(text)
        what = {"field": field[1]} if field is not None else {"text": text}
        colored = {} if color is None else {"color": color}
        made.append(edits.Highlight(**what, **colored, style=style, pages=pages or None))  # type: ignore[arg-type]
    return made if made and setting.kind == PDF else None


def stamp(rest: str, setting: Setting) -> Found:
    """Stamp a quoted text on pages."""
    bare, pages = scoped(rest, setting)
    quoted = texts_in(bare, setting.quotes)
    if (
        len(quoted) != 1
        or setting.kind != PDF
        or re.search(r"paragraph|absatz|\brow|zeile|field|feld|header|footer", bare, re.IGNORECASE)
    ):
        return None
    words = re.sub(MARKED, "", bare)
    color, position = color_of(words), position_of(words)
    made = edits.Stamp(text=quoted[0], pages=pages or None)
    if color is not None:
        made = msgspec.structs.replace(made, color=color)
    return [made if position is None else msgspec.structs.replace(made, position=position)]


def watermark(rest: str, setting: Setting) -> Found:
    """Print a watermark: "a watermark 'X'", "the document with 'X'"."""
    bare, pages = scoped(rest, setting)
    quoted = texts_in(bare, setting.quotes)
    named = re.search(r"watermark|wasserzeichen", rest, re.IGNORECASE)
    if (
        setting.kind != PDF
        or not (named or re.search(rf"\b(?:with|mit)\s+{MARKED}$", bare))
        or (named is None and not quoted)
    ):
        return None
    text = quoted[0] if len(quoted) == 1 else None
    if text is None:
        plain = re.search(
            r"(?:watermark|wasserzeichen)\s+(?:saying |with (?:the )?text |mit (?:dem )?text )?(?P<text>[^\s\x01].*?)"
            r"(?:\s+(?:ein|hinzu|an))?$",
            bare,
            re.IGNORECASE,
        )
        text = plain["text"].strip() if plain is not None else None
    return [edits.Watermark(text=text, pages=pages or None)] if text else None


def numbers(rest: str, setting: Setting) -> Found:
    """Number pages: "page numbers at the bottom right", "the pages"."""
    named = re.search(r"page numbers?|page numbering|seiten(?:zahl(?:en)?|nummern?|nummerierung)", rest, re.IGNORECASE)
    if setting.kind != PDF or (
        named is None and not re.match(r"(?:all |the |every |alle |die )*(?:pages?|seiten?)\b", rest, re.IGNORECASE)
    ):
        return None
    position = position_of(rest)
    start = re.search(
        r"(?:starting|beginning|start|beginnend|anfangend|ab)\s+(?:at|with|from|bei|mit|der|von)?\s*"
        r"(?:number |nummer |zahl )?(\w+)",
        rest,
        re.IGNORECASE,
    )
    first = number_of(start[1]) if start is not None else None
    told = _OF_OF.search(rest)
    quoted = texts_in(rest, setting.quotes)
    form = "{page}"
    if told is not None:
        form = f"{told['page'].capitalize()} {{page}} {told['of']} {{pages}}"
    elif quoted and "{page}" in quoted[0]:
        form = quoted[0]
    left_out = _FIRST_LEFT_OUT.search(rest) is not None and setting.pages > 1
    pages = f"2-{setting.pages}" if left_out else (scoped(rest, setting)[1] or None)
    return [
        edits.AddPageNumbers(
            format=form,
            pages=pages,
            first=first or 1,
            **({} if position is None else {"position": position}),  # type: ignore[arg-type]  # one of its values
        )
    ]


def running(rest: str, setting: Setting) -> Found:
    """Print a header or a footer: "the header 'X'", "'X' in die Fußzeile"."""
    top = re.search(r"\bheaders?\b|kopfzeile", rest, re.IGNORECASE)
    foot = re.search(r"\bfooters?\b|fußzeile", rest, re.IGNORECASE)
    quoted = texts_in(rest, setting.quotes)
    if setting.kind != PDF or (top is None) == (foot is None) or len(quoted) != 1:
        return None
    pages = scoped(rest, setting)[1] or None
    words = re.sub(MARKED, "", rest)
    side = re.search(r"\b(left|right|links|rechts)\b", words, re.IGNORECASE)
    align = (
        {"left": "left", "links": "left", "right": "right", "rechts": "right"}[side[1].lower()] if side else "center"
    )
    if top is not None:
        return [edits.AddHeader(text=quoted[0], align=align, pages=pages)]  # type: ignore[arg-type]  # one of its values
    return [edits.AddFooter(text=quoted[0], align=align, pages=pages)]  # type: ignore[arg-type]  # one of its values


def paragraph(rest: str, setting: Setting) -> Found:
    """Insert a paragraph: "the paragraph 'X' after 'Y'", "'X' am Ende"."""
    if setting.kind != DOCX or re.search(r"\brow|zeile", rest, re.IGNORECASE):
        return None
    place = re.search(
        rf"\b(?P<where>after|behind|below|before|above|nach|hinter|unter|vor|über)\b[^\x01]*(?P<mark>{MARKED})",
        rest,
        re.IGNORECASE,
    )
    quoted = texts_in(rest[: place.start()] + rest[place.end() :] if place else rest, setting.quotes)
    if len(quoted) != 1:
        return None
    if place is None:
        at_end = re.search(
            r"(?:at|to|am|ans|an das) (?:the )?(?:end|ende|bottom|schluss)|zum schluss|paragraph|absatz",
            rest,
            re.IGNORECASE,
        )
        return [edits.InsertParagraph(text=quoted[0])] if at_end else None
    anchor = setting.quotes.shown(place["mark"])
    if place["where"].lower() in ("before", "above", "vor", "über"):
        return [edits.InsertParagraph(text=quoted[0], before=anchor)]
    return [edits.InsertParagraph(text=quoted[0], after=anchor)]


def row(rest: str, setting: Setting) -> Found:
    """Insert a row of a table: "a row with 'A', 'B' after the row 'C'"."""
    if setting.kind != DOCX or not re.search(r"\brow|zeile", rest, re.IGNORECASE):
        return None
    place = re.search(rf"\b(?:after|below|behind|nach|hinter|unter)\b[^\x01]*(?P<mark>{MARKED})", rest, re.IGNORECASE)
    if place is None:
        return None
    cells = texts_in(rest[: place.start()] + rest[place.end() :], setting.quotes)
    return [edits.InsertRow(after=setting.quotes.shown(place["mark"]), cells=cells)] if cells else None


def style_of(rest: str) -> str | None:
    """Return the style that words name."""
    for style, names in (
        ("box", r"\bbox|frame|rahm|umrand|circle|outline"),
        ("underline", r"underlin|unterstr|line under"),
        ("strikeout", r"strike|durchgestr|durchstr"),
    ):
        if re.search(names, rest, re.IGNORECASE):
            return style
    return None


def _quoted_or_plain(bare: str, setting: Setting) -> list[str]:
    """Return the texts that are to be marked: all that are quoted, else the plain words without colour and manner."""
    quoted = texts_in(bare, setting.quotes)
    if quoted:
        return quoted
    plain = _MANNER.sub("", bare)
    text = text_of(plain, setting.quotes)
    return [text] if is_name(text) or text.startswith("/") else []
