"""Saved configurations of a workspace, of parsers and of models, and how runs that name them get what they hold."""

import sqlite3
from enum import StrEnum
from typing import Any

import msgspec

from axelered_box.domain.errors import ConfigInUse, InvalidRequest, NotFound
from axelered_box.domain.ids import new_id, now_ms
from axelered_box.domain.modules import Json
from axelered_box.storage.rows import to_json

PARSER_ID = "parserId"
LLM_ID = "llmId"
PARSER_CONFIG = "parserConfig"
LLM_CONFIG = "llmConfig"
_ACTIVE = "('idle', 'pending', 'processing')"


class ConfigKind(StrEnum):
    """What is configured."""

    PARSER = "parser"
    MODEL = "model"


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A saved configuration; secrets in it are sealed."""

    id: str
    kind: ConfigKind
    name: str
    config: Json
    created_ms: int
    updated_ms: int


def create(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, name: str, config: Json) -> Saved:
    """Save a configuration."""
    now = now_ms()
    made = Saved(id=new_id(), kind=kind, name=name, config=config, created_ms=now, updated_ms=now)
    db.execute(
        "INSERT INTO configs (id, workspace_id, kind, name, config, created_ms, updated_ms)"
        " VALUES (:id, :workspace, :kind, :name, :config, :created, :created)",
        {
            "id": made.id,
            "workspace": workspace_id,
            "kind": kind,
            "name": name,
            "config": to_json(config),
            "created": now,
        },
    )
    return made


def get(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, config_id: str, *, deleted: bool = False) -> Saved:
    """Return a saved configuration; raise NotFound. With `deleted`, only one that is deleted."""
    row = db.execute(
        "SELECT * FROM configs WHERE id = :id AND workspace_id = :workspace AND kind = :kind"
        " AND (deleted_ms IS NOT NULL) = :deleted",
        {"id": config_id, "workspace": workspace_id, "kind": kind, "deleted": deleted},
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no such saved {kind} in this workspace. Check the id in the address.")
    return _saved(row)


def list_saved(
    db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, *, before: str | None, limit: int
) -> tuple[list[Saved], int]:
    """Return the newest saved configurations below a cursor and how many there are."""
    where = "workspace_id = :workspace AND kind = :kind AND deleted_ms IS NULL"
    values: dict[str, Any] = {"workspace": workspace_id, "kind": kind, "before": before, "limit": limit}
    rows = db.execute(
        f"SELECT * FROM configs WHERE {where} AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit",
        values,
    ).fetchall()
    total = db.execute(f"SELECT COUNT(*) FROM configs WHERE {where}", values).fetchone()[0]
    return [_saved(row) for row in rows], total


def change(db: sqlite3.Connection, workspace_id: str, saved: Saved, name: str, config: Json) -> Saved:
    """Give a saved configuration a name and content; raise NotFound."""
    changed = db.execute(
        "UPDATE configs SET name = :name, config = :config, updated_ms = :now"
        " WHERE id = :id AND workspace_id = :workspace AND deleted_ms IS NULL",
        {"id": saved.id, "workspace": workspace_id, "name": name, "config": to_json(config), "now": now_ms()},
    )
    if changed.rowcount == 0:
        raise NotFound(f"There is no such saved {saved.kind} in this workspace. Check the id in the address.")
    return get(db, workspace_id, saved.kind, saved.id)


def delete(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, config_id: str) -> None:
    """Delete a saved configuration so that it can be undeleted; raise NotFound, ConfigInUse."""
    saved = get(db, workspace_id, kind, config_id)
    run_id = _user(db, workspace_id, config_id)
    if run_id is not None:
        raise ConfigInUse(
            f"The saved {kind} '{saved.name}' is named by a run that has not ended. Wait for its end, or cancel it.",
            runId=run_id,
        )
    column = _default_column(kind)
    default = f"SELECT 1 FROM workspaces WHERE id = :workspace AND {column} = :id"
    if db.execute(default, {"workspace": workspace_id, "id": config_id}).fetchone() is not None:
        raise ConfigInUse(
            f"The saved {kind} '{saved.name}' is the workspace's default. Give the workspace another one, or null."
        )
    db.execute("UPDATE configs SET deleted_ms = :now WHERE id = :id", {"id": config_id, "now": now_ms()})


def undelete(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, config_id: str) -> Saved:
    """Bring a deleted configuration back; raise NotFound when none of that id is deleted."""
    get(db, workspace_id, kind, config_id, deleted=True)
    db.execute("UPDATE configs SET deleted_ms = NULL WHERE id = :id", {"id": config_id})
    return get(db, workspace_id, kind, config_id)


def resolved(db: sqlite3.Connection, workspace_id: str, config: Json) -> Json:
    """Return a run's config with what the saved ones hold that it names; inline members win, one by one.

    Raises InvalidRequest naming the member whose saved configuration is not there.
    """
    defaults = db.execute(
        "SELECT default_parser_id, default_llm_id FROM workspaces WHERE id = :id", {"id": workspace_id}
    ).fetchone()
    parser = config.get(PARSER_ID) or defaults["default_parser_id"]
    result = dict(config)
    if parser is not None:
        saved = _named(db, workspace_id, ConfigKind.PARSER, parser, [PARSER_ID])
        result[PARSER_CONFIG] = {**saved.config, **(config.get(PARSER_CONFIG) or {})}
    for member, options in config.items():
        if not member.endswith("Config") or not isinstance(options, dict) or member in (PARSER_CONFIG, "editConfig"):
            continue
        model = options.get(LLM_ID) or defaults["default_llm_id"]
        if model is not None:
            saved = _named(db, workspace_id, ConfigKind.MODEL, model, [member, LLM_ID])
            result[member] = {**options, LLM_CONFIG: {**saved.config, **(options.get(LLM_CONFIG) or {})}}
    return result


def _named(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, config_id: Any, member: list[str]) -> Saved:
    """Return the saved configuration that a run names; raise InvalidRequest."""
    try:
        return get(db, workspace_id, kind, str(config_id))
    except NotFound:
        sentence = (
            f"There is no saved {kind} of this id in the workspace. /config/{kind}s lists those there are;"
            f" or send {PARSER_CONFIG if kind is ConfigKind.PARSER else LLM_CONFIG} instead."
        )
        raise InvalidRequest.of(["body", "config", *member], sentence, config_id) from None


def _user(db: sqlite3.Connection, workspace_id: str, config_id: str) -> str | None:
    """Return a run that has not ended and names a saved configuration."""
    rows = db.execute(
        f"SELECT id, config FROM runs WHERE workspace_id = :workspace AND state IN {_ACTIVE}"
        " AND instr(config, :id) > 0",
        {"workspace": workspace_id, "id": config_id},
    )
    return next((row["id"] for row in rows if config_id in _ids(msgspec.json.decode(row["config"]))), None)


def _ids(config: Json) -> set[Any]:
    """Return the saved configurations that a run's config names."""
    options = [member for member in config.values() if isinstance(member, dict)]
    return {config.get(PARSER_ID), *(member.get(LLM_ID) for member in options)} - {None}


def _default_column(kind: ConfigKind) -> str:
    return "default_parser_id" if kind is ConfigKind.PARSER else "default_llm_id"


def _saved(row: sqlite3.Row) -> Saved:
    return Saved(
        id=row["id"],
        kind=ConfigKind(row["kind"]),
        name=row["name"],
        config=msgspec.json.decode(row["config"]),
        created_ms=row["created_ms"],
        updated_ms=row["updated_ms"],
    )
