"""The parts of a running box that the faces work with."""

from collections.abc import Callable

import msgspec

from axelered_box.egress import Egress
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.intake import Intake
from axelered_box.pipeline.previews import Previews
from axelered_box.pipeline.tools import Tools
from axelered_box.work_queue import Doorbell

Presign = Callable[[str, str, str, str, float], str]
"""Makes a link that opens an output without a key: base URL, workspace, run, output's key, seconds it lives."""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What `app` has built and a face is given."""

    tools: Tools
    intake: Intake
    executor: Executor
    doorbell: Doorbell
    previews: Previews
    presign: Presign
    webhook_egress: Egress
    """The way to the endpoints of webhooks."""
    wake_deliveries: Callable[[], None]
    """Has the outbox of webhooks looked at now."""
