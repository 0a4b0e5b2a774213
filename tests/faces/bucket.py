"""A client of the bucket that signs as the S3 API Reference has it, written apart from the box's own code."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring

import httpx

from axelered_box import s3
from axelered_box.s3.links import Links
from tests.faces.face import BASE, Face

HOST = BASE.partition("://")[2]
SCOPE_END = "local/s3/aws4_request"
UNSIGNED = "UNSIGNED-PAYLOAD"


class Client:
    """Sends signed requests to the bucket of a face's workspace."""

    def __init__(self, face: Face, access_key: str, secret: str) -> None:
        self.app: Any = s3.create_app(face.parts, Links(b"k" * 32))
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=BASE)
        self.access_key = access_key
        self.secret = secret
        self.bucket = f"ws-{face.workspace}"

    async def send(
        self,
        method: str,
        key: str | None = "",
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        payload: str | None = None,
        age: timedelta = timedelta(),
        unsigned: dict[str, str] | None = None,
        spoil: Callable[[str], str] = lambda signature: signature,
        stream: Callable[[bytes, str, str], bytes] | None = None,
    ) -> httpx.Response:
        """Send one request; `key` None is the service itself.

        `payload` is the value of x-amz-content-sha256, the body's hash when absent; `stream` makes the body from the
        signing key, the scope's time and the seed signature.
        """
        path = "/" if key is None else quote(f"/{self.bucket}" + (f"/{key}" if key else ""), safe="/-_.~")
        time = (datetime.now(UTC) - age).strftime("%Y%m%dT%H%M%SZ")
        pairs = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in (query or {}).items())
        query_text = "&".join(f"{k}={v}" for k, v in pairs)
        told = payload or hashlib.sha256(body).hexdigest()
        signed = {"host": HOST, "x-amz-date": time, "x-amz-content-sha256": told}
        signed |= {name.lower(): value for name, value in (headers or {}).items()}
        names = sorted(signed)
        request = "\n".join(
            [method, path, query_text, *[f"{n}:{signed[n].strip()}" for n in names], "", ";".join(names), told]
        )
        scope = f"{time[:8]}/{SCOPE_END}"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(request.encode()).hexdigest()])
        signing = self.signing_key(time)
        signature = hmac.new(signing, to_sign.encode(), hashlib.sha256).hexdigest()
        authorization = (
            f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, SignedHeaders={';'.join(names)},"
            f" Signature={spoil(signature)}"
        )
        content = stream(signing, time, signature) if stream is not None else body
        return await self._http.request(
            method,
            f"{path}?{query_text}" if query_text else path,
            headers={**signed, "authorization": authorization, **(unsigned or {})},
            content=content,
        )

    async def presigned(
        self, method: str, key: str, *, query: dict[str, str] | None = None, body: bytes = b"", **unsigned: str
    ) -> httpx.Response:
        """Send a request whose signature is in its query; only the host is signed of the headers."""
        path = quote(f"/{self.bucket}/{key}", safe="/-_.~")
        time = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{time[:8]}/{SCOPE_END}"
        asked = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{self.access_key}/{scope}",
            "X-Amz-Date": time,
            "X-Amz-Expires": "60",
            "X-Amz-SignedHeaders": "host",
            **(query or {}),
        }
        pairs = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in asked.items())
        text = "&".join(f"{k}={v}" for k, v in pairs)
        request = "\n".join([method, path, text, f"host:{HOST}", "", "host", UNSIGNED])
        to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(request.encode()).hexdigest()])
        signature = hmac.new(self.signing_key(time), to_sign.encode(), hashlib.sha256).hexdigest()
        named = {name.replace("_", "-"): value for name, value in unsigned.items()}
        url = f"{path}?{text}&X-Amz-Signature={signature}"
        return await self._http.request(method, url, headers=named, content=body)

    def signing_key(self, time: str) -> bytes:
        key = f"AWS4{self.secret}".encode()
        for part in (time[:8], *SCOPE_END.split("/")):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key

    async def scope_of(self, method: str, key: str) -> dict[str, Any]:
        """Return the ASGI scope of a signed request, which is sent too, to an application that keeps it."""
        kept: list[dict[str, Any]] = []

        async def keep(scope: dict[str, Any], _: Any, send: Any) -> None:
            kept.append(scope)
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        http, self._http = self._http, httpx.AsyncClient(transport=httpx.ASGITransport(keep), base_url=BASE)
        await self.send(method, key)
        self._http = http
        return kept[0]

    async def put(self, key: str, body: bytes, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.send("PUT", key, body=body, headers=named)

    async def get(self, key: str, **headers: str) -> httpx.Response:
        return await self.send("GET", key, unsigned={name.replace("_", "-"): value for name, value in headers.items()})


async def client_of(face: Face) -> Client:
    """Return a client with a new credential of the face's workspace."""
    made = (await face.http.post(face.w("/s3-credentials"), json={})).json()["data"]
    return Client(face, made["accessKey"], made["secretKey"])


def xml_of(answer: httpx.Response) -> Element:
    """Return the XML of an answer, its tags without namespace."""
    root = fromstring(answer.text)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a refusal."""
    return answer.status_code, xml_of(answer).findtext("Code") or ""


def texts(root: Element, path: str) -> list[Any]:
    """Return the texts of all elements at a path."""
    return [element.text for element in root.findall(path)]
