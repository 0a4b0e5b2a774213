"""Runs over HTTP: taken in, found, added to, submitted, canceled, retried and erased."""

import asyncio
from pathlib import Path

from tests.faces.face import NOBODY, NOTE, code, open_face, refused


def test_a_run_is_accepted(tmp_path: Path) -> None:
    """Creating answers 202 with the run, its place and when to look again; its task is rung for."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answer = await face.create(config=b'{"metadata": {"order": 12}}')
            run = answer.json()["data"]

            assert answer.status_code == 202
            assert answer.headers["location"] == face.w(f"/process/{run['id']}")
            assert answer.headers["retry-after"].isdigit()
            assert (run["status"], run["files"], run["metadata"]) == ("pending", ["note.txt"], {"order": 12})
            assert (run["queuePosition"], run["outcome"], run["progress"]["tasksTotal"]) == (1, None, 1)
            assert len(face.bell.rung) == 1
            assert (await face.http.get(answer.headers["location"])).json()["data"] == run

    asyncio.run(body())


def test_a_run_that_ends_within_the_wait_answers_200(tmp_path: Path) -> None:
    """Creating with a wait answers as soon as the run has ended, with its outcome."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            waiting = asyncio.create_task(face.create(wait=30))
            await face.bell.heard.wait()
            listed = await face.http.get(face.w("/process"))
            await face.finish(listed.json()["data"]["items"][0]["id"])
            answer = await waiting

            assert answer.status_code == 200
            run = answer.json()["data"]
            assert (run["status"], run["progress"]["pagesDone"], run["progress"]["pagesTotal"]) == ("completed", 2, 2)
            assert run["outcome"]["documents"][0]["file"] == "note.txt"

    asyncio.run(body())


def test_preferences_are_followed(tmp_path: Path) -> None:
    """The header Prefer asks for a wait or for none, and the answer tells what was followed."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            url = face.w(f"/process/{run_id}")
            short = await face.http.get(url, headers={"prefer": "respond-async, wait=0.05"})
            apart = await face.http.get(url, headers={"prefer": "respond-async"})

            assert short.headers["preference-applied"] == "wait=0.05"
            assert apart.headers["preference-applied"] == "respond-async"

    asyncio.run(body())


def test_equal_requests_make_one_run(tmp_path: Path) -> None:
    """A repeated request with its key is answered with the run it made; another one with that key is refused."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answers = await asyncio.gather(*[face.create(idempotency_key="k") for _ in range(8)])
            kept = len(face.kept())
            other = await face.create(("other.txt", b"Other words."), idempotency_key="k")

            assert {answer.status_code for answer in answers} == {202}
            assert len({answer.json()["data"]["id"] for answer in answers}) == 1
            assert sum("idempotent-replayed" in answer.headers for answer in answers) == 7
            assert kept == 1
            assert code(other) == (409, "idempotency_conflict")
            assert other.json()["runId"] == answers[0].json()["data"]["id"]
            assert len(face.kept()) == 1

    asyncio.run(body())


def test_two_keys_must_agree(tmp_path: Path) -> None:
    """A key in the query and another in the header are refused."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answer = await face.http.post(
                face.w("/process"),
                files={"files": NOTE},
                params={"idempotency_key": "a"},
                headers={"idempotency-key": "b"},
            )

            assert refused(answer) == [["query", "idempotency_key"]]

    asyncio.run(body())


def test_a_staged_run_takes_files_until_it_is_submitted(tmp_path: Path) -> None:
    """Files are added to an idle run, in parallel and repeatedly; after submitting it takes none."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = await face.http.post(face.w("/process"), json={"config": {}}, params={"staged": "true"})
            url = face.w(f"/process/{made.json()['data']['id']}")
            empty = await face.http.post(f"{url}/submit")
            files = [{"files": (f"{number}.txt", b"words")} for number in (1, 2, 3, 1)]
            added = await asyncio.gather(*[face.http.post(f"{url}/files", files=file) for file in files])
            submitted = await face.http.post(f"{url}/submit")
            again = await face.http.post(f"{url}/submit")
            late = await face.http.post(f"{url}/files", files={"files": NOTE})

            assert (made.status_code, made.json()["data"]["status"]) == (202, "idle")
            assert refused(empty) == [["body", "files"]]
            assert {answer.status_code for answer in added} == {200}
            assert sorted(submitted.json()["data"]["files"]) == ["1.txt", "2.txt", "3.txt"]
            assert (submitted.status_code, again.status_code) == (202, 202)
            assert code(late) == (409, "run_not_idle")
            assert len(face.kept()) == 3

    asyncio.run(body())


def test_a_run_is_canceled_once(tmp_path: Path) -> None:
    """Cancelling answers the canceled run; a second time it is refused."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            url = face.w(f"/process/{await face.created()}/cancel")
            first, second = await face.http.post(url), await face.http.post(url)

            assert (first.status_code, first.json()["data"]["status"]) == (200, "canceled")
            assert code(second) == (409, "run_ended")

    asyncio.run(body())


def test_a_retry_is_a_new_run_of_the_same_files(tmp_path: Path) -> None:
    """Retrying answers another run that names the first."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            answer = await face.http.post(face.w(f"/process/{run_id}/retry"))
            run = answer.json()["data"]

            assert answer.status_code == 202
            assert (run["retryOf"], run["files"]) == (run_id, ["note.txt"])
            assert run["id"] in answer.headers["location"]

    asyncio.run(body())


def test_an_erased_run_answers_its_receipt(tmp_path: Path) -> None:
    """Deleting answers the receipt without names; reading afterwards 410 with it; no bytes stay."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            await face.finish(run_id)
            url = face.w(f"/process/{run_id}")
            deleted = await face.http.delete(url)
            gone = await face.http.get(url)
            receipt = deleted.json()["data"]["receipt"]

            assert deleted.status_code == 200
            assert code(gone) == (410, "run_erased")
            assert gone.json()["receipt"] == receipt
            assert receipt["runId"] == run_id
            assert receipt["erasedAt"].endswith("Z")
            assert "note.txt" not in gone.text
            assert face.kept() == []

    asyncio.run(body())


def test_lists_are_pages_that_stand_still(tmp_path: Path) -> None:
    """A list goes on where it was left although a run was added meanwhile; filters narrow it."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = [await face.created((f"file-{number}.txt", b"words")) for number in range(3)]
            url = face.w("/process")
            first = (await face.http.get(url, params={"limit": 2})).json()["data"]
            await face.created()
            second = (await face.http.get(url, params={"limit": 2, "cursor": first["cursor"]})).json()["data"]
            found = (await face.http.get(url, params={"q": "FILE-1", "status": ["pending", "idle"]})).json()["data"]

            assert [run["id"] for run in first["items"] + second["items"]] == made[::-1]
            assert (first["total"], second["cursor"]) == (3, None)
            assert [run["id"] for run in found["items"]] == [made[1]]

    asyncio.run(body())


def test_wrong_queries_are_named(tmp_path: Path) -> None:
    """Each wrong parameter of a query is refused by its name."""
    cases = {
        "wait": ("61", "-1", "soon", "nan"),
        "limit": ("0", "101", "x", "1.5"),
        "status": ("odd", "skipped"),
        "created_after": ("x",),
        "cursor": ("../../x",),
    }

    async def body() -> None:
        async with open_face(tmp_path) as face:
            runs, run = face.w("/process"), face.w(f"/process/{await face.created()}")
            for name, values in cases.items():
                for value in values:
                    answer = await face.http.get(run if name == "wait" else runs, params={name: value})

                    assert refused(answer) == [["query", name]], (name, value)
            assert refused(await face.create(staged="perhaps")) == [["query", "staged"]]
            assert refused(await face.create(idempotency_key="")) == [["query", "idempotency_key"]]

    asyncio.run(body())


def test_secrets_are_not_echoed(tmp_path: Path) -> None:
    """A password in the config does not come back."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answer = await face.create(config=b'{"parserConfig": {"password": "very-secret"}}')

            assert answer.status_code == 202
            assert "very-secret" not in answer.text

    asyncio.run(body())


def test_a_full_queue_is_told(tmp_path: Path) -> None:
    """When as many runs wait as may, creating answers 429 with Retry-After and keeps nothing."""

    async def body() -> None:
        async with open_face(tmp_path, queue_limit=1) as face:
            await face.created()
            answer = await face.create()

            assert code(answer) == (429, "queue_full")
            assert answer.headers["retry-after"].isdigit()
            assert len(face.kept()) == 1

    asyncio.run(body())


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """When the disk has no room but its reserve, creating answers 507 and keeps nothing."""

    async def body() -> None:
        async with open_face(tmp_path, disk_reserve_bytes=1 << 60) as face:
            assert code(await face.create()) == (507, "disk_reserve_reached")
            assert face.kept() == []

    asyncio.run(body())


def test_unknown_runs_are_not_found(tmp_path: Path) -> None:
    """Every route of a run that is not there answers 404."""
    tails = ("", "/outputs", "/events", "/extractions", "/outputs/a/b", "/pages/a.pdf/1.png")

    async def body() -> None:
        async with open_face(tmp_path) as face:
            for run_id in (NOBODY, "nonsense"):
                for tail in tails:
                    assert code(await face.http.get(face.w(f"/process/{run_id}{tail}"))) == (404, "not_found")

    asyncio.run(body())
