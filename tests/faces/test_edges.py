"""Edges of runs: nothing is queued that could never end, no limit is passed in steps, pages are counted as asked."""

import asyncio
from pathlib import Path

from axelered_box.domain.runs import State
from axelered_box.storage import runs, tasks
from tests.faces.face import open_face, refused


def test_a_run_without_files_is_not_repeated(tmp_path: Path) -> None:
    """Retrying an empty idle run is refused, since the new run could never end."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = await face.http.post(face.w("/process"), params={"staged": "true"}, json={"config": {}})
            run_id = made.json()["data"]["id"]
            answer = await face.http.post(face.w(f"/process/{run_id}/retry"))

            assert refused(answer) == [["body", "files"]]
            assert (await face.http.get(face.w("/process"))).json()["data"]["total"] == 1

    asyncio.run(body())


def test_the_limit_of_files_holds_over_several_posts(tmp_path: Path) -> None:
    """A staged run takes no more files in steps than at once, and what is refused leaves no bytes."""

    async def body() -> None:
        async with open_face(tmp_path, max_files=3) as face:
            run_id = await face.created(("1.txt", b"1"), ("2.txt", b"2"), staged="true")
            parts = [("files", (f"{number}.txt", b"%d" % number)) for number in (3, 4)]
            answer = await face.http.post(face.w(f"/process/{run_id}/files"), files=parts)

            assert refused(answer) == [["body", "files"]]
            assert (await face.http.get(face.w(f"/process/{run_id}"))).json()["data"]["files"] == ["1.txt", "2.txt"]
            assert len(face.kept()) == 2

    asyncio.run(body())


def test_pages_that_were_asked_for_are_the_ones_counted(tmp_path: Path) -> None:
    """Of a document of six pages of which two were read, two count as done; the document still has six."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            database = face.parts.tools.database
            claim = await database.write(lambda db: tasks.claim(db, face.bell.rung[0]))
            assert claim is not None
            finished = tasks.Finished(
                state=State.COMPLETED,
                result={},
                outputs=[],
                pages=6,
                pages_read=2,
                new_pages=[0, 1],
                seconds=0.1,
                peak_memory_bytes=1,
            )
            await database.write(lambda db: tasks.finish(db, claim, finished, 60, {}))
            view = await database.read(lambda db: runs.view(db, face.workspace, run_id))
            run = (await face.http.get(face.w(f"/process/{run_id}"))).json()["data"]

            assert (run["progress"]["pagesDone"], run["progress"]["pagesTotal"]) == (2, 2)
            assert view.files[0].pages == run["outcome"]["documents"][0]["pages"] == 6

    asyncio.run(body())
