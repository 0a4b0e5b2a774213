"""Saved configurations: kept, merged, deleted when nothing names them, and used by the runs that name them."""

import asyncio
import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from axelered_box.storage import tasks
from axelered_box.storage.schema import MIGRATIONS
from tests.faces.face import Face, code, open_face

pytestmark = pytest.mark.anyio

BODIES: dict[str, dict[str, Any]] = {
    "parsers": {"name": "fast", "config": {"ocr": "never", "jpegQuality": 80}},
    "models": {
        "name": "rack",
        "config": {"provider": "openai", "model": "m", "baseUrl": "http://llm.local/v1", "apiKey": "sk-secret-9"},
    },
}
ALLOWED = {"egress_allow": "llm.local"}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def saved(face: Face, kind: str, **config: Any) -> str:
    body = {**BODIES[kind], "config": {**BODIES[kind]["config"], **config}}
    answer = await face.http.post(face.w(f"/config/{kind}"), json=body)
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["data"]["id"]
    return made


async def options_of(face: Face, run_id: str) -> dict[str, Any]:
    """Return the config by which the first task of a run would work."""
    task = "SELECT id FROM tasks WHERE run_id = ? ORDER BY id"
    task_id = await face.parts.tools.database.read(lambda db: db.execute(task, [run_id]).fetchone()["id"])
    claim = await face.parts.tools.database.write(lambda db: tasks.claim(db, task_id))
    assert claim is not None
    return claim.options


@pytest.mark.parametrize("kind", list(BODIES))
async def test_it_is_saved_listed_merged_deleted_and_brought_back(tmp_path: Path, kind: str) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        config_id = await saved(face, kind)
        path = face.w(f"/config/{kind}/{config_id}")
        listed = (await face.http.get(face.w(f"/config/{kind}"))).json()["data"]["items"]
        assert [item["id"] for item in listed] == [config_id]

        extra = {"jpegQuality": 70} if kind == "parsers" else {"seed": 7}
        patched = (await face.http.patch(path, json={"config": extra})).json()["data"]
        assert patched["name"] == BODIES[kind]["name"]
        masked = {"apiKey": "sk-..."} if kind == "models" else {}
        assert patched["config"] == {**BODIES[kind]["config"], **extra, **masked}

        assert (await face.http.delete(path)).status_code == 200
        assert code(await face.http.get(path)) == (404, "not_found")
        assert (await face.http.put(f"{path}/undelete")).json()["data"] == patched
        assert (await face.http.get(path)).json()["data"] == patched


async def test_another_workspace_does_not_see_it(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        config_id = await saved(face, "parsers")
        other = (await face.server.post("/v1/w", json={"name": "other"})).json()["data"]["id"]
        answer = await face.server.get(f"/v1/w/{other}/config/parsers/{config_id}")

        assert code(answer) == (404, "not_found")


@pytest.mark.parametrize(
    ("kind", "config", "member"),
    [
        ("parsers", {"noSuch": 1}, "noSuch"),
        ("parsers", {"ocr": "perhaps"}, "ocr"),
        ("models", {"noSuch": 1}, "noSuch"),
        ("models", {"provider": "openai", "model": "m"}, "baseUrl"),
        ("models", {"provider": "openai", "model": "m", "baseUrl": "http://elsewhere.example/v1"}, "baseUrl"),
        ("models", {"model": "no-such-model"}, "model"),
    ],
)
async def test_what_cannot_be_used_is_not_saved(tmp_path: Path, kind: str, config: dict[str, Any], member: str) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        answer = await face.http.post(face.w(f"/config/{kind}"), json={"name": "bad", "config": config})

        assert answer.status_code == 422, answer.text
        assert member in answer.json()["detail"][0]["loc"]


async def test_a_run_works_by_what_it_names_and_inline_members_win(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        config_id = await saved(face, "parsers")
        config = {"parserId": config_id, "parserConfig": {"jpegQuality": 60}}
        answer = await face.create(config=json.dumps(config).encode())
        assert answer.status_code == 202, answer.text
        run = answer.json()["data"]

        assert run["config"] == config
        assert (await options_of(face, run["id"]))["parserConfig"] == {"ocr": "never", "jpegQuality": 60}


async def test_a_default_works_for_runs_that_name_none(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        config_id = await saved(face, "parsers")
        changed = await face.http.patch(face.w(), json={"defaultParserId": config_id})
        assert changed.json()["data"]["defaultParserId"] == config_id
        run_id = await face.created()
        assert (await options_of(face, run_id))["parserConfig"] == BODIES["parsers"]["config"]

        kept = await face.http.delete(face.w(f"/config/parsers/{config_id}"))
        assert code(kept) == (409, "config_in_use")
        await face.http.patch(face.w(), json={"defaultParserId": None})
        assert (await face.http.delete(face.w(f"/config/parsers/{config_id}"))).status_code == 200


async def test_one_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        for config, member in (
            ({"parserId": "0190a0b0-0000-7000-8000-000000000000"}, "parserId"),
            ({"parserId": 7}, "parserId"),
        ):
            answer = await face.create(config=json.dumps(config).encode())
            assert answer.status_code == 422
            assert answer.json()["detail"][0]["loc"][-1] == member
        assert face.kept() == []
        bad = await face.http.patch(face.w(), json={"defaultLlmId": "0190a0b0-0000-7000-8000-000000000000"})
        assert bad.json()["detail"][0]["loc"] == ["body", "defaultLlmId"]


async def test_it_is_kept_while_a_run_that_has_not_ended_names_it(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        config_id = await saved(face, "parsers")
        answer = await face.create(config=json.dumps({"parserId": config_id}).encode(), staged="true")
        run_id = answer.json()["data"]["id"]

        assert code(await face.http.delete(face.w(f"/config/parsers/{config_id}"))) == (409, "config_in_use")
        await face.http.post(face.w(f"/process/{run_id}/cancel"))
        assert (await face.http.delete(face.w(f"/config/parsers/{config_id}"))).status_code == 200


async def test_secrets_are_neither_shown_nor_readable_on_disk(tmp_path: Path) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        config_id = await saved(face, "models")
        config = {"parserConfig": {"password": "open-sesame-4"}, "metadata": {"password": "mine"}}
        run = await face.create(config=json.dumps(config).encode())
        shown = [(await face.http.get(face.w(f"/config/models/{config_id}"))).text, run.text]

        assert "sk-secret-9" not in shown[0]
        assert "open-sesame-4" not in shown[1]
        assert run.json()["data"]["metadata"] == {"password": "mine"}
        options = await options_of(face, run.json()["data"]["id"])
        assert face.parts.tools.sealer.opened(options)["parserConfig"]["password"] == "open-sesame-4"
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("box.db*"))
    assert b"sk-secret-9" not in stored
    assert b"open-sesame-4" not in stored


@pytest.mark.parametrize(("kind", "member"), [("models", "apiKey"), ("parsers", "password")])
async def test_what_is_shown_can_be_sent_back_without_loss_of_the_secret(
    tmp_path: Path, kind: str, member: str
) -> None:
    async with open_face(tmp_path, **ALLOWED) as face:
        config_id = await saved(face, kind, **{member: "secret-9"})
        path = face.w(f"/config/{kind}/{config_id}")
        shown = (await face.http.get(path)).json()["data"]["config"]
        assert (await face.http.patch(path, json={"config": shown})).status_code == 200

        kept = await face.parts.tools.database.read(
            lambda db: json.loads(db.execute("SELECT config FROM configs").fetchone()[0])
        )
        assert face.parts.tools.sealer.opened(kept)[member] == "secret-9"


async def test_changes_at_once_are_all_kept(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        path = face.w(f"/config/parsers/{await saved(face, 'parsers')}")
        members = {"ocr": "always", "jpegQuality": 70, "maxPixels": 1_000_000, "tables": False}
        await asyncio.gather(*(face.http.patch(path, json={"config": {k: v}}) for k, v in members.items()))

        assert (await face.http.get(path)).json()["data"]["config"] == members


async def test_a_default_that_is_taken_away_before_a_run_is_queued_counts_no_more(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        config_id = await saved(face, "parsers")
        await face.http.patch(face.w(), json={"defaultParserId": config_id})
        run = (await face.create(staged="true")).json()["data"]["id"]
        await face.http.patch(face.w(), json={"defaultParserId": None})
        await face.http.post(face.w(f"/process/{run}/submit"))

        assert "parserConfig" not in await options_of(face, run)


async def test_a_run_of_the_first_version_works_with_the_password_it_has(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "box.db", isolation_level=None)) as db:
        db.executescript(MIGRATIONS[0])
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO workspaces (id, name, created_ms) VALUES ('w', 'default', 1)")
        config = json.dumps({"parserConfig": {"password": "open-sesame-4"}})
        db.execute(
            "INSERT INTO runs (id, workspace_id, state, config, created_ms) VALUES ('r', 'w', 'pending', ?, 1)",
            [config],
        )
        db.execute(
            "INSERT INTO files (id, run_id, place, name, object, size_bytes, sha256, media_type)"
            " VALUES (1, 'r', 0, 'a.pdf', 'o', 1, 'h', 'application/pdf')"
        )
        db.execute(
            "INSERT INTO tasks (id, run_id, file_id, module, requested, state)"
            " VALUES ('t', 'r', 1, 'parse', 1, 'pending')"
        )
    async with open_face(tmp_path) as face:
        options = face.parts.tools.sealer.opened(await options_of(face, "r"))

        assert options == {"parserConfig": {"password": "open-sesame-4"}}
