"""The routes of saved configurations: of parsers and of models."""

import sqlite3
from typing import Annotated, Any

import msgspec
from litestar.response.base import ASGIResponse

from axelered_box.api.bodies import typed_body
from axelered_box.api.calls import Call, done, listing, ok
from axelered_box.api.shapes import masked, unmasked
from axelered_box.domain.errors import InvalidRequest
from axelered_box.domain.ids import iso
from axelered_box.domain.modules import Json
from axelered_box.modules.llm_options import LlmConfig
from axelered_box.pipeline.config import problems_of
from axelered_box.storage import configs
from axelered_box.storage.configs import ConfigKind, Saved

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class NewConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which a configuration is saved."""

    name: Name
    config: dict[str, Any]


class ChangedConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body by which a saved configuration is changed; `config` is merged into what is there, member by member."""

    name: Name | None = None
    config: dict[str, Any] | None = None


class Routes:
    """The handlers for one kind of saved configuration."""

    def __init__(self, kind: ConfigKind) -> None:
        self._kind = kind

    async def create(self, call: Call) -> ASGIResponse:
        """Save a configuration."""
        body, workspace_id = await typed_body(call, NewConfig), call.workspace_id
        sealed = self._checked(call, body.config)
        made = await call.parts.tools.database.write(
            lambda db: configs.create(db, workspace_id, self._kind, body.name, sealed)
        )
        return ok(_object(made), 201)

    async def list_all(self, call: Call) -> ASGIResponse:
        """List the saved configurations, newest first."""
        query, workspace_id = call.query(), call.workspace_id
        limit, before = query.limit(), query.cursor()
        found, total = await call.parts.tools.database.read(
            lambda db: configs.list_saved(db, workspace_id, self._kind, before=before, limit=limit + 1)
        )
        cursor = found[limit - 1].id if len(found) > limit else None
        return listing([_object(saved) for saved in found[:limit]], limit, cursor, total)

    async def get(self, call: Call) -> ASGIResponse:
        """Show a saved configuration."""
        return ok(_object(await self._get(call)))

    async def change(self, call: Call) -> ASGIResponse:
        """Change a saved configuration; what its `config` does not name stays."""
        body = await typed_body(call, ChangedConfig)
        workspace_id, config_id = call.workspace_id, call.name("config_id")

        def write(db: sqlite3.Connection) -> Saved:
            saved = configs.get(db, workspace_id, self._kind, config_id)
            before = call.parts.tools.sealer.opened(saved.config)
            sealed = self._checked(call, {**before, **unmasked(body.config or {}, before)})
            return configs.change(db, workspace_id, saved, body.name or saved.name, sealed)

        return ok(_object(await call.parts.tools.database.write(write)))

    async def delete(self, call: Call) -> ASGIResponse:
        """Delete a saved configuration that no run needs any more."""
        workspace_id, config_id = call.workspace_id, call.name("config_id")
        await call.parts.tools.database.write(lambda db: configs.delete(db, workspace_id, self._kind, config_id))
        return done()

    async def undelete(self, call: Call) -> ASGIResponse:
        """Bring a deleted configuration back."""
        workspace_id, config_id = call.workspace_id, call.name("config_id")
        back = await call.parts.tools.database.write(
            lambda db: configs.undelete(db, workspace_id, self._kind, config_id)
        )
        return ok(_object(back))

    async def _get(self, call: Call) -> Saved:
        workspace_id, config_id = call.workspace_id, call.name("config_id")
        return await call.parts.tools.database.read(lambda db: configs.get(db, workspace_id, self._kind, config_id))

    def _checked(self, call: Call, config: Json) -> Json:
        """Return a configuration that is in order, its secrets sealed; raise InvalidRequest."""
        loc: list[str | int] = ["body", "config"]
        if self._kind is ConfigKind.PARSER:
            call.parts.intake.check({"parserConfig": config}, loc)
        else:
            try:
                msgspec.convert(config, LlmConfig)
            except msgspec.ValidationError as error:
                raise InvalidRequest(problems_of(error, loc, config)) from None
            problems = call.parts.tools.models.problems({"llmConfig": config})
            if problems:
                raise InvalidRequest(
                    [msgspec.structs.replace(problem, loc=[*loc, *problem.loc[1:]]) for problem in problems]
                )
        sealed: Json = call.parts.tools.sealer.sealed(config)
        return sealed


PARSERS = Routes(ConfigKind.PARSER)
MODELS = Routes(ConfigKind.MODEL)


def _object(saved: Saved) -> Json:
    """Return a saved configuration as clients see it, without its secrets."""
    return {
        "id": saved.id,
        "name": saved.name,
        "config": masked(saved.config),
        "createdAt": iso(saved.created_ms),
        "updatedAt": iso(saved.updated_ms),
    }
