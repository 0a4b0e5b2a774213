"""How the files and the config of a run come in as multipart/form-data: straight to the store, nothing kept in memory.

Whatever ends the receiving before its time, a refusal or a client that hangs up, erases what was received.
"""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from multipart import (  # type: ignore[import-untyped]  # the package has no types
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)

from axelered_box.domain.errors import InvalidRequest, MalformedBody, UploadTooLarge
from axelered_box.domain.runs import NewFile
from axelered_box.pipeline.config import Checked
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.intake import Incoming, Intake

MEDIA_TYPE = "multipart/form-data"
MAX_CONFIG_BYTES = 1 << 20
MAX_HEADER_BYTES = 8192
MAX_HEADERS = 16
FILE_PARTS = frozenset({"files", "file"})
CONFIG_PART = "config"


class Form(msgspec.Struct, frozen=True):
    """What a form held: a config that is in order, None when there was none, and the stored files in their order."""

    config: Checked | None
    files: list[NewFile]


async def receive_form(
    body: AsyncIterator[bytes], boundary: str, intake: Intake, max_files: int, *, takes_config: bool
) -> Form:
    """Receive a form; raise MalformedBody, InvalidRequest, and what `Incoming` raises. Its files are then stored."""
    form = _Receiving(intake, max_files, takes_config=takes_config)
    parser = PushMultipartParser(boundary, max_header_size=MAX_HEADER_BYTES, max_header_count=MAX_HEADERS)
    try:
        async for piece in body:
            for event in parser.parse(piece):
                await form.take(event)
        parser.close()
        return Form(form.config, form.files)
    except MultipartError as error:
        await to_its_end(form.abort())
        raise MalformedBody(f"The body is no well-formed {MEDIA_TYPE}: {_reason(error)}") from None
    except BaseException:
        await to_its_end(form.abort())
        raise


def boundary_of(content_type: str) -> str:
    """Return the boundary of a form; raise MalformedBody when its type does not tell one."""
    _, options = parse_options_header(content_type)
    boundary: str = options.get("boundary", "")
    if not 1 <= len(boundary) <= 200 or not boundary.isascii():
        raise MalformedBody(f"The header Content-Type must be '{MEDIA_TYPE}; boundary=...'.")
    return boundary


class _Receiving:
    """The parts that have come so far, and the one that is coming."""

    def __init__(self, intake: Intake, max_files: int, *, takes_config: bool) -> None:
        self._intake = intake
        self._max_files = max_files
        self._takes_config = takes_config
        self._incoming: list[Incoming] = []
        self._text: bytearray | None = None
        self.config: Checked | None = None
        self.files: list[NewFile] = []

    async def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the next event of the parser: a part's head, some of its bytes, or its end."""
        if event is None:
            await self._end()
        elif isinstance(event, MultipartSegment):
            self._begin(event)
        elif self._text is None:
            await self._incoming[-1].write(event)
        else:
            self._text += event
            if len(self._text) > MAX_CONFIG_BYTES:
                raise UploadTooLarge(f"The part '{CONFIG_PART}' may have {MAX_CONFIG_BYTES} bytes.")

    async def abort(self) -> None:
        """Erase all files, those that were stored already too."""
        for incoming in self._incoming:
            await incoming.abort()

    def _begin(self, part: MultipartSegment) -> None:
        name = part.name or ""
        if name == CONFIG_PART and self._takes_config:
            if self.config is not None:
                raise InvalidRequest.of(["body", CONFIG_PART], "The part must be there once.", None, "repeated")
            self._text = bytearray()
        elif name in FILE_PARTS:
            self._begin_file(name, part.filename)
        else:
            allowed = ", ".join(["files", "file", *([CONFIG_PART] if self._takes_config else [])])
            raise InvalidRequest.of(
                ["body", name or "(no name)"], f"Unknown part; allowed are {allowed}.", None, "extra_forbidden"
            )

    def _begin_file(self, part: str, name: str | None) -> None:
        if name is None:
            raise InvalidRequest.of(["body", part], "The part must have a filename.", None, "missing")
        if len(self._incoming) >= self._max_files:
            raise InvalidRequest.of(
                ["body", part], f"A request may have {self._max_files} files (MAX_FILES).", None, "too_long"
            )
        self._incoming.append(self._intake.receive(name))

    async def _end(self) -> None:
        if self._text is None:
            self.files.append(await to_its_end(self._incoming[-1].finish()))
            return
        text, self._text = self._text, None
        self.config = self._intake.check(_decoded(text), ["body", CONFIG_PART])


def _decoded(text: bytearray) -> Any:
    """Return the value of the config's text; raise InvalidRequest when it is no JSON."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise InvalidRequest.of(
            ["body", CONFIG_PART], "The config must be a JSON object; this is no valid JSON.", None, "json_invalid"
        ) from None


def _reason(error: MultipartError) -> str:
    """Return what is wrong with a form, for its sender."""
    if isinstance(error, ParserLimitReached):
        return "the headers of a part are too long."
    return "a part, its headers or the closing boundary is broken or missing."
