"""How long a client wants to wait for a run, and the waiting."""

import re
import time

import msgspec

from axelered_box.api.calls import Call
from axelered_box.api.queries import Query, as_number
from axelered_box.domain.runs import TERMINAL
from axelered_box.storage import runs
from axelered_box.storage.runs import RunView

MAX_WAIT_S = 60
RETRY_AFTER_S = 1
_WAIT = re.compile(r'wait\s*=\s*"?([^",;\s]+)"?', re.IGNORECASE)
_ASYNC = re.compile(r"respond-async", re.IGNORECASE)


class Wait(msgspec.Struct, frozen=True):
    """The seconds that a client waits, and which preference of its headers was followed (RFC 7240)."""

    seconds: float
    applied: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Return the header that tells which preference was followed."""
        return {} if self.applied is None else {"preference-applied": self.applied}


def wanted(call: Call, query: Query) -> Wait:
    """Return how long a client wants to wait: the query says it, or else the header ``Prefer``.

    A preference that cannot be followed is passed over, as RFC 7240 has it; a wrong query is refused.
    """
    asked = query.number("wait", 0, MAX_WAIT_S)
    if asked is not None:
        return Wait(asked)
    preferences = call.header(b"prefer")
    if preferences is None:
        return Wait(0)
    found = [match for part in preferences.split(",") if (match := _WAIT.match(part.strip()))]
    seconds = as_number(found[0][1]) if found else None
    if seconds is not None and seconds >= 0:
        seconds = min(seconds, MAX_WAIT_S)
        return Wait(seconds, f"wait={seconds:g}")
    at_once = any(_ASYNC.fullmatch(part.strip()) for part in preferences.split(","))
    return Wait(0, "respond-async" if at_once else None)


async def view_after(call: Call, run_id: str, seconds: float) -> RunView:
    """Return a run once it has ended, or as it is when the time is up; raise NotFound or Erased."""
    tools, workspace_id = call.parts.tools, call.workspace_id
    deadline = time.monotonic() + seconds
    with tools.notices.watch(run_id, ends_only=True) as watch:
        while True:
            view = await tools.database.read(lambda db: runs.view(db, workspace_id, run_id))
            left = deadline - time.monotonic()
            if view.run.state in TERMINAL or left <= 0 or tools.notices.closing:
                return view
            await watch.wait(left)
