"""The store keeps what it says it keeps, for its owner only, and drops the rest."""

import asyncio
import hashlib
import stat
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from axelered_box.storage.objects import Objects, OutputMissing
from axelered_box.storage.uploads import BUFFER_BYTES, Uploads


def with_store(tmp_path: Path, work: Callable[[Objects], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine with a fresh store."""

    async def body() -> None:
        store = Objects(tmp_path)
        store.prepare()
        await work(store)
        store.close()

    asyncio.run(body())


@pytest.mark.parametrize("size", [0, 10, BUFFER_BYTES, 3 * BUFFER_BYTES + 7])
def test_an_upload_becomes_an_object(tmp_path: Path, size: int) -> None:
    """Bytes of any size are stored under a random name with their hash, readable by the owner alone."""

    async def work(store: Objects) -> None:
        content = b"x" * size
        upload = Uploads(store).begin()
        for start in range(0, size, 300_000):
            await upload.write(content[start : start + 300_000])
        stored = await upload.finish()

        path = store.path(stored.object)
        assert path.read_bytes() == content
        assert (stored.size_bytes, stored.sha256) == (size, hashlib.sha256(content).hexdigest())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(store.staging.iterdir()) == []

    with_store(tmp_path, work)


def test_an_aborted_upload_leaves_nothing(tmp_path: Path) -> None:
    """Before and after it was finished, abort erases all bytes."""

    async def work(store: Objects) -> None:
        begun = Uploads(store).begin()
        await begun.write(b"y" * 2 * BUFFER_BYTES)
        await begun.abort()
        ended = Uploads(store).begin()
        await ended.finish()
        await ended.abort()

        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    with_store(tmp_path, work)


def test_uploads_that_end_together_fail_alone(tmp_path: Path) -> None:
    """Of uploads that are finished in one group, one that cannot be moved has its error and the others are stored."""

    async def work(store: Objects) -> None:
        together = Uploads(store)
        uploads = [together.begin() for _ in range(20)]
        for place, upload in enumerate(uploads):
            await upload.write(b"%d" % place)
        (store.staging / uploads[7]._name).mkdir()
        ends = await asyncio.gather(*[upload.finish() for upload in uploads], return_exceptions=True)

        assert [place for place, end in enumerate(ends) if isinstance(end, OSError)] == [7]
        assert len(store.names()) == 19

    with_store(tmp_path, work)


def test_only_named_plain_files_of_a_task_are_kept(tmp_path: Path) -> None:
    """Files that a task made beside its outputs are dropped; a link or a missing file is refused."""

    async def work(store: Objects) -> None:
        folder = tmp_path / "made"
        (folder / "sub").mkdir(parents=True)
        (folder / "a.md").write_text("a")
        (folder / "stray").write_text("stray")
        stored = await store.adopt(folder, ["a.md"])

        assert [path.name for path in store.path(stored[0].object).parent.iterdir()] == ["a.md"]
        for name in ("link", "absent"):
            other = tmp_path / name
            other.mkdir()
            (other / "link").symlink_to("/etc/passwd")
            with pytest.raises(OutputMissing):
                await store.adopt(other, [name])

    with_store(tmp_path, work)


def test_a_start_empties_staging_and_work(tmp_path: Path) -> None:
    """What a killed process left on its way in, or at work, is gone at the next start."""

    async def work(store: Objects) -> None:
        (store.staging / "half").write_text("x")
        (store.work / "task").mkdir()
        store.prepare()

        assert list(store.staging.iterdir()) == list(store.work.iterdir()) == []

    with_store(tmp_path, work)


def test_a_work_folder_lives_as_long_as_its_block(tmp_path: Path) -> None:
    """Input and kept folders are there inside the block; afterwards only the objects are."""

    async def work(store: Objects) -> None:
        upload = Uploads(store).begin()
        await upload.write(b"words")
        stored = await upload.finish()
        made = tmp_path / "made"
        made.mkdir()
        (made / "evidence").write_text("e")
        kept = (await store.adopt(made, ["evidence"]))[0].object.split("/")[0]
        async with store.work_folder(stored.object, [("000000", kept)]) as folder:
            assert (folder / "input").read_bytes() == b"words"
            assert (folder / "kept" / "000000" / "evidence").read_text() == "e"
            assert (folder / "out").is_dir()

        assert list(store.work.iterdir()) == []
        assert store.names() == {stored.object, kept}

    with_store(tmp_path, work)
