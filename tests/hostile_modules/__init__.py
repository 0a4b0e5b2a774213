"""Modules that misbehave in every way a child can, so that failure is tested by failing."""

import os
import signal
import subprocess
import time
from pathlib import Path

from axelered_box.domain.models import Model
from axelered_box.domain.modules import Json, OutputFile, Progress, Refusal, Run, StepMessage, StepResult


def _answer(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    progress.pages_total(1)
    text = (folder / message.input).read_text("utf-8")
    (folder / message.output / "a.txt").write_text(text.upper(), "utf-8")
    (folder / message.output / "stray.txt").write_text("not named", "utf-8")
    output = OutputFile(role="text", name="a.txt", media_type="text/plain")
    return StepResult(outputs=[output], result={"status": "completed"}, document={"pages": 1})


def _ask(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    return StepResult(result={"words": model.count(["a b", "a b c"])})


def _ask_and_die(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    return StepResult(result={"tokens": model.count(["a long question"])})


def _ask_in_vain(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    model.describe()
    raise AssertionError


def _refuse(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    raise Refusal("too_odd", "The file is too odd. Send another.", page=2)


def _raise(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    raise LookupError("secret words of the document")


def _crash(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    os.abort()


def _leave(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    os._exit(0)


def _hang(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    time.sleep(3600)
    raise AssertionError


def _hang_on_page(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    progress.pages_total(3)
    progress.page_started(1)
    while True:
        progress.alive()
        time.sleep(0.05)


def _fill_memory(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    taken = []
    while True:
        taken.append(b"x" * (16 << 20))


def _bring_grandchildren(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    for _ in range(3):
        process = subprocess.Popen(["sleep", "3600"])
        (folder.parent / f"grandchild-{process.pid}").touch()
    time.sleep(3600)
    raise AssertionError


def _leave_grandchild(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    process = subprocess.Popen(["sleep", "3600"])
    (folder.parent / f"grandchild-{process.pid}").touch()
    return StepResult(result={})


def _babble(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"no line of the wire\n")
        except OSError:
            continue
    time.sleep(3600)
    raise AssertionError


def _show_world(message: StepMessage, folder: Path, progress: Progress, model: Model) -> StepResult:
    print("a library prints")
    seen: Json = {
        "environment": dict(os.environ),
        "cwd": str(Path.cwd()),
        "nice": os.nice(0),
        "descriptors": len(os.listdir("/proc/self/fd")),
        "session": os.getsid(0) == os.getpid(),
    }
    return StepResult(result=seen)


RUNS: dict[str, Run] = {
    "answer": _answer,
    "ask": _ask,
    "ask_and_die": _ask_and_die,
    "ask_in_vain": _ask_in_vain,
    "refuse": _refuse,
    "raise": _raise,
    "crash": _crash,
    "leave": _leave,
    "hang": _hang,
    "hang_on_page": _hang_on_page,
    "fill_memory": _fill_memory,
    "bring_grandchildren": _bring_grandchildren,
    "leave_grandchild": _leave_grandchild,
    "babble": _babble,
    "show_world": _show_world,
}
