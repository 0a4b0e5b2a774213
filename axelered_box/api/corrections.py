"""The routes by which a person's corrections of extracted fields are kept beside a run."""

from litestar.response.base import ASGIResponse

from axelered_box.api.bodies import typed_body
from axelered_box.api.calls import Call, ok
from axelered_box.storage import corrections as stored
from axelered_box.storage.corrections import Correction


async def show(call: Call) -> ASGIResponse:
    """Show the corrections of a run."""
    workspace_id, run_id = call.workspace_id, call.run_id
    return ok(await call.parts.tools.database.read(lambda db: stored.corrections(db, workspace_id, run_id)))


async def replace(call: Call) -> ASGIResponse:
    """Replace the corrections of a run; they die with it."""
    workspace_id, run_id = call.workspace_id, call.run_id
    new = await typed_body(call, list[Correction])
    await call.parts.tools.database.write(lambda db: stored.replace(db, workspace_id, run_id, new))
    return ok(new)
