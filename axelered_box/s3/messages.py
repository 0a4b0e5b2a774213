"""A request of the bucket as its operations see it, and the answers they give."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element

import msgspec

from axelered_box.pipeline.parts import Parts
from axelered_box.s3 import xml
from axelered_box.s3.sigv4 import Chain, Query

XML = "application/xml"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request whose signature fits."""

    parts: Parts
    workspace_id: str
    bucket: str
    """Empty for the service itself."""
    key: str
    """Decoded; empty for the bucket itself."""
    method: str
    query: Query
    headers: dict[str, str]
    """By lower-case name."""
    body: AsyncIterator[bytes]
    chain: Chain
    presigned: bool
    request_id: str

    def value(self, name: str, default: str = "") -> str:
        """Return the value of a parameter of the query."""
        return dict(self.query).get(name, default)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent back."""

    status: int = 200
    headers: dict[str, str] = {}
    pieces: AsyncGenerator[bytes, None] | None = None
    body: bytes = b""


def answer_xml(root: Element, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """Return an answer that is XML."""
    body = xml.text(root)
    told = {"content-type": XML, "content-length": str(len(body)), **(headers or {})}
    return Answer(status=status, headers=told, body=body)


def http_date(milliseconds: int) -> str:
    """Return an instant as HTTP headers have it."""
    return format_datetime(datetime.fromtimestamp(milliseconds // 1000, UTC), usegmt=True)


def iso_date(milliseconds: int) -> str:
    """Return an instant as S3's XML has it."""
    instant = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"
