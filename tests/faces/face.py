"""The REST face on a real database and object store; tasks are done by the test itself, not by children."""

import asyncio
import contextlib
import hashlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx

from axelered_box.api import create_app
from axelered_box.domain.runs import Output, State
from axelered_box.egress import Egress
from axelered_box.isolation.model_host import ModelHost
from axelered_box.llm.catalog import CatalogModel, Facts
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.intake import Intake
from axelered_box.pipeline.models import Models
from axelered_box.pipeline.notices import Notices
from axelered_box.pipeline.parts import Parts
from axelered_box.pipeline.previews import Previews
from axelered_box.pipeline.tools import Tools
from axelered_box.s3.links import Links
from axelered_box.settings import Settings
from axelered_box.storage import tasks, workspaces
from axelered_box.storage.database import Database
from axelered_box.storage.objects import Objects
from axelered_box.storage.sealing import Sealer

BASE = "http://localhost"
NOTE = ("note.txt", b"Some words of a note.")
NOBODY = "0190a0b0-0000-7000-8000-000000000000"
MARKDOWN = b"# A note\n\nSome words of a note.\n"


MODEL = CatalogModel(
    facts=Facts(
        name="small",
        sha256="0" * 64,
        size_bytes=1,
        architecture="llama",
        licence="Apache-2.0",
        context_tokens=2048,
    ),
    path=Path("small.gguf"),
    added=False,
)


class Bell:
    """A doorbell that nobody hears."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.heard = asyncio.Event()
        self.waiting = 0

    def ring(self, *names: str) -> None:
        self.rung += names
        self.heard.set()


class Server:
    """A fork server that has nothing to do."""

    def __init__(self, alive: bool = True) -> None:
        self.alive = alive
        self.versions = {"pymupdf": "2.0"}


class Face:
    """A face with a client of its default workspace, and what a worker would do."""

    def __init__(self, parts: Parts, bell: Bell, workspace: str, key: str, server_key: str) -> None:
        self.parts = parts
        self.bell = bell
        self.app: Any = create_app(parts)
        self.workspace = workspace
        self.key = key
        self.http = self.client(key)
        self.server = self.client(server_key)

    def client(self, key: str | None) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False), base_url=BASE, headers=headers
        )

    def w(self, tail: str = "") -> str:
        return f"/v1/w/{self.workspace}{tail}"

    async def create(self, *files: tuple[str, bytes], config: bytes | None = None, **query: Any) -> httpx.Response:
        parts: list[tuple[str, Any]] = [("files", file) for file in files or (NOTE,)]
        if config is not None:
            parts.append(("config", (None, config)))
        return await self.http.post(self.w("/process"), files=parts, params=query)

    async def created(self, *files: tuple[str, bytes], **query: Any) -> str:
        answer = await self.create(*files, **query)
        assert answer.status_code == 202, answer.text
        run_id: str = answer.json()["data"]["id"]
        return run_id

    async def finish(self, run_id: str, *names: str) -> None:
        """Do all tasks of a run; `names` are the outputs of each, ``document.md`` when none is named."""
        tools = self.parts.tools
        pending = await tools.database.read(
            lambda db: [row["id"] for row in db.execute("SELECT id FROM tasks WHERE run_id = ? ORDER BY id", [run_id])]
        )
        for task_id in pending:
            claim = await tools.database.write(lambda db, task_id=task_id: tasks.claim(db, task_id))
            assert claim is not None
            made = [self._output(claim.file.name, name) for name in names or ("document.md",)]
            finished = tasks.Finished(
                state=State.COMPLETED,
                result={"ocrPages": []},
                outputs=made,
                pages=2,
                pages_read=2,
                new_pages=[0, 1],
                seconds=0.1,
                peak_memory_bytes=1,
            )
            ended = await tools.database.write(
                lambda db, claim=claim, finished=finished: tasks.finish(db, claim, finished, 86_400, tools.engine)
            )
            tools.notices.tell(run_id, ended=ended)

    def kept(self) -> list[str]:
        """Return the names of all bytes on disk, stored or on their way in."""
        objects = self.parts.tools.objects
        return [path.name for folder in (objects.staging, objects.objects) for path in folder.iterdir()]

    def _output(self, file: str, name: str) -> Output:
        folder = secrets.token_hex(16)
        path = self.parts.tools.objects.path(folder)
        path.mkdir()
        (path / "made").write_bytes(MARKDOWN)
        return Output(
            key=f"{file}/parse/{name}",
            role=name,
            object=f"{folder}/made",
            size_bytes=len(MARKDOWN),
            sha256=hashlib.sha256(MARKDOWN).hexdigest(),
            media_type="text/markdown",
        )


@contextlib.asynccontextmanager
async def open_face(folder: Path, server: Server | None = None, **settings: Any) -> AsyncIterator[Face]:
    """Build a face on a fresh folder for the block."""
    chosen = Settings(data_dir=str(folder), **{"workers": 1, "disk_reserve_bytes": 1, **settings})
    objects = Objects(folder)
    objects.prepare()
    database = await Database.open(folder / "box.db")
    egress = Egress(chosen.egress_allow, "EGRESS_ALLOW")
    tools = Tools(
        database=database,
        objects=objects,
        server=server or Server(),  # type: ignore[arg-type]  # a fake
        slots=None,  # type: ignore[arg-type]  # no task is executed
        notices=Notices(),
        settings=chosen,
        engine={"version": "0"},
        host=ModelHost(folder / "model.log"),
        models=Models(chosen, egress, lambda _: [MODEL]),
        egress=egress,
        sealer=Sealer(b"k" * 32),
    )
    bell = Bell()
    executor = Executor(tools, bell.ring)
    parts = Parts(
        tools=tools,
        intake=Intake(tools, executor, bell),  # type: ignore[arg-type]  # a fake
        executor=executor,
        doorbell=bell,  # type: ignore[arg-type]  # a fake
        previews=Previews(tools),
        presign=Links(b"k" * 32).presign,
    )
    workspace = await database.write(workspaces.default_workspace)
    key = await database.write(lambda db: workspaces.create_key(db, workspace.id, "test", None))
    server_key = await database.write(lambda db: workspaces.create_key(db, None, "server", None))
    try:
        yield Face(parts, bell, workspace.id, key.secret, server_key.secret)
    finally:
        await database.close()
        objects.close()


def code(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "code", "instance"} <= body.keys()
    assert body["status"] == answer.status_code
    assert body["instance"] == answer.headers["x-request-id"]
    return answer.status_code, body["code"]


def refused(answer: httpx.Response) -> list[list[str | int]]:
    """Return where the wrong members of a refused request are."""
    assert answer.status_code == 422, answer.text
    return [problem["loc"] for problem in answer.json()["detail"]]
