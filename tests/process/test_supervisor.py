"""Every end of a child is one outcome, and nothing of it is left."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from axelered_box.domain.model_wire import ModelReply
from axelered_box.domain.models import Ask
from axelered_box.domain.modules import Json
from axelered_box.isolation import supervisor
from axelered_box.isolation.fork_server import ForkServer
from tests.samples.hostile_server import answer, end_of, gone, grandchildren, message, run, times, work_folder


def test_an_answer_brings_its_result_and_files(tmp_path: Path) -> None:
    """A module that answers has its result, its progress and its peak memory taken over."""
    progress: list[Json] = []

    async def work(server: ForkServer) -> None:
        folder = work_folder(tmp_path)
        end = await supervisor.run(server, folder, message("answer"), times(), progress.append, answer)

        assert end.failure is None
        assert end.result is not None and end.result.outputs[0].name == "a.txt"
        assert (folder / "out" / "a.txt").read_text("utf-8") == "WORDS"
        assert progress == [{"pagesTotal": 1}]
        assert end.peak_memory_bytes > 1 << 20

    run(tmp_path, work)


def test_a_child_asks_the_model_over_its_wire(tmp_path: Path) -> None:
    """What it asks is answered while it works, and what has no answer is the task's failure."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "ask")
        assert end.result is not None
        assert end.result.result == {"words": [2, 3]}

        end = await end_of(server, tmp_path, "ask_in_vain")
        assert end.failure is not None
        assert (end.failure.code, end.of_child) == ("model_missing", False)

    run(tmp_path, work)


def test_what_a_child_asked_is_given_up_when_it_ends(tmp_path: Path) -> None:
    """Its end is told at once, and the model is not kept busy for nobody."""
    given_up: list[float] = []

    async def slowly(_: Ask) -> ModelReply:
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            given_up.append(time.monotonic())
            raise
        return ModelReply()

    async def work(server: ForkServer) -> None:
        await server.warm()
        began = time.monotonic()
        folder = work_folder(tmp_path)
        end = await supervisor.run(server, folder, message("ask_and_die"), times(), lambda _: None, slowly)
        assert end.failure is not None
        assert (end.failure.code, end.of_child) == ("crashed", True)
        assert given_up
        assert given_up[0] - began < 5

    run(tmp_path, work)


@pytest.mark.parametrize(
    ("module", "code", "of_child"),
    [
        ("refuse", "too_odd", False),
        ("raise", "module_error", True),
        ("crash", "crashed", True),
        ("leave", "crashed", True),
        ("fill_memory", "out_of_memory", True),
        ("babble", "unreadable_answer", True),
    ],
)
def test_each_end_has_its_code(tmp_path: Path, module: str, code: str, of_child: bool) -> None:
    """A child that refuses, fails, crashes, runs out of memory or babbles ends with a code of its own."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, module)

        assert end.failure is not None
        assert (end.failure.code, end.of_child) == (code, of_child)
        assert "secret" not in end.failure.message

    run(tmp_path, work)


@pytest.mark.parametrize(
    ("module", "limits", "code", "page"),
    [
        ("hang", (1.0, 30.0, 30.0), "task_timed_out", None),
        ("hang", (30.0, 30.0, 1.0), "no_progress", None),
        ("hang_on_page", (30.0, 1.0, 30.0), "page_timed_out", 2),
    ],
)
def test_each_time_limit_ends_a_child(
    tmp_path: Path, module: str, limits: tuple[float, float, float], code: str, page: int | None
) -> None:
    """The limits of the task, of a page and of silence each end a child soon after they are reached."""

    async def work(server: ForkServer) -> None:
        began = time.monotonic()
        end = await end_of(server, tmp_path, module, times(*limits))

        assert end.failure is not None
        assert (end.failure.code, end.failure.page) == (code, page)
        assert end.task_out_of_time == (code == "task_timed_out")
        assert time.monotonic() - began < 10

    run(tmp_path, work)


def test_cancel_ends_the_whole_group(tmp_path: Path) -> None:
    """Cancelling the supervisor ends the child and what it started, before the cancellation is through."""

    async def work(server: ForkServer) -> None:
        job = asyncio.create_task(end_of(server, tmp_path, "bring_grandchildren"))
        pids = await grandchildren(tmp_path, 3)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        await gone(pids)

    run(tmp_path, work)


def test_what_an_answering_child_started_is_ended_too(tmp_path: Path) -> None:
    """A process that a child leaves behind when it has answered is ended with its group."""

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "leave_grandchild")

        assert end.failure is None
        await gone(await grandchildren(tmp_path, 1))

    run(tmp_path, work)


def test_a_child_has_a_world_of_its_own(tmp_path: Path) -> None:
    """A child has an allow-listed environment, its folder as working directory, few descriptors, low priority."""
    os.environ["AXELERED_SECRET_OF_THE_TEST"] = "x"

    async def work(server: ForkServer) -> None:
        end = await end_of(server, tmp_path, "show_world")

        assert end.result is not None and end.result.result is not None
        seen = end.result.result
        assert "AXELERED_SECRET_OF_THE_TEST" not in seen["environment"]
        assert seen["environment"]["HOME"] == seen["cwd"]
        assert seen["cwd"].startswith(str(tmp_path))
        assert seen["nice"] >= 15
        assert seen["descriptors"] <= 6
        assert seen["session"] is True
        assert "a library prints" in end.log

    try:
        run(tmp_path, work)
    finally:
        del os.environ["AXELERED_SECRET_OF_THE_TEST"]
