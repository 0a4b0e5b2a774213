"""Workspaces and their keys over HTTP."""

import asyncio
from pathlib import Path

from tests.faces.face import code, open_face, refused


def test_a_workspace_is_made_renamed_deleted_and_brought_back(tmp_path: Path) -> None:
    """While a workspace is deleted its key opens nothing; brought back, all is as it was."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = await face.server.post("/v1/w", json={"name": "paper"})
            url = f"/v1/w/{made.json()['data']['id']}"
            key = (await face.server.post(f"{url}/keys", json={"name": "k"})).json()["data"]
            inside = face.client(key["secret"])
            renamed = await inside.patch(url, json={"name": "paper 2"})
            listed = (await inside.get("/v1/w")).json()["data"]
            deleted = await face.server.delete(url)
            refusals = [await inside.get(f"{url}/process"), await face.server.get(url)]
            back = await face.server.put(f"{url}/undelete")
            again = await face.server.put(f"{url}/undelete")

            assert made.status_code == 201
            assert renamed.json()["data"]["name"] == "paper 2"
            assert (listed["total"], listed["items"][0]["name"]) == (1, "paper 2")
            assert deleted.json() == {"status": "ok"}
            assert [code(answer)[0] for answer in refusals] == [401, 404]
            assert back.json()["data"] == listed["items"][0]
            assert code(again) == (404, "not_found")
            assert (await inside.get(f"{url}/process")).status_code == 200

    asyncio.run(body())


def test_workspaces_are_listed_in_pages(tmp_path: Path) -> None:
    """A server key sees all workspaces, newest first, page by page."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = [(await face.server.post("/v1/w", json={"name": "w"})).json()["data"]["id"] for _ in range(2)]
            first = (await face.server.get("/v1/w", params={"limit": 2})).json()["data"]
            last = (await face.server.get("/v1/w", params={"limit": 2, "cursor": first["cursor"]})).json()["data"]

            assert [item["id"] for item in first["items"] + last["items"]] == [*made[::-1], face.workspace]
            assert (first["total"], last["cursor"]) == (3, None)

    asyncio.run(body())


def test_a_key_shows_its_secret_once_and_dies_at_once(tmp_path: Path) -> None:
    """A key works from the moment it is made to the moment it is deleted; lists do not show its secret."""

    async def body() -> None:
        async with open_face(tmp_path) as face:
            made = await face.http.post(face.w("/keys"), json={"name": "ci", "expires_in": "12h"})
            key = made.json()["data"]
            listed = await face.http.get(face.w("/keys"))
            works = await face.client(key["secret"]).get(face.w("/process"))
            deleted = await face.http.delete(face.w(f"/keys/{key['id']}"))
            dead = await face.client(key["secret"]).get(face.w("/process"))
            again = await face.http.delete(face.w(f"/keys/{key['id']}"))

            assert made.status_code == 201
            assert key["expiresAt"].endswith("Z")
            assert key["secret"] not in listed.text
            assert [item["name"] for item in listed.json()["data"]["items"]] == ["ci", "test"]
            assert (works.status_code, deleted.status_code) == (200, 200)
            assert code(dead) == (401, "unauthorized")
            assert code(again) == (404, "not_found")

    asyncio.run(body())


def test_wrong_bodies_are_named(tmp_path: Path) -> None:
    """Each wrong member of a body is refused by its name; a body of another kind is refused."""
    cases = (
        ({"name": "x", "expires_in": "soon"}, ["body", "expires_in"]),
        ({"name": ""}, ["body", "name"]),
        ({"name": 1}, ["body", "name"]),
        ({"colour": "red"}, ["body", "colour"]),
        ([], ["body"]),
    )

    async def body() -> None:
        async with open_face(tmp_path) as face:
            for sent, loc in cases:
                assert refused(await face.http.post(face.w("/keys"), json=sent)) == [loc]
            assert refused(await face.server.post("/v1/w", json={})) == [["body", "name"]]
            assert code(await face.http.post(face.w("/keys"), data={"name": "x"})) == (415, "unsupported_media_type")

    asyncio.run(body())
