"""What the work on runs is done with: the rooms of the box as `app` has built them."""

import msgspec

from axelered_box.domain.modules import Json
from axelered_box.egress import Egress
from axelered_box.isolation.fork_server import ForkServer
from axelered_box.isolation.model_host import ModelHost
from axelered_box.isolation.slots import Slots
from axelered_box.pipeline.models import Models
from axelered_box.pipeline.notices import Notices
from axelered_box.settings import Settings
from axelered_box.storage.database import Database
from axelered_box.storage.objects import Objects
from axelered_box.storage.sealing import Sealer


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """The parts that every piece of the pipeline works with."""

    database: Database
    objects: Objects
    server: ForkServer
    host: ModelHost
    models: Models
    egress: Egress
    """The way to model servers."""
    slots: Slots
    notices: Notices
    settings: Settings
    engine: Json
    sealer: Sealer
    """Seals the secrets of configs before they are stored."""
