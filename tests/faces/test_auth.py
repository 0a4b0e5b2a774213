"""Who may do what, told apart only as far as a stranger may know."""

import asyncio
from pathlib import Path

import pytest

from axelered_box.storage import workspaces
from tests.faces.face import NOBODY, code, open_face


@pytest.mark.parametrize("sent", [None, "Bearer", "Bearer ", "Bearer ax_unknown", "Basic YTpi", "Bearer ax_0_é"])
def test_strangers_get_one_answer(tmp_path: Path, sent: str | None) -> None:
    """Without a key that is known, every cause has the same answer."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            headers = {} if sent is None else {"authorization": sent.encode("latin-1")}
            answer = await face.client(None).get(face.w("/process"), headers=headers)

            assert code(answer) == (401, "unauthorized")
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "ax_unknown" not in answer.text

    asyncio.run(body())


def test_a_key_sees_its_own_workspace_only(tmp_path: Path) -> None:
    """Another workspace's id and one that is not there are told in the same words; a server key sees all."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            run_id = await face.created()
            other = (await face.server.post("/v1/w", json={"name": "other"})).json()["data"]["id"]
            foreign = await face.http.get(f"/v1/w/{other}/process")
            unknown = await face.http.get(f"/v1/w/{NOBODY}/process")
            elsewhere = await face.server.get(f"/v1/w/{other}/process/{run_id}")

            assert code(foreign) == code(unknown) == (404, "not_found")
            assert foreign.json()["detail"] == unknown.json()["detail"]
            assert code(elsewhere) == (404, "not_found")
            assert code(await face.server.get(f"/v1/w/{NOBODY}/process")) == (404, "not_found")
            assert (await face.server.get(face.w(f"/process/{run_id}"))).status_code == 200

    asyncio.run(body())


def test_server_routes_take_server_keys(tmp_path: Path) -> None:
    """A workspace key neither makes nor deletes a workspace, its own included."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            answers = [
                await face.http.post("/v1/w", json={"name": "x"}),
                await face.http.delete(face.w()),
                await face.http.put(face.w("/undelete")),
            ]

            assert [code(answer) for answer in answers] == [(403, "forbidden")] * 3

    asyncio.run(body())


def test_a_key_that_has_expired_is_dead(tmp_path: Path) -> None:
    """A key opens nothing after its time."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = await face.parts.tools.database.write(
                lambda db: workspaces.create_key(db, face.workspace, "brief", 1)
            )

            assert code(await face.client(made.secret).get(face.w("/process"))) == (401, "unauthorized")

    asyncio.run(body())
