"""Rich Text files written as HTML, which is read like any page: styles, lists, tables, notes, links."""

import html
import re

import msgspec

from axelered_box.formats import hypertext, packages, rtf_tokens
from axelered_box.formats.rtf_flow import Flow
from axelered_box.formats.rtf_styles import Styles
from axelered_box.formats.rtf_tokens import Token, tokens
from axelered_box.formats.unprinted import Reading

_MAX_GROUPS = 1000
_IGNORED = frozenset(
    {"colortbl", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "sp",
     "pntxta", "pntxtb", "nonshppict", "nonesttables", "xe", "tc", "rxe", "private", "ftnsep", "ftnsepc", "aftnsep",
     "objdata", "objclass", "shprslt", "themedata", "datastore"}
)  # fmt: skip
_ENTERED = frozenset(
    {"shpinst", "shptxt", "nesttableprops", "moMath", "moMathPara", "fldinst", "annotation", "atnauthor", "shppict"}
)
"""Destinations that a reader may skip, and that are read here."""
_CAPTURED = frozenset({"fldinst", "listtext", "pntext", "title", "atnauthor"})
_LINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]+)"')


class _State(msgspec.Struct):
    """What a group inherits and may change: its destination and the style of its letters."""

    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False
    hidden: bool = False
    code: str = "cp1252"
    fallback: int = 1
    """How many letters stand after one in Unicode, for readers that know none."""
    link: str | None = None
    capture: str | None = None
    skipped: bool = False
    note: str | None = None
    """Whether the group is a footnote or a comment."""


def read(data: bytes) -> Reading:
    """Return what a Rich Text file says; raises Refusal."""
    source = data.decode("latin-1")
    if not source.startswith("{\\rtf"):
        raise packages.damaged()
    reader = _Reader(Styles(source))
    for token in tokens(source):
        reader.take(token)
    return Reading(blocks=list(hypertext.blocks_of_html(reader.html())), title=reader.title)


class _Reader:
    """The reading of one file, token by token."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._states = [_State(code=styles.code)]
        self._flows = [Flow(styles)]
        self._captured: dict[str, list[str]] = {}
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._notes: list[str] = []
        self._counts = {"footnote": 0, "annotation": 0}
        self.title: str | None = None

    @property
    def _state(self) -> _State:
        return self._states[-1]

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "'":
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._bytes.append(token.number or 0)
            return
        self._flush_bytes()
        if token.kind == "text":
            self._raw(token.text)
        elif token.kind == "{":
            self._open()
        elif token.kind == "}":
            self._close()
        elif token.kind == "*":
            self._starred = True
        else:
            self._word(token.kind, token.number)

    def html(self) -> str:
        """Return all that was read."""
        self._flow.end()
        return rtf_tokens.joined_surrogates("".join(self._flow.blocks) + "".join(self._notes))

    def _open(self) -> None:
        self._to_skip = 0
        if len(self._states) > _MAX_GROUPS:
            raise packages.damaged()
        self._states.append(msgspec.structs.replace(self._state))
        self._starred = False

    def _close(self) -> None:
        self._to_skip = 0
        if len(self._states) == 1:
            return
        ended = self._states.pop()
        if ended.note is not None and self._state.note is None and len(self._flows) > 1:
            self._end_note(ended.note)
        if ended.capture is not None and self._state.capture != ended.capture:
            self._end_capture(ended.capture)

    def _word(self, word: str, number: int | None) -> None:
        """Act on a control word or sign."""
        starred, self._starred = self._starred, False
        if word in _IGNORED or word in self._styles.TABLES or (starred and word not in _ENTERED):
            self._state.skipped = True
        elif word == "info":
            self._state.capture = "info"
        elif word in _CAPTURED and not (word == "title" and self._state.capture != "info"):
            self._state.capture = word
            self._captured[word] = []
        elif word in ("footnote", "annotation"):
            self._state.note = word
            self._flows.append(Flow(self._styles))
        elif self._state.skipped:
            return
        elif word == "u":
            self._text(chr((number or 0) % 65536))
            self._to_skip = self._state.fallback
        elif word in rtf_tokens.WORDS or word in rtf_tokens.SIGNS or word in ("\\", "{", "}"):
            said = rtf_tokens.WORDS.get(word) or rtf_tokens.SIGNS.get(word) or word
            self._skip_or(said)
        elif not self._styled(word, number):
            self._flow.word(word, number)

    def _styled(self, word: str, number: int | None) -> bool:
        """Take a control word that changes letters; tell whether it was one."""
        state, is_on = self._state, number != 0
        if word == "plain":
            state.bold = state.italic = state.superscript = state.subscript = state.hidden = False
        elif word in ("b", "i"):
            state.bold, state.italic = (is_on, state.italic) if word == "b" else (state.bold, is_on)
        elif word in ("super", "sub", "nosupersub"):
            state.superscript, state.subscript = word == "super" and is_on, word == "sub" and is_on
        elif word in ("v", "deleted"):
            state.hidden = is_on
        elif word == "f":
            state.code = self._styles.font_code(number or 0)
        elif word == "uc":
            state.fallback = max(number or 0, 0)
        else:
            return False
        return True

    def _end_note(self, kind: str) -> None:
        """Keep a note for the end and leave its mark in the text."""
        flow = self._flows.pop()
        flow.end()
        said = "".join(flow.blocks)
        self._counts[kind] += 1
        mark = f"{'c' if kind == 'annotation' else ''}{self._counts[kind]}"
        if kind == "annotation":
            author = "".join(self._captured.pop("atnauthor", []))
            said = f"<b>Comment{html.escape(' by ' + author if author else '')}:</b> {said}"
        self._notes.append(f'<div role="doc-footnote" id="note-{mark}">{said}</div>\n')
        self._flow.line.append(f'<sup><a href="#note-{mark}">{mark}</a></sup>')

    def _end_capture(self, name: str) -> None:
        """Use what a destination said."""
        said = "".join(self._captured.get(name, [])).strip()
        if name in ("listtext", "pntext"):
            self._flow.marker = said or "-"
        elif name == "title":
            self.title = said or None
        elif name == "fldinst":
            found = _LINK.search(said)
            self._state.link = found[1] if found else None

    def _raw(self, text: str) -> None:
        """Take letters as the file has them."""
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            text, self._to_skip = text[skipped:], self._to_skip - skipped
        self._text(text if text.isascii() else text.encode("latin-1").decode(self._state.code, "replace"))

    def _flush_bytes(self) -> None:
        """Take the letters that bytes in hex stand for."""
        if self._bytes:
            said = bytes(self._bytes).decode(self._state.code, "replace")
            self._bytes.clear()
            self._text(said)

    def _skip_or(self, said: str) -> None:
        """Take a letter that a control word stands for, unless it is the fallback of one before."""
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._text(said)

    def _text(self, said: str) -> None:
        """Take text: into what is captured, or into the paragraph in its style."""
        state = self._state
        if not said or state.skipped or state.capture == "info":
            return
        if state.capture is not None:
            self._captured.setdefault(state.capture, []).append(said)
            return
        if state.hidden:
            return
        shown = html.escape(said)
        for mark, wanted in (
            ("b", state.bold),
            ("i", state.italic),
            ("sup", state.superscript),
            ("sub", state.subscript),
        ):
            shown = f"<{mark}>{shown}</{mark}>" if wanted and said.strip() else shown
        self._flow.line.append(f'<a href="{html.escape(state.link)}">{shown}</a>' if state.link else shown)
