"""Lists of the bucket and uploads in parts: pages, prefixes, delimiters, order, and objects made of parts."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from axelered_box.pipeline import expiry
from tests.faces.bucket import Client, client_of, code_of, texts, xml_of
from tests.faces.face import Face, open_face

pytestmark = pytest.mark.anyio

MIB = 1 << 20


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def listed(s3: Client, **query: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in query.items()}
    answer = await s3.send("GET", query={"list-type": "2", **named})
    assert answer.status_code == 200, answer.text
    return xml_of(answer)


async def filled(face: Face, *keys: str) -> Client:
    s3 = await client_of(face)
    for key in keys:
        assert (await s3.put(key, key.encode())).status_code == 200
    return s3


async def test_the_bucket_is_there_and_no_other(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        buckets = xml_of(await s3.send("GET", None))
        assert texts(buckets, "Buckets/Bucket/Name") == [s3.bucket]
        assert (await s3.send("HEAD")).status_code == 200
        assert xml_of(await s3.send("GET", query={"location": ""})).text == "local"


async def test_keys_come_in_the_order_of_their_bytes(tmp_path: Path) -> None:
    keys = ["inputs/A", "inputs/a", "inputs/a-b", "inputs/a/b", "inputs/ü", "inputs/\uffee", "inputs/\U0001f600"]
    async with open_face(tmp_path) as face:
        s3 = await filled(face, *reversed(keys))
        root = await listed(s3)
        assert texts(root, "Contents/Key") == sorted(keys, key=str.encode)
        assert texts(root, "Contents/Size")[0] == str(len(b"inputs/A"))
        assert root.findtext("KeyCount") == str(len(keys))
        encoded = await listed(s3, encoding_type="url", prefix="inputs/ü")
        assert texts(encoded, "Contents/Key") == ["inputs/%C3%BC"]


@pytest.mark.parametrize("version", ["1", "2"])
async def test_pages_go_on_where_the_one_before_ended(tmp_path: Path, version: str) -> None:
    keys = [f"inputs/{place:02d}" for place in range(23)]
    async with open_face(tmp_path) as face:
        s3 = await filled(face, *keys)
        found: list[str] = []
        query = {"list-type": "2"} if version == "2" else {}
        query |= {"max-keys": "5", "prefix": "inputs/"}
        while True:
            root = xml_of(await s3.send("GET", query=query))
            found += texts(root, "Contents/Key")
            if root.findtext("IsTruncated") == "false":
                break
            assert len(texts(root, "Contents/Key")) == 5
            if version == "2":
                query["continuation-token"] = root.findtext("NextContinuationToken") or ""
            else:
                query["marker"] = root.findtext("NextMarker") or ""
        assert found == keys


async def test_what_has_a_delimiter_is_told_as_prefixes_once_each(tmp_path: Path) -> None:
    keys = [f"inputs/{folder}/{place}" for folder in "abc" for place in range(4)] + ["inputs/b", "inputs/d"]
    async with open_face(tmp_path) as face:
        s3 = await filled(face, *keys)
        root = await listed(s3, prefix="inputs/", delimiter="/")
        assert texts(root, "CommonPrefixes/Prefix") == ["inputs/a/", "inputs/b/", "inputs/c/"]
        assert texts(root, "Contents/Key") == ["inputs/b", "inputs/d"]

        found: list[str] = []
        token: dict[str, str] = {}
        while True:
            root = await listed(s3, prefix="inputs/", delimiter="/", max_keys="1", **token)
            found += texts(root, "Contents/Key") + texts(root, "CommonPrefixes/Prefix")
            if root.findtext("IsTruncated") == "false":
                break
            token = {"continuation_token": root.findtext("NextContinuationToken") or ""}
        assert found == ["inputs/a/", "inputs/b", "inputs/b/", "inputs/c/", "inputs/d"]


async def test_outputs_of_runs_are_listed_and_read(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await filled(face, "inputs/x", "inputs/y")
        run_id = await face.created()
        await face.finish(run_id, "document.md", "document.html")
        root = await listed(s3)
        outputs = [f"runs/{run_id}/note.txt/parse/{name}" for name in ("document.html", "document.md")]
        assert texts(root, "Contents/Key") == ["inputs/x", "inputs/y", *outputs]
        assert texts(await listed(s3, prefix=f"runs/{run_id}/"), "Contents/Key") == outputs
        assert texts(await listed(s3, delimiter="/"), "CommonPrefixes/Prefix") == ["inputs/", "runs/"]
        assert texts(await listed(s3, start_after=outputs[0]), "Contents/Key") == outputs[1:]
        assert (await s3.get(outputs[0])).status_code == 200
        await face.http.delete(face.w(f"/process/{run_id}"))
        assert texts(await listed(s3, prefix="runs/"), "Contents/Key") == []


async def begun(s3: Client, key: str) -> str:
    answer = await s3.send("POST", key, query={"uploads": ""}, headers={"x-amz-meta-a": "1"})
    return xml_of(answer).findtext("UploadId") or ""


async def part(s3: Client, key: str, upload: str, number: int, body: bytes) -> str:
    answer = await s3.send("PUT", key, query={"uploadId": upload, "partNumber": str(number)}, body=body)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


def completion(parts: list[tuple[int, str]]) -> bytes:
    inner = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{tag}</ETag></Part>" for n, tag in parts)
    return f"<CompleteMultipartUpload>{inner}</CompleteMultipartUpload>".encode()


async def test_parts_become_one_object(tmp_path: Path) -> None:
    bodies = [b"a" * (5 * MIB), b"b" * (5 * MIB + 1), b"c"]
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload = await begun(s3, "inputs/big")
        await part(s3, "inputs/big", upload, 2, b"replaced later")
        tags = [(n, await part(s3, "inputs/big", upload, n, body)) for n, body in enumerate(bodies, 1)]
        told = xml_of(await s3.send("GET", "inputs/big", query={"uploadId": upload}))
        assert texts(told, "Part/PartNumber") == ["1", "2", "3"]
        uploads = xml_of(await s3.send("GET", query={"uploads": ""}))
        assert texts(uploads, "Upload/Key") == ["inputs/big"]
        assert code_of(await s3.get("inputs/big")) == (404, "NoSuchKey")

        done = await s3.send("POST", "inputs/big", query={"uploadId": upload}, body=completion(tags))
        digest = hashlib.md5(b"".join(hashlib.md5(body).digest() for body in bodies)).hexdigest()
        assert xml_of(done).findtext("ETag") == f'"{digest}-3"'
        got = await s3.get("inputs/big")
        assert got.content == b"".join(bodies)
        assert got.headers["x-amz-meta-a"] == "1"
        again = await s3.send("POST", "inputs/big", query={"uploadId": upload}, body=completion(tags))
        assert code_of(again) == (404, "NoSuchUpload")
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1


async def test_wrong_completions_are_refused_and_the_upload_goes_on(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload = await begun(s3, "inputs/a")
        tags = [(n, await part(s3, "inputs/a", upload, n, b"small")) for n in (1, 2)]

        async def complete(parts: list[tuple[int, str]]) -> Any:
            return await s3.send("POST", "inputs/a", query={"uploadId": upload}, body=completion(parts))

        assert code_of(await complete(tags)) == (400, "EntityTooSmall")
        assert code_of(await complete(tags[::-1])) == (400, "InvalidPartOrder")
        assert code_of(await complete([(1, '"x"')])) == (400, "InvalidPart")
        assert code_of(await complete([(7, tags[0][1])])) == (400, "InvalidPart")
        assert code_of(await complete([])) == (400, "MalformedXML")
        assert (await complete(tags[1:])).status_code == 200
        assert (await s3.get("inputs/a")).content == b"small"


async def test_an_aborted_upload_leaves_nothing(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload = await begun(s3, "inputs/a")
        await part(s3, "inputs/a", upload, 1, b"1")
        assert (await s3.send("DELETE", "inputs/a", query={"uploadId": upload})).status_code == 204
        late = await s3.send("PUT", "inputs/a", query={"uploadId": upload, "partNumber": "2"}, body=b"2")
        assert code_of(late) == (404, "NoSuchUpload")
        await expiry.erase_doomed(face.parts.tools)
        assert face.kept() == []


async def test_an_upload_that_nobody_completes_dies(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload = await begun(s3, "inputs/a")
        await part(s3, "inputs/a", upload, 1, b"1")
        await face.parts.tools.database.write(lambda db: db.execute("UPDATE multiparts SET created_ms = 1"))
        await expiry.sweep(face.parts.tools)
        assert face.kept() == []
        assert code_of(await s3.send("GET", "inputs/a", query={"uploadId": upload})) == (404, "NoSuchUpload")


async def test_a_part_can_be_some_of_another_object(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await filled(face, "inputs/source")
        upload = await begun(s3, "inputs/a")
        headers = {"x-amz-copy-source": f"{s3.bucket}/inputs/source", "x-amz-copy-source-range": "bytes=7-12"}
        copied = await s3.send("PUT", "inputs/a", query={"uploadId": upload, "partNumber": "1"}, headers=headers)
        tag = xml_of(copied).findtext("ETag") or ""
        await s3.send("POST", "inputs/a", query={"uploadId": upload}, body=completion([(1, tag)]))
        assert (await s3.get("inputs/a")).content == b"source"
