"""Files that a config names instead of bringing them: objects of the workspace's bucket, or files of allowed hosts."""

from urllib.parse import unquote, urlsplit

import msgspec

from axelered_box.domain.errors import BoxError, DiskReserveReached, InvalidRequest, NotFound, UnsupportedMediaType
from axelered_box.domain.media_types import detect, refusal
from axelered_box.domain.runs import NewFile
from axelered_box.egress import EgressDenied, EgressFailed
from axelered_box.pipeline.config import Checked, Source
from axelered_box.pipeline.finishing import to_its_end
from axelered_box.pipeline.intake import HEAD_BYTES, Intake, safe_name
from axelered_box.pipeline.tools import Tools
from axelered_box.storage import bucket
from axelered_box.storage.bucket import BucketObject
from axelered_box.storage.objects import Objects
from axelered_box.storage.s3_credentials import BUCKET_PREFIX

FETCH_LIMIT_S = 300.0
BUCKET_SCHEME = "s3://"
_NO_OBJECT = f"There is no such object in the bucket {BUCKET_PREFIX}{{}}."


async def fetch(tools: Tools, intake: Intake, workspace_id: str, checked: Checked, received: int) -> list[NewFile]:
    """Store the files that a config names besides those received; leave none when one cannot be had.

    Raises InvalidRequest naming that one, DiskReserveReached.
    """
    sources = msgspec.convert(checked.config.get("sources") or [], list[Source])
    count, most = received + len(sources), tools.settings.max_files
    if sources and count > most:
        sentence = f"A run has at most {most} files (MAX_FILES), not {count}."
        raise InvalidRequest.of(["body", "config", "sources"], sentence, count)
    files: list[NewFile] = []
    try:
        for place, source in enumerate(sources):
            try:
                files.append(await _fetch(tools, intake, workspace_id, source.url))
            except DiskReserveReached:
                raise
            except (BoxError, EgressDenied, EgressFailed, TimeoutError) as error:
                sentence = str(error) or f"It did not come within {FETCH_LIMIT_S:.0f} s."
                loc: list[str | int] = ["body", "config", "sources", place, "url"]
                raise InvalidRequest.of(loc, sentence, source.url, "source_unavailable") from None
    except BaseException:
        await to_its_end(tools.objects.erase([file.object for file in files]))
        raise
    return files


async def _fetch(tools: Tools, intake: Intake, workspace_id: str, url: str) -> NewFile:
    if url.startswith(BUCKET_SCHEME):
        name, _, key = url.removeprefix(BUCKET_SCHEME).partition("/")
        return await _from_bucket(tools, workspace_id, name, key)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise EgressFailed(f"It is no address: {error}.") from None
    incoming = intake.receive(unquote(parts.path.rpartition("/")[2]) or parts.netloc.rpartition("@")[2])
    try:
        async with tools.egress.get(url, limit_s=FETCH_LIMIT_S) as pieces:
            async for piece in pieces:
                await incoming.write(piece)
        return await to_its_end(incoming.finish())
    except BaseException:
        await to_its_end(incoming.abort())
        raise


async def _from_bucket(tools: Tools, workspace_id: str, name: str, key: str) -> NewFile:
    """Give an object of the workspace's bucket a second name, as a file of a run."""
    found = None
    if name == f"{BUCKET_PREFIX}{workspace_id}":
        found = await tools.database.read(lambda db: bucket.find(db, workspace_id, key))
    if found is None:
        raise NotFound(_NO_OBJECT.format(workspace_id))
    file_name = safe_name(key)
    try:
        media_type = await _kind(tools.objects, found, file_name)
        twin = await to_its_end(tools.objects.copy(found.object))
    except FileNotFoundError:  # it died meanwhile
        raise NotFound(_NO_OBJECT.format(workspace_id)) from None
    return NewFile(name=file_name, object=twin, size_bytes=found.size_bytes, sha256=found.sha256, media_type=media_type)


async def _kind(objects: Objects, found: BucketObject, name: str) -> str:
    """Return what an object is by its first bytes and its name; raise UnsupportedMediaType."""

    def head() -> bytes:
        with objects.path(found.object).open("rb") as file:
            return file.read(HEAD_BYTES)

    first = await objects.run(head)
    kind = detect(first, name)
    if kind is None:
        raise UnsupportedMediaType(refusal(first, name))
    return kind
