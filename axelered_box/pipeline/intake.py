"""How runs come in: checked, recorded with their files in one transaction, and rung for."""

import hashlib
import logging
import sqlite3
import unicodedata
from collections.abc import Sequence
from typing import Any

import msgspec

from axelered_box.domain.errors import DiskReserveReached, Erased, InvalidRequest, UnsupportedMediaType, UploadTooLarge
from axelered_box.domain.media_types import detect, refusal
from axelered_box.domain.modules import Json
from axelered_box.domain.runs import NewFile, Run
from axelered_box.pipeline import config as configs
from axelered_box.pipeline.config import Checked
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.tools import Tools
from axelered_box.settings import Settings
from axelered_box.storage import runs
from axelered_box.storage.rows import files_of
from axelered_box.storage.run_records import NewRun
from axelered_box.storage.runs import Accepted
from axelered_box.storage.uploads import Upload, Uploads
from axelered_box.work_queue import Doorbell

HEAD_BYTES = 4096
MAX_NAME_BYTES = 200
RESERVE_FLOOR_BYTES = 1 << 30
RESERVE_SHARE = 0.05
RESERVE_CHECK_BYTES = 16 << 20

log = logging.getLogger(__name__)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a client asks for when it creates a run, its files being stored already."""

    workspace_id: str
    checked: Checked
    files: list[NewFile]
    staged: bool
    idempotency_key: str | None


class Incoming:
    """A file on its way in: its kind is known from its first bytes, its size is watched, its bytes are hashed."""

    def __init__(self, intake: "Intake", upload: Upload, name: str) -> None:
        self._intake = intake
        self._upload = upload
        self._head = bytearray()
        self._checked_bytes = 0
        self._media_type: str | None = None
        self.name = name

    async def write(self, chunk: bytes | bytearray) -> None:
        """Take the next bytes; raise UploadTooLarge, UnsupportedMediaType, DiskReserveReached."""
        if len(self._head) < HEAD_BYTES:
            self._head += chunk[: HEAD_BYTES - len(self._head)]
            if len(self._head) >= HEAD_BYTES:
                self._find_kind()
        most = self._intake.max_upload_bytes
        if self._upload.size_bytes + len(chunk) > most:
            raise UploadTooLarge(
                f"The file has more than {most} bytes (MAX_UPLOAD_BYTES). Split it, or ask the operator for more."
            )
        if self._upload.size_bytes - self._checked_bytes >= RESERVE_CHECK_BYTES:
            self._checked_bytes = self._upload.size_bytes
            self._intake.check_disk(self._upload.size_bytes)
        await self._upload.write(chunk)

    async def finish(self) -> NewFile:
        """Store the file; raise UnsupportedMediaType."""
        self._find_kind()
        stored = await self._upload.finish()
        return NewFile(
            name=self.name,
            object=stored.object,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            media_type=self._media_type or "",
        )

    async def abort(self) -> None:
        """Erase what was received."""
        await self._upload.abort()

    def _find_kind(self) -> None:
        self._media_type = self._media_type or detect(bytes(self._head), self.name)
        if self._media_type is None:
            raise UnsupportedMediaType(refusal(bytes(self._head), self.name))


class Intake:
    """The way in for runs; the faces hand it what they have received."""

    def __init__(self, tools: Tools, executor: Executor, doorbell: Doorbell) -> None:
        self._tools = tools
        self._uploads = Uploads(tools.objects)
        self._executor = executor
        self._doorbell = doorbell
        self.max_upload_bytes = tools.settings.max_upload_bytes
        self.reserve_bytes = reserve_bytes(tools.settings, tools.objects.total_bytes())
        """The free bytes of the disk below which uploads are refused."""

    def check(self, config: Any, loc: Sequence[str | int] = ("body", "config")) -> Checked:
        """Return a config that is in order and that this box can carry out; raise InvalidRequest."""
        return configs.check(config, list(loc), self._tools.models.problems)

    async def check_room(self) -> None:
        """Raise QueueFull or DiskReserveReached before an upload is received."""
        self.check_disk(0)
        await self._tools.database.read(lambda db: runs.check_queue(db, self._tools.settings.queue_limit))

    def check_disk(self, needed_bytes: int) -> None:
        """Raise DiskReserveReached when the disk has no room but its reserve."""
        free, reserve = self._tools.objects.free_bytes(), self.reserve_bytes
        if free < reserve:
            raise DiskReserveReached(
                f"{free} bytes are free and {reserve} are kept in reserve (DISK_RESERVE_BYTES). "
                "Uploads are taken again when runs expire or space is made; reading and deleting go on.",
                freeBytes=free,
                neededBytes=reserve + needed_bytes,
            )

    def receive(self, name: str) -> Incoming:
        """Begin to receive a file."""
        return Incoming(self, self._uploads.begin(), safe_name(name))

    async def create(self, request: Request) -> Accepted:
        """Record a run and ring for its tasks; stored files that it has no use for are erased.

        Raises InvalidRequest, IdempotencyConflict, Erased, QueueFull.
        """
        return await to_its_end(self._create(request))

    async def add_files(self, workspace_id: str, run_id: str, files: list[NewFile]) -> None:
        """Add stored files to an idle run; raise NotFound, Erased, RunNotIdle."""
        await to_its_end(self._add_files(workspace_id, run_id, files))

    async def submit(self, workspace_id: str, run_id: str) -> None:
        """Queue an idle run; harmless when it was queued before. Raises NotFound, Erased, QueueFull, InvalidRequest."""
        limit = self._tools.settings.queue_limit

        def take(db: sqlite3.Connection) -> list[str]:
            run = runs.get(db, workspace_id, run_id)
            if not files_of(db, run_id):
                raise InvalidRequest.of(["body", "files"], "The run has no file. Add files, then submit it.", None)
            return runs.submit(db, workspace_id, run_id, self.check(self._opened(run)).modules, limit)

        self._doorbell.ring(*await self._tools.database.write(take))
        self._tools.notices.tell(run_id)

    async def cancel(self, workspace_id: str, run_id: str) -> None:
        """End a run and the work on it; raise NotFound, Erased, RunEnded."""
        ttl_s, engine = self._tools.settings.ttl_seconds, self._tools.engine
        await self._tools.database.write(lambda db: runs.cancel(db, workspace_id, run_id, ttl_s, engine))
        self._tools.notices.tell(run_id, ended=True)
        await self._executor.cancel_run(run_id)

    async def retry(self, workspace_id: str, run_id: str) -> Accepted:
        """Make a new run of the same files and config; raise NotFound, Erased, RunNotIdle, QueueFull."""
        return await to_its_end(self._retry(workspace_id, run_id))

    async def _create(self, request: Request) -> Accepted:
        checked = request.checked
        if not request.files and not request.staged:
            raise InvalidRequest.of(
                ["body", "files"], "A run needs at least one file, as a part named 'files'.", None, "missing"
            )
        new = self._new_run(request)
        try:
            accepted = await self._tools.database.write(lambda db: runs.create(db, new))
        except BaseException:
            await self._tools.objects.erase([file.object for file in request.files])
            raise
        if accepted.replayed:
            await self._tools.objects.erase([file.object for file in request.files])
        self._doorbell.ring(*accepted.task_ids)
        fields = {"run": accepted.run_id, "files": len(request.files), "modules": list(checked.modules)}
        log.debug("run_accepted", extra={"fields": {**fields, "replayed": accepted.replayed}})
        return accepted

    def _new_run(self, request: Request, retry_of: str | None = None) -> NewRun:
        return NewRun(
            workspace_id=request.workspace_id,
            config=self._tools.sealer.sealed(request.checked.config),
            metadata=request.checked.metadata,
            files=request.files,
            modules=request.checked.modules,
            staged=request.staged,
            idempotency_key=request.idempotency_key,
            fingerprint=_fingerprint(request),
            ttl_s=self._tools.settings.ttl_seconds,
            queue_limit=self._tools.settings.queue_limit,
            retry_of=retry_of,
        )

    async def _add_files(self, workspace_id: str, run_id: str, files: list[NewFile]) -> None:
        most = self._tools.settings.max_files
        try:
            spare = await self._tools.database.write(lambda db: runs.add_files(db, workspace_id, run_id, files, most))
        except BaseException:
            await self._tools.objects.erase([file.object for file in files])
            raise
        await self._tools.objects.erase(spare)

    async def _retry(self, workspace_id: str, run_id: str) -> Accepted:
        run, files = await self._tools.database.read(lambda db: _run_and_files(db, workspace_id, run_id))
        checked = self.check(self._opened(run))
        if not files:
            raise InvalidRequest.of(["body", "files"], "The run has no file, so there is nothing to repeat.", None)
        copies: list[NewFile] = []

        def create(db: sqlite3.Connection) -> Accepted:
            runs.get(db, workspace_id, run_id)
            request = Request(
                workspace_id=workspace_id, checked=checked, files=copies, staged=False, idempotency_key=None
            )
            return runs.create(db, self._new_run(request, retry_of=run_id))

        try:
            for file in files:
                copies.append(await self._copy(file))
            accepted = await self._tools.database.write(create)
        except FileNotFoundError:
            await self._tools.objects.erase([file.object for file in copies])
            raise Erased("The run has just been erased.", runId=run_id) from None
        except BaseException:
            await self._tools.objects.erase([file.object for file in copies])
            raise
        self._doorbell.ring(*accepted.task_ids)
        return accepted

    def _opened(self, run: Run) -> Json:
        """Return a run's config as the client sent it."""
        config: Json = self._tools.sealer.opened(run.config)
        return config

    async def _copy(self, file: NewFile) -> NewFile:
        """Return a file with an object of its own, of the same bytes."""
        name = await self._tools.objects.copy(file.object)
        return NewFile(
            name=file.name, object=name, size_bytes=file.size_bytes, sha256=file.sha256, media_type=file.media_type
        )


def reserve_bytes(settings: Settings, total_bytes: int) -> int:
    """Return the free bytes of a disk of a size below which uploads are refused."""
    return settings.disk_reserve_bytes or max(RESERVE_FLOOR_BYTES, int(total_bytes * RESERVE_SHARE))


def safe_name(name: str) -> str:
    """Return the last part of a file's name without control characters, of at most MAX_NAME_BYTES bytes."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cs")).strip()
    if shown in ("", ".", ".."):
        return "file"
    stem, dot, ending = shown.rpartition(".")
    while len(shown.encode()) > MAX_NAME_BYTES:
        stem, dot, ending = (stem[:-1], dot, ending) if dot and len(ending) < 20 and stem else (shown[:-1], "", "")
        shown = f"{stem}{dot}{ending}"
    return shown


def _fingerprint(request: Request) -> bytes:
    """Return the SHA-256 of what makes two requests the same: config, staged, names and hashes of the files."""
    parts = [
        request.checked.config,
        request.staged,
        [[file.name, file.sha256] for file in request.files],
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).digest()


def _run_and_files(db: sqlite3.Connection, workspace_id: str, run_id: str) -> tuple[Run, list[NewFile]]:
    run = runs.get(db, workspace_id, run_id)
    return run, list(files_of(db, run_id))
