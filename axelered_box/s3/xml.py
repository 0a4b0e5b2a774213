"""The XML of the bucket: its errors, how answers are written, and how the bodies of requests are read."""

import re
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from axelered_box.s3.sigv4 import Refused

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
MAX_BODY_BYTES = 1 << 20
STATUSES = {
    "AccessDenied": 403,
    "AuthorizationHeaderMalformed": 400,
    "AuthorizationQueryParametersError": 400,
    "BadDigest": 400,
    "EntityTooLarge": 400,
    "EntityTooSmall": 400,
    "IncompleteBody": 400,
    "InsufficientStorage": 507,
    "InternalError": 500,
    "InvalidAccessKeyId": 403,
    "InvalidArgument": 400,
    "InvalidDigest": 400,
    "InvalidPart": 400,
    "InvalidPartOrder": 400,
    "InvalidRange": 416,
    "InvalidRequest": 400,
    "InvalidStorageClass": 400,
    "InvalidURI": 400,
    "KeyTooLongError": 400,
    "MalformedXML": 400,
    "MetadataTooLarge": 400,
    "MissingContentLength": 411,
    "NoSuchBucket": 404,
    "NoSuchKey": 404,
    "NoSuchUpload": 404,
    "NotImplemented": 501,
    "PreconditionFailed": 412,
    "RequestTimeTooSkewed": 403,
    "RequestTimeout": 400,
    "SignatureDoesNotMatch": 403,
    "XAmzContentSHA256Mismatch": 400,
}
"""The HTTP status of each error code, as the S3 API Reference has them."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"(?:\{[^}]*\})?(.*)")


def error(code: str, message: str, resource: str, request_id: str) -> bytes:
    """Return the body of an error answer."""
    root = Element("Error")
    for name, value in {"Code": code, "Message": message, "Resource": resource, "RequestId": request_id}.items():
        add(root, name, value)
    return text(root)


def root_of(name: str) -> Element:
    """Return the root of an answer, in S3's namespace."""
    return Element(name, {"xmlns": NAMESPACE})


def add(parent: Element, name: str, value: str | int | None = None) -> Element:
    """Add an element, with a text unless it is None; what XML cannot hold is left out."""
    child = SubElement(parent, name)
    if value is not None:
        child.text = _NOT_IN_XML.sub("", str(value))
    return child


def text(root: Element) -> bytes:
    """Return a document as bytes."""
    body: bytes = tostring(root, encoding="utf-8").replace(b"\r", b"&#13;")  # else readers take it for a line feed
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def parse(body: bytes, root_name: str) -> Element:
    """Return the root of a request's body, its tags without namespace; raise Refused."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise _malformed() from None
    for element in root.iter():
        match = _TAG.fullmatch(element.tag)
        element.tag = match[1] if match else element.tag
    if root.tag != root_name:
        raise _malformed()
    return root


def child(parent: Element, name: str) -> str:
    """Return the text of a child that has to be there; raise Refused."""
    found = parent.findtext(name)
    if found is None:
        raise _malformed()
    return found


def _malformed() -> Refused:
    return Refused("MalformedXML", "The XML you provided was not well-formed or did not validate.")
