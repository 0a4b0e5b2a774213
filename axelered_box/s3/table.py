"""Which operation a request asks for, by its method and the parameters of its query."""

from collections.abc import Awaitable, Callable

from axelered_box.s3 import buckets, listing, multipart, objects
from axelered_box.s3.messages import Answer, Request
from axelered_box.s3.objects import COPY_SOURCE
from axelered_box.s3.sigv4 import Refused

Operation = Callable[[Request], Awaitable[Answer]]

_PASSED_OVER = frozenset({"x-id"})
_LISTS = frozenset(
    {
        "list-type",
        "prefix",
        "delimiter",
        "max-keys",
        "encoding-type",
        "continuation-token",
        "start-after",
        "fetch-owner",
        "marker",
        "allow-unordered",
    }
)
_UPLOAD_LISTS = frozenset(
    {"uploads", "prefix", "delimiter", "max-uploads", "encoding-type", "key-marker", "upload-id-marker"}
)
_READS = frozenset({"versionId", "partNumber", *objects.OVERRIDES})
_PARTS = frozenset({"uploadId", "max-parts", "part-number-marker", "encoding-type"})


def operation_of(request: Request) -> Operation:
    """Return what carries a request out; raise Refused for what is not offered."""
    asked = {name for name, _ in request.query if not name.lower().startswith("x-amz-")} - _PASSED_OVER
    if not request.presigned and any(name.lower().startswith("x-amz-") for name, _ in request.query):
        raise Refused("InvalidArgument", "Only a presigned link has parameters that begin with x-amz-.")
    if not request.bucket:
        found = _of_service(request)
    elif not request.key:
        found = _of_bucket(request, asked)
    else:
        found = _of_object(request, asked)
    if found is None:
        raise Refused("NotImplemented", "A header or query you provided asks for what this bucket does not offer.")
    return found


def _of_service(request: Request) -> Operation | None:
    return listing.buckets if request.method == "GET" else None


def _of_bucket(request: Request, asked: set[str]) -> Operation | None:
    if request.method == "HEAD" and not asked:
        return buckets.head
    if request.method == "POST" and asked == {"delete"}:
        return objects.delete_many
    if request.method != "GET":
        return None
    if asked == {"location"}:
        return buckets.location
    if asked == {"lifecycle"}:
        return buckets.lifecycle
    if "uploads" in asked and asked <= _UPLOAD_LISTS:
        return multipart.list_uploads
    if not asked <= _LISTS:
        return None
    return listing.version_2 if request.value("list-type") == "2" else listing.version_1


def _of_object(request: Request, asked: set[str]) -> Operation | None:
    copies = COPY_SOURCE in request.headers
    if request.method in ("GET", "HEAD"):
        if request.method == "GET" and "uploadId" in asked and asked <= _PARTS:
            return multipart.list_parts
        return objects.get if asked <= _READS else None
    if request.method == "PUT" and not asked:
        return objects.copy if copies else objects.put
    if request.method == "PUT" and asked == {"partNumber", "uploadId"}:
        return multipart.copy_part if copies else multipart.upload_part
    if request.method == "POST" and asked == {"uploads"}:
        return multipart.create
    if request.method == "POST" and asked == {"uploadId"}:
        return multipart.complete
    if request.method == "DELETE":
        return objects.delete if not asked else multipart.abort if asked == {"uploadId"} else None
    return None
