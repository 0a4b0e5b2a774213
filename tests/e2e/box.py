"""A real box on a free port of the loopback address, for tests that are its clients or its killers."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parents[2]
START_LIMIT_S = 60.0
TERMINAL = ("completed", "failed", "canceled")


class Box:
    """A server process on a data folder; it can be killed and started again."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self._log = folder.with_suffix(".log")
        own = {"DATA_DIR": folder, "PORT": self.port, "FAULTS": 1, "LOG_FORMAT": "json", **settings}
        self._environment = {**os.environ, **{f"AXELERED_{name}": str(value) for name, value in own.items()}}
        self.process: subprocess.Popen[bytes] | None = None
        self.key: dict[str, str] = {}
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=70, trust_env=False)

    def start(self) -> float:
        """Start the server; return the seconds until it was ready."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "axelered_box", "serve"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        while time.monotonic() - began < START_LIMIT_S:
            with contextlib.suppress(httpx.HTTPError):
                if self.http.get("/readyz").status_code == 200:
                    return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(f"the box did not start: {self._log.read_text()[-2000:]}")

    def cli(self, *arguments: str) -> str:
        """Run a command on the box's data folder; return its output."""
        done = subprocess.run(
            [sys.executable, "-m", "axelered_box", *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    def open_key(self) -> None:
        """Make a key of the default workspace and use it from now on."""
        self.key = json.loads(self.cli("keys", "create", "--json"))
        self.http.headers["authorization"] = f"Bearer {self.key['secret']}"

    def w(self, path: str) -> str:
        """Return a path below the workspace."""
        return f"/v1/w/{self.key['workspaceId']}{path}"

    def post(self, *files: tuple[str, bytes], config: Any = None, **query: Any) -> dict[str, Any]:
        """Create a run; return it."""
        parts: list[Any] = [("files", file) for file in files]
        if config is not None:
            parts.append(("config", (None, json.dumps(config), "application/json")))
        answer = self.http.post(self.w("/process"), files=parts, params=query)
        answer.raise_for_status()
        made: dict[str, Any] = answer.json()["data"]
        return made

    def run(self, run_id: str, wait_s: float = 0) -> dict[str, Any]:
        """Read a run."""
        answer = self.http.get(self.w(f"/process/{run_id}"), params={"wait": wait_s})
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()["data"]
        return found

    def finish(self, run_id: str, limit_s: float = 60) -> dict[str, Any]:
        """Wait for the end of a run; return it."""
        end = time.monotonic() + limit_s
        while True:
            run = self.run(run_id, max(0.0, min(20.0, end - time.monotonic())))
            if run["status"] in TERMINAL or time.monotonic() > end:
                return run

    def output(self, run: dict[str, Any], role: str, place: int = 0) -> httpx.Response:
        """Fetch an output of a document's parse."""
        return self.http.get(run["outcome"]["documents"][place]["parse"][role]["href"])

    def events(self, run_id: str) -> list[tuple[str, dict[str, Any]]]:
        """Read all events of a run that has ended."""
        text = self.http.get(self.w(f"/process/{run_id}/events")).text
        found = []
        for block in text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in lines:
                found.append((lines["event"], json.loads(lines["data"])))
        return found

    def children(self) -> list[psutil.Process]:
        """Return all descendants of the server."""
        assert self.process is not None
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def kill(self) -> list[psutil.Process]:
        """Kill the server, and only it; return the children it had."""
        assert self.process is not None
        children = self.children()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return children

    def terminate(self, number: signal.Signals) -> float:
        """Ask the server to stop by a signal; return the seconds that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - began

    def rss_bytes(self) -> int:
        """Return the resident memory of the server and all its children."""
        assert self.process is not None
        total = 0
        for process in [psutil.Process(self.process.pid), *self.children()]:
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def memory_bytes(self) -> int:
        """Return the memory of the server and all its children, what they share counted once."""
        assert self.process is not None
        total = 0
        for process in [psutil.Process(self.process.pid), *self.children()]:
            with contextlib.suppress(psutil.Error):
                total += process.memory_full_info().pss
        return total


@contextlib.contextmanager
def running_box(folder: Path, **settings: Any) -> Iterator[Box]:
    """Run a box for the block."""
    box = Box(folder, **settings)
    box.start()
    box.open_key()
    try:
        yield box
    finally:
        box.http.close()
        assert box.process is not None
        doomed = [*box.children()]
        box.process.kill()
        box.process.wait()
        for child in doomed:
            with contextlib.suppress(psutil.Error):
                child.wait(5)


def all_gone(processes: list[psutil.Process], limit_s: float) -> bool:
    """Tell whether processes end within a time; a zombie has ended."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if not any(_runs(process) for process in processes):
            return True
        time.sleep(0.02)
    return False


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
