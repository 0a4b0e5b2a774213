"""Objects one by one: read, told of, put, copied and deleted."""

import sqlite3
from urllib.parse import quote, unquote

from axelered_box.domain.errors import RangeNotSatisfiable
from axelered_box.domain.ids import now_ms
from axelered_box.domain.modules import Json
from axelered_box.domain.ranges import span_of
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.s3 import checksums, conditions, xml
from axelered_box.s3.messages import Answer, Request, answer_xml, http_date, iso_date
from axelered_box.s3.receiving import Received, discard, receive, whole_body
from axelered_box.s3.sigv4 import Refused
from axelered_box.storage import bucket
from axelered_box.storage.bucket import INPUTS, BucketObject
from axelered_box.storage.reading import open_file

MAX_KEY_BYTES = 1024
MAX_METADATA_BYTES = 2048
MAX_DELETED = 1000
COPY_SOURCE = "x-amz-copy-source"
KEPT_HEADERS = (
    "content-type",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "expires",
)
_META = "x-amz-meta-"
_DEFAULT_TYPE = "binary/octet-stream"
OVERRIDES = {f"response-{name}": name for name in KEPT_HEADERS}
"""The parameters by which a read sets a header of its answer."""
_NOT_OFFERED = (
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-tagging",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-legal-hold",
    "x-amz-website-redirect-location",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-write-offset-bytes",
)


async def get(request: Request) -> Answer:
    """GetObject and HeadObject."""
    if request.value("versionId", "null") != "null" or request.value("partNumber"):
        raise Refused("NotImplemented", "Versions and single parts of objects are not offered.")
    found = await look_up(request, request.key)
    headers = _told(request, found)
    if conditions.is_unchanged(request.headers, found):
        kept = {name: value for name, value in headers.items() if not name.startswith(("content-", checksums.PREFIX))}
        return Answer(status=304, headers=kept)
    try:
        span = span_of(_range(request, found), found.size_bytes)
    except RangeNotSatisfiable as error:
        raise Refused("InvalidRange", error.message) from None
    first, length = (0, found.size_bytes) if span is None else (span.first, span.length)
    headers["content-length"] = str(length)
    if span is not None:
        headers["content-range"] = f"bytes {first}-{first + length - 1}/{found.size_bytes}"
        headers = {name: value for name, value in headers.items() if not name.startswith(checksums.PREFIX)}
    status = 200 if span is None else 206
    if request.method == "HEAD":
        return Answer(status=status, headers=headers)
    file = await open_file(request.parts.tools.objects, found.object)
    return Answer(status=status, headers=headers, pieces=file.pieces(first, length))


async def put(request: Request) -> Answer:
    """PutObject: stored whole and checked before it is visible."""
    check_writable(request.key)
    headers = kept_headers(request)
    await _check_write(request)
    received = await receive(request)
    try:
        made = await show(request, received, received.md5, {**headers, **received.checksums})
    except BaseException:
        await discard(request, received)
        raise
    return Answer(headers={"etag": f'"{made.etag}"', **received.checksums, "content-length": "0"})


async def copy(request: Request) -> Answer:
    """CopyObject, within the bucket."""
    check_writable(request.key)
    source = source_of(request)
    directive = request.headers.get("x-amz-metadata-directive", "COPY")
    if directive not in ("COPY", "REPLACE"):
        raise Refused("InvalidArgument", "Unknown metadata directive.")
    if source == request.key and directive == "COPY":
        raise Refused("InvalidRequest", "This copy request is illegal because it is of an object to itself unchanged.")
    found = await look_up(request, source)
    check_source(request, found)
    await _check_write(request)
    headers = kept_headers(request) if directive == "REPLACE" else found.headers
    objects = request.parts.tools.objects
    twin = await to_its_end(objects.copy(found.object))
    received = Received(object=twin, size_bytes=found.size_bytes, sha256=found.sha256, md5=found.etag, checksums={})
    try:
        made = await show(request, received, found.etag, headers)
    except BaseException:
        await discard(request, received)
        raise
    root = xml.root_of("CopyObjectResult")
    xml.add(root, "ETag", f'"{made.etag}"')
    xml.add(root, "LastModified", iso_date(made.modified_ms))
    return answer_xml(root)


async def delete(request: Request) -> Answer:
    """DeleteObject: that there is none is no error."""
    check_writable(request.key)
    workspace_id, key, tag = request.workspace_id, request.key, request.headers.get("if-match")

    def work(db: sqlite3.Connection) -> None:
        conditions.check_delete(tag, bucket.find(db, workspace_id, key))
        bucket.delete(db, workspace_id, key)

    await request.parts.tools.database.write(work)
    return Answer(status=204)


async def delete_many(request: Request) -> Answer:
    """DeleteObjects."""
    root = xml.parse(await whole_body(request), "Delete")
    named = [(xml.child(element, "Key"), element.findtext("ETag")) for element in root.findall("Object")]
    if not 1 <= len(named) <= MAX_DELETED:
        raise Refused("MalformedXML", f"One request deletes 1 to {MAX_DELETED} objects.")
    quiet = (root.findtext("Quiet") or "").strip().lower() == "true"

    def work(db: sqlite3.Connection) -> list[Refused | None]:
        return [_delete(db, request.workspace_id, key, tag) for key, tag in named]

    refusals = await request.parts.tools.database.write(work)
    result = xml.root_of("DeleteResult")
    for (key, _), refused in zip(named, refusals, strict=True):
        if refused is not None:
            failed = xml.add(result, "Error")
            xml.add(failed, "Key", key)
            xml.add(failed, "Code", refused.code)
            xml.add(failed, "Message", refused.message)
        elif not quiet:
            xml.add(xml.add(result, "Deleted"), "Key", key)
    return answer_xml(result)


def _delete(db: sqlite3.Connection, workspace_id: str, key: str, tag: str | None) -> Refused | None:
    """Delete one object of several; return what keeps it from that."""
    if not key.startswith(INPUTS):
        return Refused("AccessDenied", _NOT_WRITABLE)
    try:
        conditions.check_delete(tag, bucket.find(db, workspace_id, key))
    except Refused as refused:
        return refused
    bucket.delete(db, workspace_id, key)
    return None


async def look_up(request: Request, key: str) -> BucketObject:
    """Return a living object; raise Refused."""
    workspace_id = request.workspace_id
    found = await request.parts.tools.database.read(lambda db: bucket.find(db, workspace_id, key))
    if found is None:
        raise Refused("NoSuchKey", "The specified key does not exist.")
    return found


async def show(request: Request, received: Received, etag: str, headers: Json) -> BucketObject:
    """Make a stored upload visible under the request's key, if its conditions still hold; raise Refused."""
    now = now_ms()
    made = BucketObject(
        key=request.key,
        object=received.object,
        size_bytes=received.size_bytes,
        sha256=received.sha256,
        etag=etag,
        modified_ms=now,
        headers=headers,
    )
    expires_ms = now + request.parts.tools.settings.ttl_seconds * 1000

    def work(db: sqlite3.Connection) -> None:
        conditions.check_write(request.headers, bucket.find(db, request.workspace_id, request.key))
        bucket.put(db, request.workspace_id, made, expires_ms)

    await to_its_end(request.parts.tools.database.write(work))
    return made


def check_writable(key: str) -> None:
    """Raise Refused for a key that clients may not write."""
    if len(key.encode()) > MAX_KEY_BYTES:
        raise Refused("KeyTooLongError", f"Your key is too long: at most {MAX_KEY_BYTES} bytes.")
    if not key.startswith(INPUTS) or key == INPUTS[:-1]:
        raise Refused("AccessDenied", _NOT_WRITABLE)


def kept_headers(request: Request) -> Json:
    """Return the headers of an upload that are given back when it is read; raise Refused."""
    for name in _NOT_OFFERED:
        if name in request.headers:
            raise Refused("NotImplemented", f"The header {name} is not offered.")
    if request.headers.get("x-amz-storage-class", "STANDARD") != "STANDARD":
        raise Refused("InvalidStorageClass", "The storage class is always STANDARD.")
    if request.headers.get("x-amz-acl", "private") != "private":
        raise Refused("NotImplemented", "Access control lists other than private are not offered.")
    meta = {name: value for name, value in request.headers.items() if name.startswith(_META)}
    if sum(len(name) - len(_META) + len(value.encode()) for name, value in meta.items()) > MAX_METADATA_BYTES:
        raise Refused("MetadataTooLarge", f"Your metadata headers exceed {MAX_METADATA_BYTES} bytes.")
    kept = {name: request.headers[name] for name in KEPT_HEADERS if request.headers.get(name)}
    encodings = [part.strip() for part in kept.pop("content-encoding", "").split(",")]
    own = ",".join(part for part in encodings if part and part != "aws-chunked")
    return {"content-type": _DEFAULT_TYPE, **kept, **meta, **({"content-encoding": own} if own else {})}


def source_of(request: Request) -> str:
    """Return the key that a copy is of; raise Refused."""
    path, _, version = request.headers[COPY_SOURCE].partition("?versionId=")
    name, _, key = unquote(path).lstrip("/").partition("/")
    if version not in ("", "null"):
        raise Refused("NotImplemented", "Versions of objects are not offered.")
    if name != request.bucket or not key:
        raise Refused("AccessDenied", "Copies are made within the bucket.")
    return key


def check_source(request: Request, found: BucketObject) -> None:
    """Check the conditions on what is copied; raise Refused."""
    if conditions.is_unchanged(request.headers, found, "x-amz-copy-source-"):
        raise Refused("PreconditionFailed", "At least one of the pre-conditions you specified did not hold.")


async def _check_write(request: Request) -> None:
    """Check the conditions of a write before its body is received; they are checked again when it is made visible."""
    workspace_id, key = request.workspace_id, request.key
    before = await request.parts.tools.database.read(lambda db: bucket.find(db, workspace_id, key))
    conditions.check_write(request.headers, before)


def _told(request: Request, found: BucketObject) -> dict[str, str]:
    """Return the headers that tell of an object."""
    kept = {
        name: value
        for name, value in found.headers.items()
        if not name.startswith(checksums.PREFIX) or request.headers.get("x-amz-checksum-mode", "").upper() == "ENABLED"
    }
    name = found.key.rpartition("/")[2]
    given = {OVERRIDES[name]: value for name, value in request.query if name in OVERRIDES}
    return {
        "etag": f'"{found.etag}"',
        "last-modified": http_date(found.modified_ms),
        "accept-ranges": "bytes",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "sandbox",
        "cache-control": "private, no-store",
        **kept,
        **{name: value for name, value in given.items() if "\r" not in value and "\n" not in value},
    }


def _range(request: Request, found: BucketObject) -> str | None:
    """Return the range that is asked for, unless the client's copy is of another object."""
    condition = request.headers.get("if-range")
    same = condition is None or condition.strip().strip('"') == found.etag
    return request.headers.get("range") if same else None


_NOT_WRITABLE = f"Objects of your own lie under {INPUTS}; outputs of runs are read-only."
