"""The events of a run are followed as they happen, to its end, and again from any point on."""

import asyncio
from pathlib import Path

from tests.faces.face import open_face


def _ids(text: str) -> list[str]:
    return [line.removeprefix("id: ") for line in text.splitlines() if line.startswith("id: ")]


def test_a_stream_ends_with_the_run(tmp_path: Path) -> None:
    """A stream that was opened early ends with `end`; a second reading gives the same events."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            url = face.w(f"/process/{run_id}/events")
            live = asyncio.create_task(face.http.get(url))
            await asyncio.sleep(0.1)
            await face.finish(run_id)
            first, again = await live, await face.http.get(url)
            kinds = [line.removeprefix("event: ") for line in first.text.splitlines() if line.startswith("event: ")]

            assert first.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert first.headers["cache-control"] == "no-store"
            assert (kinds[0], kinds[-1]) == ("status", "end")
            assert {"task", "page"} <= set(kinds)
            assert first.text == again.text
            assert len(set(_ids(first.text))) == len(kinds)

    asyncio.run(body())


def test_a_stream_is_taken_up_again(tmp_path: Path) -> None:
    """Last-Event-ID resumes behind that event; behind the last there is nothing more to come."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            await face.finish(run_id)
            url = face.w(f"/process/{run_id}/events")
            ids = _ids((await face.http.get(url)).text)
            rest = await face.http.get(url, headers={"last-event-id": ids[2]})
            end = await face.http.get(url, headers={"last-event-id": ids[-1]})

            assert _ids(rest.text) == ids[3:]
            assert end.status_code == 204

    asyncio.run(body())


def test_a_stream_ends_when_the_run_is_erased(tmp_path: Path) -> None:
    """Deleting a run ends the streams of its events."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            url = face.w(f"/process/{await face.created()}")
            live = asyncio.create_task(face.http.get(f"{url}/events"))
            await asyncio.sleep(0.1)
            await face.http.delete(url)

            assert (await asyncio.wait_for(live, 5)).status_code == 200

    asyncio.run(body())
