"""Page images for viewers: made by a child when first asked for, then kept until the run is erased."""

import asyncio
import sqlite3
import time

import msgspec

from axelered_box.domain.errors import NotFound, ParsersUnavailable
from axelered_box.domain.modules import Step, StepLimits, StepMessage
from axelered_box.domain.runs import File
from axelered_box.isolation import supervisor
from axelered_box.isolation.fork_server import ServerLost, ServerUnavailable
from axelered_box.pipeline.asking import no_model
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import runs
from axelered_box.storage.rows import files_of

PREVIEW_S = 60.0
PREVIEW_CPU_S = 60
AT_ONCE = 2
MODULE = "preview"
OUTPUT = "page.png"
SEARCHABLE_ROLE = "searchablePdf"


class _Source(msgspec.Struct, frozen=True):
    """What a page image is made from, and the one that is there already."""

    file: File
    object: str
    media_type: str
    made: str | None
    password: str | None


class Previews:
    """Makes page images, a few at a time, beside the slots of the tasks: a viewer waits for them."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def page(self, workspace_id: str, run_id: str, name: str, page: int, width: int) -> str:
        """Return the object that is a page (from 1) of a file as a PNG so many pixels wide; raise NotFound, Erased."""

        def look(db: sqlite3.Connection) -> _Source:
            return _source(db, workspace_id, run_id, name, page, width)

        source = await self._tools.database.read(look)
        if source.made is not None:
            return source.made
        async with self._turn:
            source = await self._tools.database.read(look)
            if source.made is not None:
                return source.made
            return await to_its_end(self._make(workspace_id, run_id, source, page, width))

    async def _make(self, workspace_id: str, run_id: str, source: _Source, page: int, width: int) -> str:
        tools = self._tools
        message = StepMessage(
            module=MODULE,
            step=Step(pages=[page - 1], state={"width": width}),
            options=tools.sealer.opened({"password": source.password}),
            file_name=source.file.name,
            media_type=source.media_type,
            limits=StepLimits(
                memory_bytes=tools.settings.task_memory_bytes, max_pages=tools.settings.max_pages, cpu_s=PREVIEW_CPU_S
            ),
        )
        times = supervisor.Times(deadline_s=time.monotonic() + PREVIEW_S, page_s=PREVIEW_S, silence_s=PREVIEW_S)
        async with tools.objects.work_folder(source.object, []) as folder:
            try:
                end = await supervisor.run(tools.server, folder, message, times, lambda _: None, no_model)
            except (ServerLost, ServerUnavailable):
                raise ParsersUnavailable("The page image cannot be made just now. Ask again.") from None
            if end.result is None:
                message_for_user = end.failure.message if end.failure else "There is no image of this page."
                raise NotFound(message_for_user)
            stored = (await tools.objects.adopt(folder / "out", [OUTPUT]))[0]

        def keep(db: sqlite3.Connection) -> str:
            runs.get(db, workspace_id, run_id)
            values = {"file": source.file.id, "page": page, "width": width, "object": stored.object}
            db.execute(
                "INSERT OR IGNORE INTO previews (file_id, page, width, object) VALUES (:file, :page, :width, :object)",
                values,
            )
            kept = "SELECT object FROM previews WHERE file_id = :file AND page = :page AND width = :width"
            found: str = db.execute(kept, values).fetchone()["object"]
            return found

        try:
            kept = await tools.database.write(keep)
        except BaseException:
            await tools.objects.erase([stored.object.split("/")[0]])
            raise
        if kept != stored.object:  # another request for the same image was faster
            await tools.objects.erase([stored.object.split("/")[0]])
        return kept


def _source(db: sqlite3.Connection, workspace_id: str, run_id: str, name: str, page: int, width: int) -> _Source:
    """Return what to make an image from: the searchable PDF of a file that has one, else the file itself."""
    run = runs.get(db, workspace_id, run_id)
    file = next((file for file in files_of(db, run_id) if file.name == name), None)
    if file is None:
        raise NotFound("The run has no file of this name. The run's 'files' lists those it has.")
    if page < 1 or (file.pages is not None and page > file.pages):
        raise NotFound(f"The file has no page {page}; it has {file.pages or 'no known number of'} pages.")
    made = db.execute(
        "SELECT object FROM previews WHERE file_id = :file AND page = :page AND width = :width",
        {"file": file.id, "page": page, "width": width},
    ).fetchone()
    searchable = db.execute(
        "SELECT object, media_type FROM outputs JOIN tasks ON tasks.id = outputs.task_id"
        " WHERE tasks.file_id = :file AND role = :role",
        {"file": file.id, "role": SEARCHABLE_ROLE},
    ).fetchone()
    source, kind = (searchable["object"], searchable["media_type"]) if searchable else (file.object, file.media_type)
    password = None if searchable else (run.options.get("parserConfig") or {}).get("password")
    return _Source(file=file, object=source, media_type=kind, made=made["object"] if made else None, password=password)
