"""Every error that a person or a client can be told, as one tree with stable codes.

BoxError
├── InvalidRequest          a member of the request is wrong; names each
│   └── ProviderUnavailable the box has no such provider
├── MalformedBody           the body cannot be read as what it says it is
├── Unauthorized            no key, or none that is known
├── Forbidden               the key may not do this
├── NotFound                no such thing in this workspace
├── RunNotIdle              files can be added to an idle run only
├── RunEnded                the run has ended; there is nothing to cancel
├── ConfigInUse             a run or a default names the saved configuration
├── IdempotencyConflict     the key belongs to another request
├── Erased                  the run was erased; carries the receipt
├── UploadTooLarge          more bytes than the limit
├── UnsupportedMediaType    a kind of file or body that is not read here
├── QueueFull               too many runs wait
├── DiskReserveReached      the disk has no room but its reserve
├── RangeNotSatisfiable     no byte of the file lies in the range
├── ModuleUnavailable       the module cannot run in this box
└── ParsersUnavailable      the parsers do not load: nothing can be read
"""

from typing import Any, ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One wrong member of a request, in the form that clients of the published API know."""

    loc: list[str | int]
    msg: str
    type: str = "value_error"
    input: Any = None


class BoxError(Exception):
    """An error with a stable code, a title, and a sentence that says what failed, why, and what to do."""

    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Internal error"

    def __init__(self, message: str, **members: Any) -> None:
        super().__init__(message)
        self.message = message
        self.members = members
        """Further members of the answer, such as ``runId``."""


class InvalidRequest(BoxError):
    """A member of the request is wrong."""

    code = "invalid_request"
    title = "The request is not valid"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, p.loc))}: {p.msg}" for p in problems))
        self.problems = problems

    @classmethod
    def of(cls, loc: list[str | int], msg: str, value: Any = None, kind: str = "value_error") -> "InvalidRequest":
        """Return the error of one wrong member."""
        return cls([Problem(loc=loc, msg=msg, type=kind, input=value)])


class ProviderUnavailable(InvalidRequest):
    """The box has no such provider."""

    code = "provider_unavailable"
    title = "The provider is not available in this box"


class MalformedBody(BoxError):
    """The body cannot be read as what it says it is."""

    code = "malformed_body"
    title = "The body cannot be read"


class Unauthorized(BoxError):
    """No key was sent, or none that is known: the same words for every cause."""

    code = "unauthorized"
    title = "A valid API key is needed"

    def __init__(self) -> None:
        super().__init__("Send a valid API key as 'Authorization: Bearer ax_...'. Keys are made by 'keys create'.")


class Forbidden(BoxError):
    """The key is known but may not do this."""

    code = "forbidden"
    title = "The key may not do this"


class NotFound(BoxError):
    """No such thing in this workspace."""

    code = "not_found"
    title = "Not found"


class RunNotIdle(BoxError):
    """Files can be added to an idle run only."""

    code = "run_not_idle"
    title = "The run no longer takes files"


class RunEnded(BoxError):
    """The run has ended already."""

    code = "run_ended"
    title = "The run has ended"


class ConfigInUse(BoxError):
    """A saved configuration cannot be deleted, since something names it."""

    code = "config_in_use"
    title = "The saved configuration is in use"


class IdempotencyConflict(BoxError):
    """The idempotency key belongs to another request."""

    code = "idempotency_conflict"
    title = "The idempotency key was used for another request"


class Erased(BoxError):
    """The run was erased; the receipt says what and when."""

    code = "run_erased"
    title = "The run was erased"


class UploadTooLarge(BoxError):
    """More bytes than the limit allows."""

    code = "upload_too_large"
    title = "The upload is too large"


class UnsupportedMediaType(BoxError):
    """A kind of file or body that is not read here."""

    code = "unsupported_media_type"
    title = "This kind of file is not supported"


class QueueFull(BoxError):
    """Too many runs wait."""

    code = "queue_full"
    title = "The queue is full"

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class DiskReserveReached(BoxError):
    """The disk has no room left but its reserve."""

    code = "disk_reserve_reached"
    title = "The disk is full"


class RangeNotSatisfiable(BoxError):
    """No byte of the file lies in the range."""

    code = "range_not_satisfiable"
    title = "The range lies outside the file"


class ModuleUnavailable(InvalidRequest):
    """The module cannot run in this box."""

    code = "module_unavailable"
    title = "The module is not available in this box"


class ParsersUnavailable(BoxError):
    """The parsers do not load: nothing can be read."""

    code = "parsers_unavailable"
    title = "The parsers do not load"
