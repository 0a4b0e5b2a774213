"""What a careful attacker or an odd client of the bucket tries: it is refused, or answered to the letter."""

import asyncio
import base64
import sqlite3
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from axelered_box.pipeline import expiry
from axelered_box.s3 import multipart
from tests.faces.bucket import Client, client_of, code_of, texts, xml_of
from tests.faces.face import open_face

pytestmark = pytest.mark.anyio

UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
MIB = 1 << 20


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def begun(s3: Client, key: str, *parts: bytes) -> tuple[str, bytes]:
    """Begin an upload in parts; return its id and the body that completes it."""
    upload = xml_of(await s3.send("POST", key, query={"uploads": ""})).findtext("UploadId") or ""
    named = ""
    for number, part in enumerate(parts, 1):
        answer = await s3.send("PUT", key, query={"partNumber": str(number), "uploadId": upload}, body=part)
        named += f"<Part><PartNumber>{number}</PartNumber><ETag>{answer.headers['etag']}</ETag></Part>"
    return upload, f"<CompleteMultipartUpload>{named}</CompleteMultipartUpload>".encode()


async def test_a_presigned_put_cannot_be_made_a_copy(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/secret", b"secret")
        assert (await s3.presigned("PUT", "inputs/mine", body=b"1")).status_code == 200
        source = f"/{s3.bucket}/inputs/secret"
        answer = await s3.presigned("PUT", "inputs/mine", x_amz_copy_source=source)

        assert code_of(answer) == (403, "AccessDenied")
        assert (await s3.get("inputs/mine")).content == b"1"


async def test_headers_can_be_signed_in_the_query(tmp_path: Path) -> None:
    crc = base64.b64encode(zlib.crc32(b"words").to_bytes(4, "big")).decode()
    query = {
        "x-amz-checksum-crc32": crc,
        "x-amz-sdk-checksum-algorithm": "CRC32",
        "x-amz-meta-by": "me",
        "x-id": "PutObject",
    }
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        assert code_of(await s3.presigned("PUT", "inputs/a", query=query, body=b"other")) == (400, "BadDigest")
        put = await s3.presigned("PUT", "inputs/a", query=query, body=b"words")

        assert (put.status_code, put.headers["x-amz-checksum-crc32"]) == (200, crc)
        assert (await s3.get("inputs/a")).headers["x-amz-meta-by"] == "me"


async def test_one_checksum_is_taken(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        answer = await s3.put("inputs/a", b"1", x_amz_checksum_crc32="AAAAAA==", x_amz_checksum_sha1="AAAA")
        assert code_of(answer) == (400, "InvalidRequest")


@pytest.mark.parametrize(
    "body",
    [
        b"+5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n",
        b"0_5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n",
        b"5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\nmore",
        b"5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{crc}\r\nx-amz-meta-a:b\r\n\r\n",
    ],
)
async def test_what_is_no_chunk_is_refused(tmp_path: Path, body: bytes) -> None:
    crc = base64.b64encode(zlib.crc32(b"words").to_bytes(4, "big"))
    headers = {"x-amz-decoded-content-length": "5", "x-amz-trailer": "x-amz-checksum-crc32"}
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        answers = [
            await s3.send("PUT", "inputs/a", headers=headers, body=one.replace(b"{crc}", crc), payload=UNSIGNED_TRAILER)
            for one in (body, b"5\r\nwords\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n")
        ]
        assert code_of(answers[0])[0] == 400
        assert answers[1].status_code == 200


async def test_numbers_without_end_are_refused(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload, _ = await begun(s3, "inputs/a")
        query = {"partNumber": "9" * 5000, "uploadId": upload}
        part = f"<Part><PartNumber>{'9' * 5000}</PartNumber><ETag>x</ETag></Part>"
        body = f"<CompleteMultipartUpload>{part}</CompleteMultipartUpload>".encode()

        assert code_of(await s3.send("PUT", "inputs/a", query=query, body=b"1")) == (400, "InvalidArgument")
        assert code_of(await s3.send("POST", "inputs/a", query={"uploadId": upload}, body=body)) == (400, "InvalidPart")
        listing = await s3.send("GET", "inputs/a", query={"uploadId": upload, "part-number-marker": "9" * 5000})
        assert code_of(listing) == (400, "InvalidArgument")


async def test_deletes_under_conditions(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        etag = (await s3.put("inputs/a", b"1")).headers["etag"]
        await s3.put("inputs/b", b"2")
        body = b"".join(f"<Object><Key>inputs/{key}</Key><ETag>{etag}</ETag></Object>".encode() for key in ("a", "b"))
        refused = await s3.send("DELETE", "inputs/a", headers={"if-match": '"other"'})
        assert code_of(refused) == (412, "PreconditionFailed")
        many = xml_of(await s3.send("POST", query={"delete": ""}, body=b"<Delete>" + body + b"</Delete>"))

        assert texts(many, "Deleted/Key") == ["inputs/a"]
        assert texts(many, "Error/Code") == ["PreconditionFailed"]
        etag = (await s3.get("inputs/b")).headers["etag"]
        assert (await s3.send("DELETE", "inputs/b", headers={"if-match": etag})).status_code == 204


async def test_the_list_of_uploads_goes_on_behind_a_key(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        for key in ("inputs/a", "inputs/b \u00fc"):
            await begun(s3, key)
        root = xml_of(await s3.send("GET", query={"uploads": "", "key-marker": "inputs/a", "encoding-type": "url"}))
        assert texts(root, "Upload/Key") == ["inputs/b%20%C3%BC"]
        assert root.findtext("EncodingType") == "url"


async def test_keys_at_the_edge_of_what_there_is_are_listed(tmp_path: Path) -> None:
    keys = ["inputs/p", "inputs/p\r\n\tq", "inputs/p\U0010ffff", "inputs/p\U0010ffff/x"]
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        for key in keys:
            assert (await s3.put(key, b"1")).status_code == 200
        for prefix, expected in (("inputs/p", keys), ("inputs/p\U0010ffff", keys[2:])):
            query = {"list-type": "2", "prefix": prefix}
            found = [
                element.text
                for element in fromstring((await s3.send("GET", query=query)).content).iter()
                if element.tag.endswith("}Key")
            ]
            assert sorted(found) == sorted(expected)
        query = {"list-type": "2", "prefix": "inputs/", "delimiter": "\U0010ffff", "max-keys": "1"}
        pages: list[Any] = []
        while True:
            root = xml_of(await s3.send("GET", query=query))
            pages += texts(root, "Contents/Key") + texts(root, "CommonPrefixes/Prefix")
            token = root.findtext("NextContinuationToken")
            if token is None:
                break
            query["continuation-token"] = token
        assert pages == ["inputs/p", "inputs/p\r\n\tq", "inputs/p\U0010ffff"]


async def test_parts_make_no_object_larger_than_is_taken(tmp_path: Path) -> None:
    async with open_face(tmp_path, max_upload_bytes=6 * MIB) as face:
        s3 = await client_of(face)
        upload, body = await begun(s3, "inputs/a", b"1" * 5 * MIB, b"2" * 5 * MIB)
        answer = await s3.send("POST", "inputs/a", query={"uploadId": upload}, body=body)
        assert code_of(answer) == (400, "EntityTooLarge")


async def test_one_of_many_completions_makes_the_object(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload, body = await begun(s3, "inputs/a", b"1" * 5 * MIB, b"2")
        answers = await asyncio.gather(
            *(s3.send("POST", "inputs/a", query={"uploadId": upload}, body=body) for _ in range(5))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404, 404]
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1
        assert (await s3.get("inputs/a")).content == b"1" * 5 * MIB + b"2"


async def test_an_upload_that_is_aborted_while_it_is_completed_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        upload, body = await begun(s3, "inputs/a", b"1")
        chosen = multipart._chosen

        def erased(*arguments: Any) -> Any:
            parts = chosen(*arguments)
            for name in face.kept():
                face.parts.tools.objects.path(name).unlink()
            return parts

        monkeypatch.setattr(multipart, "_chosen", erased)
        answer = await s3.send("POST", "inputs/a", query={"uploadId": upload}, body=body)
        assert code_of(answer) == (404, "NoSuchUpload")


async def test_of_many_first_puts_one_is_taken(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        puts = (s3.put("inputs/a", str(place).encode(), if_none_match="*") for place in range(10))
        answers = await asyncio.gather(*puts)
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1


async def test_a_key_that_looks_like_a_version_is_copied(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a?versionId=7", b"1")
        copied = await s3.put("inputs/b", b"", x_amz_copy_source=f"/{s3.bucket}/inputs/a%3FversionId=7")
        assert copied.status_code == 200, copied.text


async def test_the_bucket_is_as_old_as_its_workspace(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        made = (await face.http.get(face.w())).json()["data"]["createdAt"]
        assert texts(xml_of(await s3.send("GET", None)), "Buckets/Bucket/CreationDate") == [made]


async def test_a_full_disk_is_told_by_its_status(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"1")
        upload, body = await begun(s3, "inputs/c", b"1")
        face.parts.intake.reserve_bytes = 1 << 60
        refused = await s3.put("inputs/b", b"1")
        assert refused.status_code == 507
        assert str(1 << 60) in refused.text
        assert (await s3.send("POST", "inputs/c", query={"uploadId": upload}, body=body)).status_code == 507
        assert (await s3.get("inputs/a")).content == b"1"
        assert (await s3.send("DELETE", "inputs/a")).status_code == 204


async def test_the_name_of_a_deleted_object_is_gone_from_the_disk(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await expiry.sweep(face.parts.tools)
        await s3.put("inputs/a-telling-name", b"1")
        await s3.send("DELETE", "inputs/a-telling-name")
        await expiry.sweep(face.parts.tools)

        stored = b"".join(path.read_bytes() for path in tmp_path.glob("box.db*"))
        assert b"a-telling-name" not in stored
        with sqlite3.connect(tmp_path / "box.db") as db:
            assert db.execute("SELECT COUNT(*) FROM doomed").fetchone() == (0,)


async def test_an_object_is_not_read_on_for_a_client_that_is_gone(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"x" * 20 * MIB)
        scope = await s3.scope_of("GET", "inputs/a")
        sent: list[int] = []
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not sent:
                sent.append(0)
                return {"type": "http.request", "body": b"", "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(len(message.get("body", b"")))
            if sent[-1]:
                gone.set()
            await asyncio.sleep(0)

        await s3.app(scope, receive, send)
        assert 0 < sum(sent) <= 2 * MIB
