"""AWS Signature Version 4 of presigned links: how one is made, and what one must be to open something.

Source: "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API Reference.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

ALGORITHM = "AWS4-HMAC-SHA256"
REGION = "local"
SERVICE = "s3"
MAX_EXPIRES_S = 7 * 86_400
CLOCK_SKEW_S = 15 * 60
_UNRESERVED = "-_.~"
_TIME = "%Y%m%dT%H%M%SZ"
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


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


class Presigned(msgspec.Struct, frozen=True):
    """What the query of a presigned link says."""

    access_key: str
    date: str
    region: str
    time: datetime
    expires_s: int
    signed_headers: tuple[str, ...]
    signature: str


def presign(credential: Credential, base_url: str, path: str, expires_s: int, now: datetime) -> str:
    """Return a link that opens `path` (decoded, from the root) of `base_url` for so many seconds."""
    host = urlsplit(base_url).netloc
    time = now.astimezone(UTC).strftime(_TIME)
    query = [
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", f"{credential.access_key}/{time[:8]}/{REGION}/{SERVICE}/aws4_request"),
        ("X-Amz-Date", time),
        ("X-Amz-Expires", str(expires_s)),
        ("X-Amz-SignedHeaders", "host"),
    ]
    uri = quote(path, safe=f"{_UNRESERVED}/")
    signature = _signature(credential.secret, "GET", uri, query, {"host": host}, time, REGION)
    return f"{base_url.rstrip('/')}{uri}?{_canonical_query(query)}&X-Amz-Signature={signature}"


def read_query(query_string: str) -> Presigned:
    """Return what a query says of its signature; raise Refused when it is none of this version."""
    values = dict(parse_qsl(query_string, keep_blank_values=True))
    try:
        access_key, date, region, service, ending = values["X-Amz-Credential"].rsplit("/", 4)
        told = Presigned(
            access_key=access_key,
            date=date,
            region=region,
            time=datetime.strptime(values["X-Amz-Date"], _TIME).replace(tzinfo=UTC),
            expires_s=int(values["X-Amz-Expires"]),
            signed_headers=tuple(values["X-Amz-SignedHeaders"].split(";")),
            signature=values["X-Amz-Signature"],
        )
    except (KeyError, ValueError):
        raise Refused("AuthorizationQueryParametersError", "The query has not all that a presigned link has.") from None
    scope_fits = (service, ending, date) == (SERVICE, "aws4_request", values["X-Amz-Date"][:8])
    if values.get("X-Amz-Algorithm") != ALGORITHM or not scope_fits or "host" not in told.signed_headers:
        raise Refused("AuthorizationQueryParametersError", f"Only {ALGORITHM} with the header host signed is taken.")
    if not 1 <= told.expires_s <= MAX_EXPIRES_S:
        raise Refused("AuthorizationQueryParametersError", f"X-Amz-Expires must be 1 to {MAX_EXPIRES_S} seconds.")
    return told


def verify(
    told: Presigned,
    credential: Credential,
    method: str,
    path: str,
    query_string: str,
    headers: dict[str, str],
    now: datetime,
) -> None:
    """Check a presigned request; raise Refused unless the signature fits and its time is not over.

    `path` is decoded; `headers` are those of the request with lower-case names.
    """
    query = [pair for pair in parse_qsl(query_string, keep_blank_values=True) if pair[0] != "X-Amz-Signature"]
    signed = {name: " ".join(headers.get(name, "").split()) for name in told.signed_headers}
    uri = quote(path, safe=f"{_UNRESERVED}/")
    time = told.time.strftime(_TIME)
    expected = _signature(credential.secret, method, uri, query, signed, time, told.region)
    given = told.signature if _SIGNATURE.fullmatch(told.signature) else ""
    if told.region != REGION or not hmac.compare_digest(expected, given):
        raise Refused("SignatureDoesNotMatch", "The signature does not fit the request; the link was changed.")
    age_s = (now - told.time).total_seconds()
    if age_s < -CLOCK_SKEW_S:
        raise Refused("AccessDenied", "The link is not valid yet; compare the clocks.")
    if age_s > told.expires_s:
        raise Refused("AccessDenied", "Request has expired")


def _signature(
    secret: str, method: str, uri: str, query: list[tuple[str, str]], headers: dict[str, str], time: str, region: str
) -> str:
    """Return the signature in hex of a request without a signed body."""
    names = sorted(headers)
    request = "\n".join(
        [
            method,
            uri,
            _canonical_query(query),
            *[f"{name}:{headers[name]}" for name in names],
            "",
            ";".join(names),
            "UNSIGNED-PAYLOAD",
        ]
    )
    scope = f"{time[:8]}/{region}/{SERVICE}/aws4_request"
    to_sign = "\n".join([ALGORITHM, time, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in (time[:8], region, SERVICE, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _canonical_query(query: list[tuple[str, str]]) -> str:
    """Return a query in the order and the encoding in which it is signed."""
    encoded = sorted((quote(name, safe=_UNRESERVED), quote(value, safe=_UNRESERVED)) for name, value in query)
    return "&".join(f"{name}={value}" for name, value in encoded)
