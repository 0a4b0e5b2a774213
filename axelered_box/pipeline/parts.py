"""The parts of a running box that the faces work with."""

import msgspec

from axelered_box.pipeline.attempt import Tools
from axelered_box.pipeline.execute import Executor
from axelered_box.pipeline.intake import Intake
from axelered_box.pipeline.previews import Previews
from axelered_box.work_queue import Doorbell


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What `app` has built and a face is given."""

    tools: Tools
    intake: Intake
    executor: Executor
    doorbell: Doorbell
    previews: Previews
