"""Objects of the bucket: put whole and checked, read in part or under conditions, copied, deleted, dead in time."""

import base64
import hashlib
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from axelered_box.pipeline import expiry
from tests.faces.bucket import UNSIGNED, Client, client_of, code_of, texts, xml_of
from tests.faces.face import open_face

pytestmark = pytest.mark.anyio


ODD = "inputs/sp ace+ü%25 (№ 7)/?&=.txt"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("key", ["inputs/a.txt", ODD, "inputs/a//b", "inputs/folder/", "inputs/" + "ü" * 500])
async def test_what_is_put_is_read(tmp_path: Path, key: str) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        put = await s3.put(key, b"words", content_type="text/x", x_amz_meta_a="b c")
        got = await s3.get(key)

        assert put.status_code == 200
        assert put.headers["etag"] == f'"{hashlib.md5(b"words").hexdigest()}"'
        assert (got.status_code, got.content) == (200, b"words")
        assert got.headers["content-type"] == "text/x"
        assert got.headers["x-amz-meta-a"] == "b c"
        assert got.headers["etag"] == put.headers["etag"]
        head = await s3.send("HEAD", key)
        assert (head.status_code, head.headers["content-length"], head.content) == (200, "5", b"")


async def test_a_part_is_read(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"0123456789")
        part = await s3.get("inputs/a", range="bytes=2-5")
        last = await s3.get("inputs/a", range="bytes=-3")
        beyond = await s3.get("inputs/a", range="bytes=99-")

        assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"2345", "bytes 2-5/10")
        assert last.content == b"789"
        assert code_of(beyond) == (416, "InvalidRange")


async def test_reads_under_conditions(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        tag = (await s3.put("inputs/a", b"1")).headers["etag"]
        past, future = "Mon, 01 Jan 2001 00:00:00 GMT", "Tue, 01 Jan 2080 00:00:00 GMT"
        statuses = {
            "if-match": (await s3.get("inputs/a", if_match=tag)).status_code,
            "if-match other": (await s3.get("inputs/a", if_match='"x"')).status_code,
            "if-none-match": (await s3.get("inputs/a", if_none_match=tag)).status_code,
            "if-none-match other": (await s3.get("inputs/a", if_none_match='"x"')).status_code,
            "modified since past": (await s3.get("inputs/a", if_modified_since=past)).status_code,
            "modified since future": (await s3.get("inputs/a", if_modified_since=future)).status_code,
            "unmodified since past": (await s3.get("inputs/a", if_unmodified_since=past)).status_code,
            "unmodified since future": (await s3.get("inputs/a", if_unmodified_since=future)).status_code,
        }
        assert list(statuses.values()) == [200, 412, 304, 200, 200, 304, 412, 200], statuses


async def test_writes_under_conditions(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        first = await s3.put("inputs/a", b"1", if_none_match="*")
        again = await s3.put("inputs/a", b"2", if_none_match="*")
        other = await s3.put("inputs/a", b"3", if_match='"x"')
        fits = await s3.put("inputs/a", b"4", if_match=first.headers["etag"])
        none = await s3.put("inputs/b", b"5", if_match='"x"')

        assert first.status_code == 200
        assert code_of(again) == (412, "PreconditionFailed")
        assert code_of(other) == (412, "PreconditionFailed")
        assert fits.status_code == 200
        assert code_of(none) == (404, "NoSuchKey")
        assert (await s3.get("inputs/a")).content == b"4"
        assert len(list(face.parts.tools.objects.staging.iterdir())) == 0


async def test_a_body_that_is_not_what_it_says_leaves_nothing(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        wrong_md5 = base64.b64encode(hashlib.md5(b"other").digest()).decode()
        wrong_crc = base64.b64encode(zlib.crc32(b"other").to_bytes(4, "big")).decode()
        answers = {
            "XAmzContentSHA256Mismatch": await s3.send("PUT", "inputs/a", body=b"words", payload="0" * 64),
            "BadDigest": await s3.put("inputs/a", b"words", content_md5=wrong_md5),
            "InvalidDigest": await s3.put("inputs/a", b"words", content_md5="no base64"),
        }
        crc = await s3.put("inputs/a", b"words", x_amz_checksum_crc32=wrong_crc)

        assert {code: code_of(answer) for code, answer in answers.items()} == {code: (400, code) for code in answers}
        assert code_of(crc) == (400, "BadDigest")
        assert code_of(await s3.get("inputs/a")) == (404, "NoSuchKey")
        assert face.kept() == []


async def test_copies_are_made_within_the_bucket(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"words", x_amz_meta_a="1", content_type="text/x")
        source = f"/{s3.bucket}/inputs/a"
        kept = await s3.send("PUT", "inputs/b", headers={"x-amz-copy-source": source})
        replaced = await s3.send(
            "PUT",
            "inputs/c",
            headers={"x-amz-copy-source": source, "x-amz-metadata-directive": "REPLACE", "x-amz-meta-b": "2"},
        )
        itself = await s3.send("PUT", "inputs/a", headers={"x-amz-copy-source": source})
        elsewhere = await s3.send("PUT", "inputs/d", headers={"x-amz-copy-source": "ws-other/inputs/a"})
        missing = await s3.send("PUT", "inputs/d", headers={"x-amz-copy-source": f"{s3.bucket}/inputs/none"})
        unless = {"x-amz-copy-source": source, "x-amz-copy-source-if-match": '"x"'}
        condition = await s3.send("PUT", "inputs/d", headers=unless)

        assert (kept.status_code, replaced.status_code) == (200, 200)
        assert (await s3.get("inputs/b")).headers["x-amz-meta-a"] == "1"
        read = await s3.get("inputs/c")
        assert (read.content, read.headers["x-amz-meta-b"]) == (b"words", "2")
        assert "x-amz-meta-a" not in read.headers
        assert code_of(itself) == (400, "InvalidRequest")
        assert code_of(elsewhere) == (403, "AccessDenied")
        assert code_of(missing) == (404, "NoSuchKey")
        assert code_of(condition) == (412, "PreconditionFailed")
        await s3.send("DELETE", "inputs/a")
        assert (await s3.get("inputs/b")).content == b"words"


async def test_what_is_deleted_is_gone_from_the_disk(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        for name in "abc":
            await s3.put(f"inputs/{name}", name.encode())
        assert (await s3.send("DELETE", "inputs/a")).status_code == 204
        assert (await s3.send("DELETE", "inputs/a")).status_code == 204
        body = (
            b"<Delete><Object><Key>inputs/b</Key></Object><Object><Key>inputs/none</Key></Object>"
            b"<Object><Key>runs/x</Key></Object></Delete>"
        )
        many = await s3.send("POST", query={"delete": ""}, body=body)
        assert texts(xml_of(many), "Deleted/Key") == ["inputs/b", "inputs/none"]
        assert texts(xml_of(many), "Error/Key") == ["runs/x"]
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1


async def test_what_is_replaced_is_gone_from_the_disk(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"1")
        await s3.put("inputs/a", b"2")
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1
        assert (await s3.get("inputs/a")).content == b"2"


async def test_objects_die_by_the_time_that_the_lifecycle_states(tmp_path: Path) -> None:
    async with open_face(tmp_path, ttl_seconds=60) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"1")
        await face.parts.tools.database.write(lambda db: db.execute("UPDATE bucket_objects SET expires_ms = 1"))
        assert code_of(await s3.get("inputs/a")) == (404, "NoSuchKey")
        assert texts(xml_of(await s3.send("GET", query={"list-type": "2"})), "Contents/Key") == []
        await expiry.sweep(face.parts.tools)
        assert face.kept() == []
        rule = xml_of(await s3.send("GET", query={"lifecycle": ""})).find("Rule")
        assert rule is not None
        assert (rule.findtext("Status"), rule.findtext("Expiration/Days")) == ("Enabled", "1")


async def test_who_may_not_is_refused(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.put("inputs/a", b"1")
        other = (await face.server.post("/v1/w", json={"name": "other"})).json()["data"]["id"]
        there = await face.server.post(f"/v1/w/{other}/s3-credentials", json={})
        stranger = Client(face, there.json()["data"]["accessKey"], there.json()["data"]["secretKey"])
        answers = {
            "spoilt": await s3.send("GET", "inputs/a", spoil=lambda signature: "0" * 64),
            "late": await s3.send("GET", "inputs/a", age=timedelta(minutes=16)),
            "early": await s3.send("GET", "inputs/a", age=timedelta(minutes=-16)),
            "unsigned header": await s3.send("GET", "inputs/a", unsigned={"x-amz-meta-a": "1"}),
            "another's bucket": await stranger.send("GET", "inputs/a"),
            "runs": await s3.put("runs/x", b"1"),
            "top": await s3.put("x", b"1"),
        }
        assert {name: code_of(answer) for name, answer in answers.items()} == {
            "spoilt": (403, "SignatureDoesNotMatch"),
            "late": (403, "RequestTimeTooSkewed"),
            "early": (403, "RequestTimeTooSkewed"),
            "unsigned header": (403, "AccessDenied"),
            "another's bucket": (404, "NoSuchBucket"),
            "runs": (403, "AccessDenied"),
            "top": (403, "AccessDenied"),
        }
        await face.http.delete(face.w("/s3-credentials"))
        assert code_of(await s3.get("inputs/a")) == (403, "InvalidAccessKeyId")


@pytest.mark.parametrize(
    ("method", "key", "query", "headers", "code"),
    [
        ("GET", "", {"acl": ""}, {}, (501, "NotImplemented")),
        ("GET", "", {"versioning": ""}, {}, (501, "NotImplemented")),
        ("PUT", "", {}, {}, (501, "NotImplemented")),
        ("PUT", "inputs/a", {"tagging": ""}, {}, (501, "NotImplemented")),
        ("PUT", "inputs/a", {}, {"x-amz-server-side-encryption": "AES256"}, (501, "NotImplemented")),
        ("PUT", "inputs/a", {}, {"x-amz-storage-class": "GLACIER"}, (400, "InvalidStorageClass")),
        ("PUT", "inputs/a", {}, {"x-amz-meta-a": "x" * 3000}, (400, "MetadataTooLarge")),
        ("PUT", "inputs/" + "k" * 1020, {}, {}, (400, "KeyTooLongError")),
        ("GET", "", {"list-type": "2", "max-keys": "x"}, {}, (400, "InvalidArgument")),
        ("GET", "", {"list-type": "2", "continuation-token": "!"}, {}, (400, "InvalidArgument")),
        ("POST", "", {"delete": ""}, {}, (400, "MalformedXML")),
    ],
)
async def test_what_is_not_offered_or_wrong_has_its_code(
    tmp_path: Path, method: str, key: str, query: dict[str, str], headers: dict[str, str], code: tuple[int, str]
) -> None:
    async with open_face(tmp_path) as face:
        answer = await (await client_of(face)).send(method, key, query=query, headers=headers)
        assert code_of(answer) == code


async def test_a_body_with_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "b">]><Delete><Object><Key>&a;</Key></Object></Delete>'
    async with open_face(tmp_path) as face:
        answer = await (await client_of(face)).send("POST", query={"delete": ""}, body=bomb)
        assert code_of(answer) == (400, "MalformedXML")


async def test_an_upload_is_the_source_of_a_run(tmp_path: Path) -> None:
    async with open_face(tmp_path) as face:
        s3 = await client_of(face)
        await s3.send("PUT", "inputs/note.txt", body=b"words", payload=UNSIGNED)
        config = {"sources": [{"url": f"s3://{s3.bucket}/inputs/note.txt"}]}
        made = await face.http.post(face.w("/process"), json={"config": config})
        assert made.json()["data"]["files"] == ["note.txt"]
        for url in (f"s3://{s3.bucket}/inputs/none", "s3://ws-other/inputs/note.txt", "https://example.org/x.pdf"):
            refused = await face.http.post(face.w("/process"), json={"config": {"sources": [{"url": url}]}})
            assert refused.status_code == 422
            assert refused.json()["detail"][0]["loc"] == ["body", "config", "sources", 0, "url"]
        await s3.send("DELETE", "inputs/note.txt")
        await expiry.erase_doomed(face.parts.tools)
        assert len(face.kept()) == 1
