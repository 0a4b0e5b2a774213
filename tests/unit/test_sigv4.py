"""Presigned links are those of AWS, and only an unchanged one opens something in its time."""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from axelered_box.s3 import sigv4
from axelered_box.s3.sigv4 import Credential, Refused

NOW = datetime(2013, 5, 24, tzinfo=UTC)
CREDENTIAL = Credential("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
BASE = "http://127.0.0.1:8484"
PATH = "/ws-1/runs/2/Übersicht (№ 7).txt/parse/document.md"


def check(url: str, *, now: datetime = NOW, method: str = "GET", host: str = "127.0.0.1:8484") -> None:
    """Verify a link as a server does."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    told = sigv4.read({}, query)
    sigv4.verify(told, CREDENTIAL, method, unquote(parts.path), query, {"host": host}, now)


def test_the_example_of_the_reference_has_its_signature() -> None:
    """The signature of the example in Amazon's reference comes out."""
    query = [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"),
        ("X-Amz-Date", "20130524T000000Z"),
        ("X-Amz-Expires", "86400"),
        ("X-Amz-SignedHeaders", "host"),
    ]
    headers = {"host": "examplebucket.s3.amazonaws.com"}
    key = sigv4.signing_key(CREDENTIAL.secret, NOW, "us-east-1")
    request = sigv4._canonical_request("GET", "/test.txt", query, headers, "UNSIGNED-PAYLOAD")

    made = sigv4._signature(key, request, NOW, "us-east-1")
    assert made == "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


def test_the_chunks_of_the_reference_have_their_signatures() -> None:
    """The example of a chunked upload in Amazon's reference is taken: 64 KiB, 1 KiB and the end."""
    key = sigv4.signing_key(CREDENTIAL.secret, NOW, "us-east-1")
    scope = "20130524/us-east-1/s3/aws4_request"
    seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
    chain = sigv4.Chain(key, "20130524T000000Z", scope, seed)
    for size, signature in (
        (65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
        (1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
        (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
    ):
        chain.check_chunk(signature, hashlib.sha256(b"a" * size).hexdigest())
    with pytest.raises(Refused, match="SignatureDoesNotMatch"):
        chain.check_chunk("0" * 64, hashlib.sha256(b"").hexdigest())


def test_a_link_opens_what_it_was_made_for() -> None:
    """A fresh link is good until its time is over, odd names included."""
    url = sigv4.presign(CREDENTIAL, BASE, PATH, 60, NOW)

    check(url)
    check(url, now=NOW + timedelta(seconds=60))
    with pytest.raises(Refused, match="AccessDenied"):
        check(url, now=NOW + timedelta(seconds=61))
    with pytest.raises(Refused, match="AccessDenied"):
        check(url, now=NOW - timedelta(minutes=16))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X-Amz-Expires=60", "X-Amz-Expires=960"),
        ("/runs/2/", "/runs/3/"),
        ("X-Amz-Signature=", "X-Amz-Signature=0"),
        ("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host&more=1"),
    ],
)
def test_a_changed_link_is_refused(old: str, new: str) -> None:
    """Any change to path, query or signature is seen."""
    url = sigv4.presign(CREDENTIAL, BASE, PATH, 60, NOW)
    with pytest.raises(Refused, match="SignatureDoesNotMatch"):
        check(url.replace(old, new))


def test_a_link_is_bound_to_host_and_method() -> None:
    """The same link for another host, or to another end, is refused."""
    url = sigv4.presign(CREDENTIAL, BASE, PATH, 60, NOW)
    for change in ({"host": "evil.example"}, {"method": "PUT"}):
        with pytest.raises(Refused, match="SignatureDoesNotMatch"):
            check(url, **change)


@pytest.mark.parametrize(
    "query", ["X-Amz-Signature=1", "X-Amz-Signature=1&X-Amz-Expires=x", "X-Amz-Signature=1&X-Amz-Credential=a/b"]
)
def test_half_a_signature_is_refused(query: str) -> None:
    """A query that lacks members of a presigned link is refused before anything is looked up."""
    with pytest.raises(Refused, match="AuthorizationQueryParametersError"):
        sigv4.read({}, parse_qsl(query))


def test_more_than_seven_days_are_refused() -> None:
    """A link cannot be made to live longer than AWS allows."""
    with pytest.raises(Refused, match="AuthorizationQueryParametersError"):
        check(sigv4.presign(CREDENTIAL, BASE, PATH, 7 * 86_400 + 1, NOW))
