"""Start-up and wiring: the parts of a box are built here, and nowhere else."""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from axelered_box import __version__
from axelered_box.delivery.deliver import Deliverer
from axelered_box.domain.modules import Json
from axelered_box.egress import Egress
from axelered_box.isolation.fork_server import ForkServer
from axelered_box.isolation.model_host import ModelHost
from axelered_box.isolation.slots import Slots
from axelered_box.pipeline import expiry, recovery
from axelered_box.pipeline.clock import Clock
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.intake import Intake
from axelered_box.pipeline.models import Models
from axelered_box.pipeline.notices import Notices
from axelered_box.pipeline.parts import Parts
from axelered_box.pipeline.previews import Previews
from axelered_box.pipeline.tools import Tools
from axelered_box.s3.links import Links
from axelered_box.settings import Settings
from axelered_box.storage import key_file, workspaces
from axelered_box.storage.database import Database
from axelered_box.storage.objects import FOLDER_MODE, Objects
from axelered_box.storage.sealing import Sealer
from axelered_box.work_queue import Doorbell

if TYPE_CHECKING:  # the types alone; the command line does without the web
    from litestar.types import ASGIApp, Receive, Scope, Send

DATABASE_NAME = "box.db"
QUEUE_NAME = "queue.db"
LOCK_NAME = "instance.lock"
CHILD_LOG_NAME = "children.log"
MODEL_LOG_NAME = "model.log"
RECOVERY_S = 2.0
HEALTH_S = 10.0
DRAIN_S = 30
KEEP_ALIVE_S = 75

log = logging.getLogger(__name__)


class AlreadyRunning(Exception):
    """Another box works on the same data folder."""


@contextlib.asynccontextmanager
async def open_box(settings: Settings) -> AsyncIterator[Parts]:
    """Run a box for the block: its database, queue, children and periodic work.

    Raises AlreadyRunning, UnusableDatabase. What was opened is closed in the reverse order, whatever happens.
    """
    folder = prepare_folder(settings)
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(_locked(folder))
        database = await Database.open(folder / DATABASE_NAME)
        stack.push_async_callback(database.close)
        objects = Objects(folder)
        objects.prepare()
        stack.callback(objects.close)
        server = ForkServer(folder / CHILD_LOG_NAME)
        stack.push_async_callback(server.stop)
        await server.start()
        await database.write(workspaces.default_workspace)
        host = ModelHost(folder / MODEL_LOG_NAME)
        stack.push_async_callback(host.stop)
        egress = Egress(settings.egress_allow, "EGRESS_ALLOW")
        models = Models(settings, egress)
        tools = Tools(
            database=database,
            objects=objects,
            server=server,
            host=host,
            models=models,
            egress=egress,
            slots=Slots(settings.workers),
            notices=Notices(),
            settings=settings,
            engine=engine(models),
            sealer=Sealer(key_file.load_or_make(folder)),
        )
        yield await _work(stack, tools, folder)


async def _work(stack: contextlib.AsyncExitStack, tools: Tools, folder: Path) -> Parts:
    """Start what works on runs; it is stopped with the stack."""

    def ring(*task_ids: str) -> None:
        doorbell.ring(*task_ids)

    settings, executor = tools.settings, Executor(tools, ring)
    doorbell = Doorbell(folder / QUEUE_NAME, "work", settings.workers, executor.execute)
    stack.push_async_callback(doorbell.stop)
    chores = _chores(tools, executor, doorbell, folder)
    stack.push_async_callback(chores.stop)
    stack.push_async_callback(executor.stop)
    await recovery.at_start(tools, doorbell)
    doorbell.start()
    chores.start()
    hooks = Egress(settings.webhook_allow, "WEBHOOK_ALLOW", public=True)
    deliverer = Deliverer(tools.database, hooks, tools.sealer, settings, tools.notices.ends)
    stack.push_async_callback(deliverer.stop)
    deliverer.start()
    timer = asyncio.create_task(_ring_in_time(chores, doorbell, settings))
    stack.callback(timer.cancel)
    return Parts(
        tools=tools,
        intake=Intake(tools, executor, doorbell),
        executor=executor,
        doorbell=doorbell,
        previews=Previews(tools),
        presign=Links(key_file.load_or_make(folder)).presign,
        webhook_egress=hooks,
        wake_deliveries=deliverer.wake,
    )


async def serve(settings: Settings) -> None:
    """Run a box and its HTTP faces until SIGTERM or SIGINT ends it; a second signal does not wait for clients."""
    import uvicorn  # noqa: PLC0415  # the command line does without the web

    class Server(uvicorn.Server):
        """A server that leaves the signals to the box, and tells those who wait before it waits for them."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Take no signal: uvicorn's own way ends the process before the box has closed."""
            yield

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            """Stop taking requests and wait for those under way."""
            parts.tools.notices.wake_all()
            await super().shutdown(sockets)

    async with open_box(settings) as parts:
        config = uvicorn.Config(
            _faces(parts, settings),
            host=settings.host,
            port=settings.port,
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            date_header=True,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=DRAIN_S,
            h11_max_incomplete_event_size=16_384,
        )
        server = Server(config)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.handle_exit, number, None)
        log.info("serving", extra={"fields": {"address": f"http://{settings.host}:{settings.port}"}})
        await server.serve()
    log.info("stopped")


def prepare_folder(settings: Settings) -> Path:
    """Make the data folder, for its owner only."""
    os.umask(0o077)
    folder = Path(settings.data_dir)
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    return folder


def _faces(parts: Parts, settings: Settings) -> "ASGIApp":
    """Return the one application of the port: signed requests go to the bucket, all others to the API."""
    from axelered_box import api, s3  # noqa: PLC0415  # the command line does without the web

    links = Links(key_file.load_or_make(Path(settings.data_dir)))
    bucket, rest = s3.create_app(parts, links), api.create_app(parts)

    async def switch(scope: "Scope", receive: "Receive", send: "Send") -> None:
        await (bucket if s3.is_signed(scope) else rest)(scope, receive, send)

    return switch


def engine(models: Models) -> Json:
    """Return what an outcome says of the programs that made it."""
    return {
        "version": __version__,
        "ocr": f"ocrmypdf {metadata.version('ocrmypdf')}",
        "parser": f"pymupdf {metadata.version('pymupdf')}",
        "model": models.default,
        "seed": 0,
    }


def _chores(tools: Tools, executor: Executor, doorbell: Doorbell, folder: Path) -> Doorbell:
    """Return the doorbell of the periodic work, which has a worker thread of its own."""
    clock = Clock()
    chores: dict[str, Callable[[], Awaitable[None]]] = {
        "recovery": lambda: recovery.sweep(tools, executor, doorbell),
        "expiry": lambda: expiry.sweep_unless_moved(tools, clock),
    }
    return Doorbell(folder / QUEUE_NAME, "chores", 1, lambda name: chores[name]())


async def _ring_in_time(chores: Doorbell, doorbell: Doorbell, settings: Settings) -> None:
    """Ring for the periodic work at its intervals, until cancelled."""
    loop = asyncio.get_running_loop()
    intervals = {"recovery": RECOVERY_S, "expiry": settings.sweep_seconds, "health": HEALTH_S}
    due = {name: loop.time() + interval for name, interval in intervals.items()}
    while True:
        await asyncio.sleep(max(0.0, min(due.values()) - loop.time()))
        for name in [name for name, instant in due.items() if instant <= loop.time()]:
            due[name] = loop.time() + intervals[name]
            if name == "health":
                doorbell.check_health()
                chores.check_health()
            else:
                chores.ring(name)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the instance lock of a data folder; raise AlreadyRunning."""
    with (folder / LOCK_NAME).open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Another box works on {folder}. Stop it, or give this one a folder of its own (DATA_DIR)."
            ) from None
        yield
