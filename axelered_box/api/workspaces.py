"""The routes of workspaces and of the API keys that open them."""

import sqlite3
from typing import Annotated

import msgspec
from litestar.response.base import ASGIResponse

from axelered_box.api.bodies import typed_body
from axelered_box.api.calls import Call, done, listing, ok
from axelered_box.api.shapes import key_object, new_key_object, workspace_object
from axelered_box.domain.errors import InvalidRequest, NotFound
from axelered_box.domain.ids import now_ms
from axelered_box.domain.spans import SPAN_HELP, parse_span
from axelered_box.storage import configs, workspaces
from axelered_box.storage.configs import ConfigKind
from axelered_box.storage.workspaces import Workspace

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which a workspace is made."""

    name: Name


class ChangedWorkspace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """The body by which a workspace is changed; null takes a default away."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    default_parser_id: str | msgspec.UnsetType | None = msgspec.UNSET
    default_llm_id: str | msgspec.UnsetType | None = msgspec.UNSET


CHANGES = ("name", "default_parser_id", "default_llm_id")


class WantedKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which a key is made."""

    name: Name = "key"
    expires_in: str | None = None


async def create(call: Call) -> ASGIResponse:
    """Make a workspace."""
    name = (await typed_body(call, Named)).name
    made = await call.parts.tools.database.write(lambda db: workspaces.create_workspace(db, name))
    return ok(workspace_object(made), 201)


async def list_all(call: Call) -> ASGIResponse:
    """List the workspaces that the key may see, newest first."""
    query = call.query()
    limit, before, only = query.limit(), query.cursor(), call.key.workspace_id if call.key else None
    found, total = await call.parts.tools.database.read(
        lambda db: workspaces.list_workspaces(db, only=only, before=before, limit=limit + 1)
    )
    cursor = found[limit - 1].id if len(found) > limit else None
    return listing([workspace_object(workspace) for workspace in found[:limit]], limit, cursor, total)


async def get(call: Call) -> ASGIResponse:
    """Show a workspace."""
    workspace_id = call.workspace_id
    found = await call.parts.tools.database.read(lambda db: workspaces.get_workspace(db, workspace_id))
    return ok(workspace_object(found))


async def change(call: Call) -> ASGIResponse:
    """Change a workspace's name and its default configurations; what the body does not name stays."""
    workspace_id, body = call.workspace_id, await typed_body(call, ChangedWorkspace)

    def write(db: sqlite3.Connection) -> Workspace:
        before = workspaces.get_workspace(db, workspace_id)
        told = {name: value for name in CHANGES if (value := getattr(body, name)) is not msgspec.UNSET}
        after = msgspec.structs.replace(before, **told)
        _check_default(db, workspace_id, ConfigKind.PARSER, after.default_parser_id)
        _check_default(db, workspace_id, ConfigKind.MODEL, after.default_llm_id)
        return workspaces.change_workspace(db, after)

    return ok(workspace_object(await call.parts.tools.database.write(write)))


async def delete(call: Call) -> ASGIResponse:
    """Delete a workspace: its keys are refused until it is brought back."""
    workspace_id = call.workspace_id
    await call.parts.tools.database.write(lambda db: workspaces.delete_workspace(db, workspace_id))
    return done()


async def undelete(call: Call) -> ASGIResponse:
    """Bring a deleted workspace back."""
    workspace_id = call.workspace_id
    back = await call.parts.tools.database.write(lambda db: workspaces.undelete_workspace(db, workspace_id))
    call.parts.wake_deliveries()
    return ok(workspace_object(back))


async def create_key(call: Call) -> ASGIResponse:
    """Make a key of a workspace; its secret is shown this once."""
    wanted = await typed_body(call, WantedKey)
    workspace_id, expires_ms = call.workspace_id, _expires_ms(wanted.expires_in)
    made = await call.parts.tools.database.write(
        lambda db: workspaces.create_key(db, workspace_id, wanted.name, expires_ms)
    )
    return ok(new_key_object(made), 201)


async def list_keys(call: Call) -> ASGIResponse:
    """List the keys of a workspace, newest first, without their secrets."""
    query, workspace_id = call.query(), call.workspace_id
    limit, before = query.limit(), query.cursor()
    found, total = await call.parts.tools.database.read(
        lambda db: workspaces.list_keys(db, workspace_id, before=before, limit=limit + 1)
    )
    cursor = found[limit - 1].id if len(found) > limit else None
    return listing([key_object(key) for key in found[:limit]], limit, cursor, total)


async def delete_key(call: Call) -> ASGIResponse:
    """Delete a key, dead at once."""
    workspace_id, key_id = call.workspace_id, call.name("key_id")
    await call.parts.tools.database.write(lambda db: workspaces.delete_key(db, key_id, workspace_id))
    return done()


def _check_default(db: sqlite3.Connection, workspace_id: str, kind: ConfigKind, config_id: str | None) -> None:
    """Raise InvalidRequest when a workspace's default is to be a saved configuration that it does not have."""
    if config_id is None:
        return
    try:
        configs.get(db, workspace_id, kind, config_id)
    except NotFound as error:
        member = "defaultParserId" if kind is ConfigKind.PARSER else "defaultLlmId"
        raise InvalidRequest.of(["body", member], error.message, config_id) from None


def _expires_ms(span: str | None) -> int | None:
    """Return the instant at which a key that lives so long ends."""
    if span is None:
        return None
    lifetime_s = parse_span(span)
    if lifetime_s is None:
        raise InvalidRequest.of(["body", "expires_in"], f"expires_in must be {SPAN_HELP}.", span, "span")
    return now_ms() + lifetime_s * 1000
