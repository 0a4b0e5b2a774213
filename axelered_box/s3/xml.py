"""The XML in which the bucket tells of errors."""

from xml.sax.saxutils import escape

STATUSES = {
    "AccessDenied": 403,
    "AuthorizationQueryParametersError": 400,
    "InternalError": 500,
    "InvalidAccessKeyId": 403,
    "InvalidRange": 416,
    "NoSuchKey": 404,
    "NotImplemented": 501,
    "SignatureDoesNotMatch": 403,
}
"""The HTTP status of each error code, as the S3 API Reference has them."""


def error(code: str, message: str, resource: str, request_id: str) -> bytes:
    """Return the body of an error answer."""
    members = {"Code": code, "Message": message, "Resource": resource, "RequestId": request_id}
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in members.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'.encode()
