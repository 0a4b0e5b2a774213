"""The model's process answers in turn; each of its ends is a failure with a code, and the next question has another."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from axelered_box.domain.model_wire import ModelReply
from axelered_box.domain.models import Ask, Count, Counted, Generate, Generated
from axelered_box.isolation.model_host import ModelFile, ModelHost

ROOT = Path(__file__).parents[2]
START = "import runpy, sys; sys.path.insert(0, {!r}); runpy.run_module('tests.fake_model', run_name='__main__')"
PROGRAM = [sys.executable, "-c", START.format(str(ROOT))]

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@contextlib.asynccontextmanager
async def fake_host(folder: Path) -> AsyncIterator[ModelHost]:
    host = ModelHost(folder / "model.log", PROGRAM)
    try:
        yield host
    finally:
        await host.stop()


def model(folder: Path, name: str = "small") -> ModelFile:
    file = folder / "a.gguf"
    file.touch()
    return ModelFile(name=name, path=str(file), sha256="h", context_tokens=512)


async def reply_to(host: ModelHost, asked: ModelFile, ask: Ask | str, limit_s: float = 30) -> ModelReply:
    question = Generate(prompt=ask) if isinstance(ask, str) else ask
    return await host.ask(asked, question, threads=contextlib.nullcontext(1), limit_s=limit_s)


def pid(host: ModelHost) -> int:
    """Return the process id, which the fake program tells as its memory."""
    assert host.ready is not None
    return host.ready.memory_bytes


async def test_one_process_answers_all_questions(tmp_path: Path) -> None:
    async with fake_host(tmp_path) as host:
        replies = await asyncio.gather(*(reply_to(host, model(tmp_path), Count(texts=["a b"])) for _ in range(5)))
        first = pid(host)
        again = await reply_to(host, model(tmp_path), "word")

        assert [reply.answer for reply in replies] == [Counted(tokens=[2])] * 5
        assert isinstance(again.answer, Generated)
        assert again.answer.text == "WORD"
        assert pid(host) == first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize(
    ("name", "prompt", "code"),
    [
        ("small", "crash", "model_crashed"),
        ("small", "babble", "model_crashed"),
        ("small", "hang", "model_timed_out"),
        ("broken", "word", "model_broken"),
        ("crashing", "word", "model_crashed"),
    ],
)
async def test_every_bad_end_has_a_code_and_the_next_question_is_answered(
    tmp_path: Path, name: str, prompt: str, code: str
) -> None:
    async with fake_host(tmp_path) as host:
        reply = await reply_to(host, model(tmp_path, name), prompt, limit_s=3 if prompt == "hang" else 30)
        assert reply.failure is not None
        assert reply.failure.code == code

        after = await reply_to(host, model(tmp_path), "word")
        assert isinstance(after.answer, Generated)


async def test_a_model_whose_file_is_gone_is_missing(tmp_path: Path) -> None:
    async with fake_host(tmp_path) as host:
        gone = ModelFile(name="gone", path=str(tmp_path / "gone.gguf"), sha256="h", context_tokens=512)
        reply = await reply_to(host, gone, "word")

        assert reply.failure is not None
        assert reply.failure.code == "model_missing"
        assert "models add" in reply.failure.message


async def test_another_model_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with fake_host(tmp_path) as host:
        await reply_to(host, model(tmp_path, "first"), "word")
        first = pid(host)
        await reply_to(host, model(tmp_path, "second"), "word")

        assert host.ready is not None
        assert host.ready.described.name == "second"
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)


async def test_a_question_that_nobody_waits_for_ends_at_once(tmp_path: Path) -> None:
    async with fake_host(tmp_path) as host:
        await reply_to(host, model(tmp_path), "word")
        hanging = asyncio.create_task(reply_to(host, model(tmp_path), "hang"))
        await asyncio.sleep(0.1)
        first = pid(host)
        hanging.cancel()
        await asyncio.wait({hanging})

        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        reply = await reply_to(host, model(tmp_path), "word")
        assert isinstance(reply.answer, Generated)


SERVER = """
import asyncio, contextlib, sys
from pathlib import Path
from axelered_box.domain.models import Generate
from axelered_box.isolation.model_host import ModelFile, ModelHost
from tests.process.test_model_host import PROGRAM

async def main():
    file = Path(sys.argv[1]) / "a.gguf"
    file.touch()
    host = ModelHost(file.with_suffix(".log"), PROGRAM)
    model = ModelFile(name="small", path=str(file), sha256="h", context_tokens=512)
    for prompt in ("word", "hang"):
        asked = host.ask(model, Generate(prompt=prompt), threads=contextlib.nullcontext(1), limit_s=60)
        task = asyncio.create_task(asked)
        await asyncio.wait({task}, timeout=0.5 if prompt == "hang" else None)
        print(host.ready.memory_bytes, flush=True)
    await task

asyncio.run(main())
"""


def test_a_model_at_work_does_not_outlive_a_box_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as box:
        assert box.stdout is not None
        lines = [box.stdout.readline() for _ in range(2)]
        model_pid = int(lines[1])
        box.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 2
    while _runs(model_pid):
        assert time.monotonic() < deadline, "the model goes on"
        time.sleep(0.02)


def _runs(process: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


async def test_threads_are_taken_when_the_turn_comes(tmp_path: Path) -> None:
    taken: list[str] = []

    @contextlib.contextmanager
    def threads(name: str) -> Iterator[int]:
        taken.append(name)
        yield 1

    async with fake_host(tmp_path) as host:
        await reply_to(host, model(tmp_path), "word")
        tasks = [
            asyncio.create_task(host.ask(model(tmp_path), Generate(prompt=prompt), threads=threads(prompt), limit_s=30))
            for prompt in ("hang", "word")
        ]
        await asyncio.sleep(0.3)
        assert taken == ["hang"]
        tasks[0].cancel()
        await asyncio.wait(tasks)
        assert taken == ["hang", "word"]
