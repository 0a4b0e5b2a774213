"""The conditions of requests: RFC 9110, section 13, as S3 applies them to reads, writes and copies."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from axelered_box.s3.sigv4 import Refused
from axelered_box.storage.bucket import BucketObject

_FAILED = "At least one of the pre-conditions you specified did not hold."


def is_unchanged(headers: dict[str, str], found: BucketObject, prefix: str = "") -> bool:
    """Check the conditions of a read; tell whether the client has the object already. Raises Refused.

    `prefix` stands before the names of the headers, such as ``x-amz-copy-source-``.
    """
    match, none_match = headers.get(f"{prefix}if-match"), headers.get(f"{prefix}if-none-match")
    since = _instant(headers.get(f"{prefix}if-modified-since"))
    unless = _instant(headers.get(f"{prefix}if-unmodified-since"))
    modified = datetime.fromtimestamp(found.modified_ms // 1000, UTC)
    if match is not None and not _has(match, found.etag):
        raise Refused("PreconditionFailed", _FAILED)
    if match is None and unless is not None and modified > unless:
        raise Refused("PreconditionFailed", _FAILED)
    if none_match is not None:
        return _has(none_match, found.etag)
    return since is not None and modified <= since


def check_write(headers: dict[str, str], before: BucketObject | None) -> None:
    """Check the conditions of a write against what it would replace; raise Refused."""
    match, none_match = headers.get("if-match"), headers.get("if-none-match")
    if none_match is not None and none_match.strip() != "*":
        raise Refused("NotImplemented", "If-None-Match of a write can be * only.")
    if none_match is not None and before is not None:
        raise Refused("PreconditionFailed", _FAILED)
    if match is not None and before is None:
        raise Refused("NoSuchKey", "The specified key does not exist.")
    if match is not None and before is not None and not _has(match, before.etag):
        raise Refused("PreconditionFailed", _FAILED)


def check_delete(tag: str | None, before: BucketObject | None) -> None:
    """Check the tag that an object must have to be deleted; raise Refused."""
    if tag is not None and before is not None and not _has(tag, before.etag):
        raise Refused("PreconditionFailed", _FAILED)


def _has(tags: str, etag: str) -> bool:
    """Tell whether a list of tags has one; quotes may be missing, as clients of S3 leave them out."""
    known = [tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")]
    return "*" in known or etag in known


def _instant(text: str | None) -> datetime | None:
    """Return the instant of a header; None when there is none, or when it is no date, which is passed over."""
    if text is None:
        return None
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, TypeError):
        return None
