"""Uploads in parts: begun, filled, listed, completed as one object, aborted."""

import hashlib
import re
import sqlite3
from xml.etree.ElementTree import Element

from axelered_box.domain.errors import RangeNotSatisfiable
from axelered_box.domain.ids import now_ms
from axelered_box.domain.ranges import span_of
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.s3 import checksums, conditions, xml
from axelered_box.s3.listing import add_owner, check_encoding, max_of, number_of, shown
from axelered_box.s3.messages import Answer, Request, answer_xml, iso_date
from axelered_box.s3.objects import check_source, check_writable, kept_headers, look_up, source_of
from axelered_box.s3.receiving import Received, check_disk, discard, receive, whole_body
from axelered_box.s3.sigv4 import Refused
from axelered_box.storage import bucket, multipart
from axelered_box.storage.bucket import LAST_CHARACTER, BucketObject
from axelered_box.storage.joining import joined
from axelered_box.storage.multipart import MultipartUpload, Part

MAX_PARTS = 10_000
MIN_PART_BYTES = 5 << 20
_NUMBER = re.compile("[0-9]{1,5}")


async def create(request: Request) -> Answer:
    """CreateMultipartUpload."""
    check_writable(request.key)
    headers, workspace_id, key = kept_headers(request), request.workspace_id, request.key
    checksums.wanted(request.headers)
    made = await request.parts.tools.database.write(lambda db: multipart.begin(db, workspace_id, key, headers))
    root = xml.root_of("InitiateMultipartUploadResult")
    xml.add(root, "Bucket", request.bucket)
    xml.add(root, "Key", key)
    xml.add(root, "UploadId", made.id)
    return answer_xml(root)


async def upload_part(request: Request) -> Answer:
    """UploadPart."""
    upload, number = await _upload(request), _number(request)
    received = await receive(request)
    await _keep(request, upload, number, received)
    return Answer(headers={"etag": f'"{received.md5}"', **received.checksums, "content-length": "0"})


async def copy_part(request: Request) -> Answer:
    """UploadPartCopy: a part from an object of the bucket, or from some of its bytes."""
    upload, number = await _upload(request), _number(request)
    found = await look_up(request, source_of(request))
    check_source(request, found)
    first, length = _source_span(request, found)
    objects = request.parts.tools.objects
    stored, md5 = await to_its_end(objects.run(lambda: joined(objects, [(objects.path(found.object), first, length)])))
    received = Received(object=stored.object, size_bytes=stored.size_bytes, sha256=stored.sha256, md5=md5, checksums={})
    await _keep(request, upload, number, received)
    root = xml.root_of("CopyPartResult")
    xml.add(root, "ETag", f'"{md5}"')
    xml.add(root, "LastModified", iso_date(now_ms()))
    return answer_xml(root)


async def complete(request: Request) -> Answer:
    """CompleteMultipartUpload: the parts named become one object."""
    upload = await _upload(request)
    wanted = xml.parse(await whole_body(request), "CompleteMultipartUpload").findall("Part")
    known = {part.number: part for part in await _parts(request, upload)}
    parts = _chosen(wanted, known)
    objects, most = request.parts.tools.objects, request.parts.intake.max_upload_bytes
    if sum(part.size_bytes for part in parts) > most:
        raise Refused("EntityTooLarge", f"An object may have {most} bytes (MAX_UPLOAD_BYTES).")
    check_disk(request, 0)
    places = [(objects.path(part.object), 0, part.size_bytes) for part in parts]
    try:
        stored, _ = await to_its_end(objects.run(lambda: joined(objects, places)))
    except FileNotFoundError:
        raise Refused("NoSuchUpload", "The upload was completed or aborted meanwhile.") from None
    digest = hashlib.md5(b"".join(bytes.fromhex(part.etag) for part in parts), usedforsecurity=False).hexdigest()
    received = Received(
        object=stored.object, size_bytes=stored.size_bytes, sha256=stored.sha256, md5=digest, checksums={}
    )
    try:
        made = await _show(request, upload, received, f"{digest}-{len(parts)}")
    except BaseException:
        await discard(request, received)
        raise
    root = xml.root_of("CompleteMultipartUploadResult")
    xml.add(root, "Location", f"/{request.bucket}/{request.key}")
    xml.add(root, "Bucket", request.bucket)
    xml.add(root, "Key", request.key)
    xml.add(root, "ETag", f'"{made.etag}"')
    return answer_xml(root)


async def abort(request: Request) -> Answer:
    """AbortMultipartUpload."""
    upload = await _upload(request)
    await request.parts.tools.database.write(lambda db: multipart.end(db, upload.id))
    return Answer(status=204)


async def list_parts(request: Request) -> Answer:
    """ListParts."""
    upload, limit = await _upload(request), max_of(request, "max-parts")
    after = number_of(request, "part-number-marker", 0)
    behind = [part for part in await _parts(request, upload) if part.number > after]
    page = behind[:limit]
    root = xml.root_of("ListPartsResult")
    xml.add(root, "Bucket", request.bucket)
    xml.add(root, "Key", request.key)
    xml.add(root, "UploadId", upload.id)
    add_owner(root, "Initiator")
    add_owner(root)
    xml.add(root, "StorageClass", "STANDARD")
    xml.add(root, "PartNumberMarker", after)
    if len(behind) > limit and page:
        xml.add(root, "NextPartNumberMarker", page[-1].number)
    xml.add(root, "MaxParts", limit)
    xml.add(root, "IsTruncated", "true" if len(behind) > limit else "false")
    for part in page:
        element = xml.add(root, "Part")
        xml.add(element, "PartNumber", part.number)
        xml.add(element, "LastModified", iso_date(part.modified_ms))
        xml.add(element, "ETag", f'"{part.etag}"')
        xml.add(element, "Size", part.size_bytes)
    return answer_xml(root)


async def list_uploads(request: Request) -> Answer:
    """ListMultipartUploads."""
    check_encoding(request)
    if request.value("delimiter"):
        raise Refused("NotImplemented", "Lists of uploads are not grouped by a delimiter.")
    limit, prefix = max_of(request, "max-uploads"), request.value("prefix")
    key_marker, id_marker, workspace_id = (
        request.value("key-marker"),
        request.value("upload-id-marker"),
        request.workspace_id,
    )
    after = (key_marker, id_marker or LAST_CHARACTER)
    found = await request.parts.tools.database.read(
        lambda db: multipart.list_uploads(db, workspace_id, prefix=prefix, after=after, limit=limit + 1)
    )
    root = xml.root_of("ListMultipartUploadsResult")
    xml.add(root, "Bucket", request.bucket)
    if request.value("encoding-type"):
        xml.add(root, "EncodingType", "url")
    xml.add(root, "Prefix", shown(request, prefix))
    xml.add(root, "KeyMarker", shown(request, key_marker))
    xml.add(root, "UploadIdMarker", id_marker)
    if len(found) > limit > 0:
        xml.add(root, "NextKeyMarker", shown(request, found[limit - 1].key))
        xml.add(root, "NextUploadIdMarker", found[limit - 1].id)
    xml.add(root, "MaxUploads", limit)
    xml.add(root, "IsTruncated", "true" if len(found) > limit else "false")
    for upload in found[:limit]:
        element = xml.add(root, "Upload")
        xml.add(element, "Key", shown(request, upload.key))
        xml.add(element, "UploadId", upload.id)
        add_owner(element, "Initiator")
        add_owner(element)
        xml.add(element, "StorageClass", "STANDARD")
        xml.add(element, "Initiated", iso_date(upload.created_ms))
    return answer_xml(root)


async def _upload(request: Request) -> MultipartUpload:
    """Return the upload that a request is about; raise Refused."""
    workspace_id, key, upload_id = request.workspace_id, request.key, request.value("uploadId")
    found = await request.parts.tools.database.read(lambda db: multipart.find(db, workspace_id, key, upload_id))
    if found is None:
        raise Refused("NoSuchUpload", "The specified upload does not exist; it may have been completed or aborted.")
    return found


async def _parts(request: Request, upload: MultipartUpload) -> list[Part]:
    return await request.parts.tools.database.read(lambda db: multipart.parts_of(db, upload.id))


async def _keep(request: Request, upload: MultipartUpload, number: int, received: Received) -> None:
    """Record a part that was received; raise Refused when the upload has ended meanwhile."""
    part = Part(
        number=number,
        object=received.object,
        size_bytes=received.size_bytes,
        etag=received.md5,
        checksums=received.checksums,
        modified_ms=now_ms(),
    )
    try:
        kept = await to_its_end(request.parts.tools.database.write(lambda db: multipart.put_part(db, upload.id, part)))
    except BaseException:
        await discard(request, received)
        raise
    if not kept:
        await discard(request, received)
        raise Refused("NoSuchUpload", "The specified upload does not exist; it may have been completed or aborted.")


async def _show(request: Request, upload: MultipartUpload, received: Received, etag: str) -> BucketObject:
    """Make the joined parts visible and end the upload, at once; raise Refused when another has ended it."""
    now = now_ms()
    made = BucketObject(
        key=upload.key,
        object=received.object,
        size_bytes=received.size_bytes,
        sha256=received.sha256,
        etag=etag,
        modified_ms=now,
        headers=upload.headers,
    )
    expires_ms = now + request.parts.tools.settings.ttl_seconds * 1000

    def work(db: sqlite3.Connection) -> None:
        if multipart.find(db, request.workspace_id, upload.key, upload.id) is None:
            raise Refused("NoSuchUpload", "The upload was completed or aborted meanwhile.")
        conditions.check_write(request.headers, bucket.find(db, request.workspace_id, upload.key))
        multipart.end(db, upload.id)
        bucket.put(db, request.workspace_id, made, expires_ms)

    await to_its_end(request.parts.tools.database.write(work))
    return made


def _chosen(wanted: list[Element], known: dict[int, Part]) -> list[Part]:
    """Return the parts that a request names, in order; raise Refused."""
    if not 1 <= len(wanted) <= MAX_PARTS:
        raise Refused("MalformedXML", f"An object is made of 1 to {MAX_PARTS} parts.")
    parts: list[Part] = []
    for element in wanted:
        text = xml.child(element, "PartNumber").strip()
        part = known.get(int(text)) if _NUMBER.fullmatch(text) else None
        if part is None or xml.child(element, "ETag").strip().strip('"') != part.etag or not _fits(element, part):
            raise Refused("InvalidPart", "One or more of the specified parts could not be found, or its tag differs.")
        if parts and part.number <= parts[-1].number:
            raise Refused("InvalidPartOrder", "The list of parts was not in ascending order.")
        parts.append(part)
    if any(part.size_bytes < MIN_PART_BYTES for part in parts[:-1]):
        raise Refused("EntityTooSmall", f"A part but the last must have at least {MIN_PART_BYTES} bytes.")
    return parts


def _fits(element: Element, part: Part) -> bool:
    """Tell whether the checksums that a request names are those of the part."""
    given = {name: element.findtext(checksums.element(name)) for name in checksums.NAMES}
    kept = part.checksums
    return all(kept.get(checksums.PREFIX + name, value) == value for name, value in given.items() if value is not None)


def _number(request: Request) -> int:
    """Return the number of the part that a request brings; raise Refused."""
    text = request.value("partNumber")
    if not (_NUMBER.fullmatch(text) and 1 <= int(text) <= MAX_PARTS):
        raise Refused("InvalidArgument", f"Part number must be an integer between 1 and {MAX_PARTS}, inclusive.")
    return int(text)


def _source_span(request: Request, found: BucketObject) -> tuple[int, int]:
    """Return which bytes of a source are copied, first and length; raise Refused."""
    header = request.headers.get("x-amz-copy-source-range")
    try:
        span = span_of(header, found.size_bytes)
    except RangeNotSatisfiable as error:
        raise Refused("InvalidRange", error.message) from None
    if header is not None and span is None:
        raise Refused("InvalidArgument", "x-amz-copy-source-range must be bytes=first-last.")
    return (0, found.size_bytes) if span is None else (span.first, span.length)
