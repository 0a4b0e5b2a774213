"""Secrets inside stored JSON, encrypted by the box's key file: the database alone does not give them away."""

import base64
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRETS = frozenset({"apiKey", "password", "ownerPassword"})
"""The members whose texts are secrets, wherever they stand in a config."""
METADATA = "metadata"
"""The member that is the caller's own and is given back as it came."""
_MARK = "sealed:1:"
"""Begins a sealed text; one without it was stored plainly, before secrets were sealed."""
_NONCE_BYTES = 12
_PURPOSE = b"axelered-box: secrets in stored configs"


class WrongKey(Exception):
    """The text was sealed by the key of another box."""


class Sealer:
    """Encrypts and decrypts the secrets of configs (AES-256-GCM, by a key derived from the key file)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(hmac.digest(key, _PURPOSE, hashlib.sha256))

    def sealed(self, value: Any) -> Any:
        """Return a JSON value with its secrets encrypted."""
        return self._with_secrets(value, self.seal)

    def opened(self, value: Any) -> Any:
        """Return a JSON value with its secrets decrypted; raise WrongKey."""
        return self._with_secrets(value, self.open)

    def _with_secrets(self, value: Any, change: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: member
                if name == METADATA
                else change(member)
                if name in SECRETS and isinstance(member, str)
                else self._with_secrets(member, change)
                for name, member in value.items()
            }
        return [self._with_secrets(member, change) for member in value] if isinstance(value, list) else value

    def seal(self, text: str) -> str:
        """Return a text encrypted."""
        nonce = os.urandom(_NONCE_BYTES)
        data = text.encode("utf-8", "surrogatepass")
        return _MARK + base64.b64encode(nonce + self._cipher.encrypt(nonce, data, None)).decode()

    def open(self, text: str) -> str:
        """Return a text decrypted, or as it is where it was not sealed; raise WrongKey."""
        if not text.startswith(_MARK):
            return text
        data = base64.b64decode(text.removeprefix(_MARK))
        try:
            opened = self._cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None)
        except InvalidTag:
            raise WrongKey("A secret was stored under another key file. Restore secret.key, or send it anew.") from None
        return opened.decode("utf-8", "surrogatepass")
