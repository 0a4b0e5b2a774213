"""Lists: of buckets, and of the objects in one, by both versions of the call."""

import base64
import binascii
from urllib.parse import quote
from xml.etree.ElementTree import Element

from axelered_box.s3 import xml
from axelered_box.s3.messages import Answer, Request, answer_xml, iso_date
from axelered_box.s3.sigv4 import Refused
from axelered_box.storage import bucket, workspaces
from axelered_box.storage.bucket import BucketObject, Listed
from axelered_box.storage.s3_credentials import BUCKET_PREFIX

MAX_KEYS = 1000
_OWNER = "axelered-box"


async def buckets(request: Request) -> Answer:
    """ListBuckets: the one that the credential opens."""
    workspace_id = request.workspace_id
    workspace = await request.parts.tools.database.read(lambda db: workspaces.get_workspace(db, workspace_id))
    root = xml.root_of("ListAllMyBucketsResult")
    add_owner(root)
    one = xml.add(xml.add(root, "Buckets"), "Bucket")
    xml.add(one, "Name", f"{BUCKET_PREFIX}{request.workspace_id}")
    xml.add(one, "CreationDate", iso_date(workspace.created_ms))
    return answer_xml(root)


async def version_2(request: Request) -> Answer:
    """ListObjectsV2."""
    token, start = request.value("continuation-token"), request.value("start-after")
    found, limit = await _list(request, _key_of(token) if token else start)
    root = _begin(request, limit, found)
    xml.add(root, "KeyCount", len(found.objects) + len(found.prefixes))
    if token:
        xml.add(root, "ContinuationToken", token)
    if start:
        xml.add(root, "StartAfter", shown(request, start))
    if found.next_key is not None:
        xml.add(root, "NextContinuationToken", _token_of(found.next_key))
    owners = request.value("fetch-owner").lower() == "true"
    _add_found(request, root, found, owners=owners)
    return answer_xml(root)


async def version_1(request: Request) -> Answer:
    """ListObjects."""
    marker = request.value("marker")
    found, limit = await _list(request, marker)
    root = _begin(request, limit, found)
    xml.add(root, "Marker", shown(request, marker))
    if found.next_key is not None:
        xml.add(root, "NextMarker", shown(request, found.next_key))
    _add_found(request, root, found, owners=True)
    return answer_xml(root)


def max_of(request: Request, name: str) -> int:
    """Return how many items a page may have; raise Refused."""
    return min(MAX_KEYS, number_of(request, name, MAX_KEYS))


def number_of(request: Request, name: str, default: int) -> int:
    """Return a number of the query; raise Refused."""
    text = request.value(name)
    if text == "":
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("InvalidArgument", f"{name} must be a number from 0 to {10**9 - 1}.")
    return int(text)


def check_encoding(request: Request) -> None:
    """Raise Refused for an encoding of keys that is not known."""
    if request.value("encoding-type") not in ("", "url"):
        raise Refused("InvalidArgument", "Invalid Encoding Method specified in Request.")


def add_owner(parent: Element, name: str = "Owner") -> None:
    """Add the owner of everything."""
    owner = xml.add(parent, name)
    xml.add(owner, "ID", _OWNER)
    xml.add(owner, "DisplayName", _OWNER)


async def _list(request: Request, after: str) -> tuple[Listed, int]:
    """Return a page of objects behind a key, and how many it may have."""
    check_encoding(request)
    limit = max_of(request, "max-keys")
    if limit == 0:
        return Listed(objects=[], prefixes=[], next_key=None), 0
    prefix, delimiter, workspace_id = request.value("prefix"), request.value("delimiter"), request.workspace_id
    found = await request.parts.tools.database.read(
        lambda db: bucket.list_objects(db, workspace_id, prefix=prefix, delimiter=delimiter, after=after, limit=limit)
    )
    return found, limit


def _begin(request: Request, limit: int, found: Listed) -> Element:
    """Return the root of a list, with what was asked for."""
    root = xml.root_of("ListBucketResult")
    xml.add(root, "Name", request.bucket)
    xml.add(root, "Prefix", shown(request, request.value("prefix")))
    if request.value("delimiter"):
        xml.add(root, "Delimiter", shown(request, request.value("delimiter")))
    if request.value("encoding-type"):
        xml.add(root, "EncodingType", "url")
    xml.add(root, "MaxKeys", limit)
    xml.add(root, "IsTruncated", "false" if found.next_key is None else "true")
    return root


def _add_found(request: Request, root: Element, found: Listed, *, owners: bool) -> None:
    for one in found.objects:
        _add_object(request, root, one, owners=owners)
    for prefix in found.prefixes:
        xml.add(xml.add(root, "CommonPrefixes"), "Prefix", shown(request, prefix))


def _add_object(request: Request, root: Element, one: BucketObject, *, owners: bool) -> None:
    element = xml.add(root, "Contents")
    xml.add(element, "Key", shown(request, one.key))
    xml.add(element, "LastModified", iso_date(one.modified_ms))
    xml.add(element, "ETag", f'"{one.etag}"')
    xml.add(element, "Size", one.size_bytes)
    xml.add(element, "StorageClass", "STANDARD")
    if owners:
        add_owner(element)


def shown(request: Request, key: str) -> str:
    """Return a key as the list shows it, percent-encoded where that is asked for."""
    return quote(key, safe="/-_.~") if request.value("encoding-type") == "url" else key


def _token_of(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def _key_of(token: str) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refused("InvalidArgument", "The continuation token provided is incorrect.") from None
