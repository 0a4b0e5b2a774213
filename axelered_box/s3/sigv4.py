"""AWS Signature Version 4: how a link is signed, and what a request must be to be taken as signed.

Sources: "Authenticating Requests (AWS Signature Version 4)" and its parts on headers, query parameters and chunked
uploads, Amazon S3 API Reference.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import msgspec

from axelered_box.storage.s3_credentials import REGION

ALGORITHM = "AWS4-HMAC-SHA256"
SERVICE = "s3"
MAX_EXPIRES_S = 7 * 86_400
CLOCK_SKEW_S = 15 * 60
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
EMPTY_HASH = hashlib.sha256(b"").hexdigest()
CONTENT_HASH = "x-amz-content-sha256"
Query = list[tuple[str, str]]
_UNRESERVED = "-_.~"
_TIME = "%Y%m%dT%H%M%SZ"
_OF_SIGNATURE = frozenset(
    f"x-amz-{name}" for name in ("algorithm", "credential", "date", "expires", "signedheaders", "signature")
)
_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_HEADER = re.compile(
    rf"{ALGORITHM}\s+Credential=(?P<credential>[^,\s]+)\s*,\s*SignedHeaders=(?P<headers>[^,\s]+)\s*,\s*Signature=(?P<signature>\S+)"
)


class Credential(msgspec.Struct, frozen=True):
    """An access key and its secret."""

    access_key: str
    secret: str

    def __repr__(self) -> str:
        return f"Credential(access_key={self.access_key!r}, secret=...)"


class Refused(Exception):
    """A request that may not be carried out: one of S3's error codes and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """What a request says of its signature."""

    access_key: str
    time: datetime
    region: str
    signed_headers: tuple[str, ...]
    signature: str
    expires_s: int | None = None
    """How long a presigned link is good for; None where the headers are signed."""


class Chain:
    """The signatures of a body sent in chunks: each is made over the one before it."""

    def __init__(self, key: bytes, time: str, scope: str, seed: str) -> None:
        self._key = key
        self._time = time
        self._scope = scope
        self._before = seed

    def check_chunk(self, signature: str, chunk_hash: str) -> None:
        """Check the next chunk's signature by its SHA-256 in hex; raise Refused."""
        self._check(signature, [f"{ALGORITHM}-PAYLOAD", self._time, self._scope, self._before, EMPTY_HASH, chunk_hash])

    def check_trailer(self, signature: str, trailer: bytes) -> None:
        """Check the signature of the trailing headers, each as ``name:value`` and a line feed; raise Refused."""
        told = hashlib.sha256(trailer).hexdigest()
        self._check(signature, [f"{ALGORITHM}-TRAILER", self._time, self._scope, self._before, told])

    def _check(self, signature: str, lines: list[str]) -> None:
        expected = hmac.digest(self._key, "\n".join(lines).encode(), "sha256").hex()
        if not hmac.compare_digest(expected, signature if _SIGNATURE.fullmatch(signature) else ""):
            raise Refused("SignatureDoesNotMatch", "The signature of a chunk does not fit it.")
        self._before = expected


def presign(credential: Credential, base_url: str, path: str, expires_s: int, now: datetime) -> str:
    """Return a link that opens `path` (decoded, from the root) of `base_url` for so many seconds."""
    host = urlsplit(base_url).netloc
    time = now.astimezone(UTC)
    query = [
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{credential.access_key}/{_scope(time, REGION)}"),
        ("X-Amz-Date", time.strftime(_TIME)),
        ("X-Amz-Expires", str(expires_s)),
        ("X-Amz-SignedHeaders", "host"),
    ]
    uri = quote(path, safe=f"{_UNRESERVED}/")
    request = _canonical_request("GET", path, query, {"host": host}, UNSIGNED_PAYLOAD)
    signature = _signature(signing_key(credential.secret, time, REGION), request, time, REGION)
    return f"{base_url.rstrip('/')}{uri}?{_canonical_query(query)}&X-Amz-Signature={signature}"


def read(headers: dict[str, str], query: Query) -> Signed:
    """Return what a request says of its signature, in its headers or its query; raise Refused."""
    values = dict(query)
    given, in_query = headers.get("authorization"), "X-Amz-Signature" in values
    if given is not None and in_query:
        raise Refused("InvalidArgument", "Only one way of signing is allowed: the header or the query.")
    if given is not None:
        return _read_header(given, headers)
    if in_query:
        return _read_query(values, headers)
    if "AWSAccessKeyId" in values:
        raise Refused("InvalidRequest", f"Signature version 2 is not taken. Use {ALGORITHM}.")
    raise Refused("AccessDenied", "Access Denied")


def verify(
    told: Signed, credential: Credential, method: str, path: str, query: Query, headers: dict[str, str], now: datetime
) -> Chain:
    """Check a request; raise Refused unless the signature fits and its time is right; return the chain for its chunks.

    `path` is decoded; `headers` are those of the request with lower-case names.
    """
    payload = UNSIGNED_PAYLOAD if told.expires_s is not None else headers.get(CONTENT_HASH, "")
    signed = {name: " ".join(headers.get(name, "").split()) for name in told.signed_headers}
    pairs = [pair for pair in query if pair[0] != "X-Amz-Signature"]
    key = signing_key(credential.secret, told.time, told.region)
    expected = _signature(key, _canonical_request(method, path, pairs, signed, payload), told.time, told.region)
    given = told.signature if _SIGNATURE.fullmatch(told.signature) else ""
    if told.region != REGION or not hmac.compare_digest(expected, given):
        raise Refused(
            "SignatureDoesNotMatch",
            f"The signature does not fit the request. Check the secret, the region ({REGION}) and what was changed on"
            " the way.",
        )
    _check_time(told, now)
    return Chain(key, told.time.strftime(_TIME), _scope(told.time, told.region), expected)


def headers_in(query: Query) -> dict[str, str]:
    """Return the headers, by lower-case name, that a presigned link has in its query in place of its head."""
    named = {name.lower(): value for name, value in query}
    return {name: value for name, value in named.items() if name.startswith("x-amz-") and name not in _OF_SIGNATURE}


def signing_key(secret: str, time: datetime, region: str) -> bytes:
    """Return the key that signs on a day."""
    key = f"AWS4{secret}".encode()
    for part in _scope(time, region).split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def _read_header(given: str, headers: dict[str, str]) -> Signed:
    """Return what the header Authorization says; raise Refused."""
    match = _HEADER.fullmatch(given.strip())
    if match is None:
        if given.startswith("AWS "):
            raise Refused("InvalidRequest", f"Signature version 2 is not taken. Use {ALGORITHM}.")
        raise Refused("AuthorizationHeaderMalformed", f"The header Authorization is none of {ALGORITHM}.")
    if CONTENT_HASH not in headers:
        raise Refused("InvalidRequest", f"The header {CONTENT_HASH} is missing.")
    access_key, date, region = _read_credential(match["credential"], "AuthorizationHeaderMalformed")
    time = _read_time(headers.get("x-amz-date"), "AccessDenied")
    if time.strftime("%Y%m%d") != date:
        raise Refused("AuthorizationHeaderMalformed", "The date of the credential is not that of x-amz-date.")
    if region != REGION:
        raise Refused("AuthorizationHeaderMalformed", f"The region is '{region}'; this box is in '{REGION}'.")
    names = tuple(match["headers"].split(";"))
    _check_signed(names, headers)
    return Signed(access_key=access_key, time=time, region=region, signed_headers=names, signature=match["signature"])


def _check_signed(names: tuple[str, ...], headers: dict[str, str]) -> None:
    """Raise Refused for headers that change what a request does and are not signed."""
    unsigned = [name for name in headers if name.startswith("x-amz-") and name not in names]
    if "host" not in names or unsigned:
        raise Refused("AccessDenied", "There were headers present in the request which were not signed.")


def _read_query(values: dict[str, str], headers: dict[str, str]) -> Signed:
    """Return what the query of a presigned link says; raise Refused."""
    code = "AuthorizationQueryParametersError"
    try:
        credential, expires = values["X-Amz-Credential"], int(values["X-Amz-Expires"])
        names, signature = tuple(values["X-Amz-SignedHeaders"].split(";")), values["X-Amz-Signature"]
    except (KeyError, ValueError):
        raise Refused(code, "The query has not all that a presigned link has.") from None
    access_key, date, region = _read_credential(credential, code)
    time = _read_time(values.get("X-Amz-Date"), code)
    if values.get("X-Amz-Algorithm") != ALGORITHM or "host" not in names or time.strftime("%Y%m%d") != date:
        raise Refused(code, f"Only {ALGORITHM} with the header host signed and dates that agree is taken.")
    if not 1 <= expires <= MAX_EXPIRES_S:
        raise Refused(code, f"X-Amz-Expires must be 1 to {MAX_EXPIRES_S} seconds.")
    _check_signed(names, headers)
    return Signed(
        access_key=access_key,
        time=time,
        region=region,
        signed_headers=names,
        signature=signature,
        expires_s=expires,
    )


def _read_credential(text: str, code: str) -> tuple[str, str, str]:
    """Return access key, date and region of a credential; raise Refused."""
    parts = text.rsplit("/", 4)
    if len(parts) != 5 or parts[3:] != [SERVICE, "aws4_request"]:
        raise Refused(code, f"The credential must be <access key>/<date>/<region>/{SERVICE}/aws4_request.")
    return parts[0], parts[1], parts[2]


def _read_time(text: str | None, code: str) -> datetime:
    try:
        return datetime.strptime(text or "", _TIME).replace(tzinfo=UTC)
    except ValueError:
        raise Refused(
            code, "The time of the request (x-amz-date) is missing or none such as 20260131T080000Z."
        ) from None


def _check_time(told: Signed, now: datetime) -> None:
    """Raise Refused when a request was made too long ago or is from the future."""
    age_s = (now - told.time).total_seconds()
    if told.expires_s is None:
        if abs(age_s) > CLOCK_SKEW_S:
            raise Refused("RequestTimeTooSkewed", "The clocks differ by more than 15 minutes.")
        return
    if age_s < -CLOCK_SKEW_S:
        raise Refused("AccessDenied", "The link is not valid yet; compare the clocks.")
    if age_s > told.expires_s:
        raise Refused("AccessDenied", "Request has expired")


def _signature(key: bytes, request: str, time: datetime, region: str) -> str:
    """Return the signature in hex of a canonical request."""
    hashed = hashlib.sha256(request.encode()).hexdigest()
    to_sign = "\n".join([ALGORITHM, time.strftime(_TIME), _scope(time, region), hashed])
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _canonical_request(method: str, path: str, query: Query, headers: dict[str, str], payload: str) -> str:
    names = sorted(headers)
    return "\n".join(
        [
            method,
            quote(path, safe=f"{_UNRESERVED}/"),
            _canonical_query(query),
            *[f"{name}:{headers[name]}" for name in names],
            "",
            ";".join(names),
            payload,
        ]
    )


def _scope(time: datetime, region: str) -> str:
    return f"{time.strftime('%Y%m%d')}/{region}/{SERVICE}/aws4_request"


def _canonical_query(query: Query) -> str:
    """Return a query in the order and the encoding in which it is signed."""
    encoded = sorted((quote(name, safe=_UNRESERVED), quote(value, safe=_UNRESERVED)) for name, value in query)
    return "&".join(f"{name}={value}" for name, value in encoded)
