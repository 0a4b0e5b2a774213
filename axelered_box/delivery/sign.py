"""How events are signed: as Standard Webhooks has it, and by the header of the published API."""

import base64
import binascii
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
MADE_BYTES = 32
LEAST_BYTES, MOST_BYTES = 24, 64


class WeakSecret(Exception):
    """A secret is too short, or no text that can be a key; the sentence says what it must be."""


def new_secret() -> str:
    """Return a new secret: ``whsec_`` and 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(MADE_BYTES)).decode()


def check(secret: str) -> None:
    """Raise WeakSecret for a secret that cannot sign."""
    try:
        size = len(_key(secret))
    except binascii.Error:
        raise WeakSecret(f"What follows {PREFIX} must be base64. Leave secret out to have one made.") from None
    if not LEAST_BYTES <= size <= MOST_BYTES:
        raise WeakSecret(
            f"A secret must have {LEAST_BYTES} to {MOST_BYTES} bytes, not {size}. Leave it out to have one made."
        )


def headers(message_id: str, timestamp: int, body: bytes, secrets_in_force: list[str]) -> dict[str, str]:
    """Return the headers of a delivery; the newest secret comes first.

    `timestamp` is in seconds since 1970. ``webhook-signature`` has a ``v1`` for each secret; ``X-Axelered-Signature``
    is the lower-case hex HMAC-SHA256 of the body, keyed with the text of the newest.
    """
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    signatures = [base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)) for secret in secrets_in_force]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{signature.decode()}" for signature in signatures),
        "x-axelered-signature": hmac.new(secrets_in_force[0].encode(), body, hashlib.sha256).hexdigest(),
    }


def _key(secret: str) -> bytes:
    """Return the bytes that a secret signs with; raise binascii.Error."""
    if secret.startswith(PREFIX):
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    return secret.encode()
