"""The messages between the box, the fork server and a child: one JSON object a line, or a packet.

The box and the fork server share a socket that keeps packets apart; with an order to start a child goes the child's
end of a stream socket of its own, the *wire*. On the wire the box sends one `StepMessage`; the child sends lines of
`Told` while it works and ends with one line of another kind. When it asks the language
model, with a line of `Asked`, the box sends one `ModelReply`.
"""

import msgspec

from axelered_box.domain.models import Ask
from axelered_box.domain.modules import Failure, Json, StepMessage, StepResult

MAX_PACKET_BYTES = 64 << 10
MAX_LINE_BYTES = 64 << 20
"""The longest line on the wire; a result that is longer counts as unreadable."""


class Start(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """To the fork server: fork a child that works in a folder; its wire comes with the packet."""

    child: int
    folder: str


class Kill(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """To the fork server: end a child and its process group."""

    child: int


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From the fork server: it is warm; the versions of what it loaded."""

    versions: dict[str, str]


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From the fork server: a child has ended and its process group is gone."""

    child: int
    exit_code: int
    """As `os.waitstatus_to_exitcode` gives it: negative for a signal."""
    peak_memory_bytes: int
    cpu_s: float
    shared_memory_bytes: int
    """How much of the peak may be the fork server's own memory, which each fork has from the start."""
    forked: bool = True
    """False when the system had no process for it."""


class Told(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: it gets on."""

    progress: Json


class Asked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: it asks the model, and waits for the reply."""

    ask: Ask


class Answered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: the step is done."""

    result: StepResult


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: the module says why it cannot do the step."""

    failure: Failure


class OutOfMemory(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: the memory it may take is used up."""


class Raised(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """From a child: the module failed in a way that nobody foresaw; the log of the child says how."""


Order = Start | Kill
Report = Ready | Ended
Line = Told | Asked | Answered | Refused | OutOfMemory | Raised

orders = msgspec.json.Decoder(Order)
reports = msgspec.json.Decoder(Report)
lines = msgspec.json.Decoder(Line)
steps = msgspec.json.Decoder(StepMessage)
