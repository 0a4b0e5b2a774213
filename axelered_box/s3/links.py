"""The links of outcomes: each workspace has a credential of its own that only signs links, made from the key file."""

import hmac
from datetime import UTC, datetime

from axelered_box.domain.ids import is_id
from axelered_box.s3 import sigv4
from axelered_box.s3.sigv4 import Credential
from axelered_box.storage.s3_credentials import BUCKET_PREFIX

_KEY_PREFIX = "AXLINK"


class Links:
    """Makes presigned links, and knows the credential by which one was signed."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def presign(self, base_url: str, workspace_id: str, run_id: str, output_key: str, life_s: float) -> str:
        """Return a link to an output that is good for the output's life, at most 7 days."""
        path = f"/{BUCKET_PREFIX}{workspace_id}/runs/{run_id}/{output_key}"
        expires_s = max(1, min(sigv4.MAX_EXPIRES_S, int(life_s)))
        return sigv4.presign(self._credential(workspace_id), base_url, path, expires_s, datetime.now(UTC))

    def find(self, access_key: str) -> tuple[str, Credential] | None:
        """Return the workspace of an access key and its credential, None when it is none of ours."""
        rest = access_key.removeprefix(_KEY_PREFIX).lower()
        workspace_id = f"{rest[:8]}-{rest[8:12]}-{rest[12:16]}-{rest[16:20]}-{rest[20:]}"
        if not access_key.startswith(_KEY_PREFIX) or not is_id(workspace_id):
            return None
        return workspace_id, self._credential(workspace_id)

    def _credential(self, workspace_id: str) -> Credential:
        secret = hmac.digest(self._key, b"links/" + workspace_id.encode(), "sha256").hex()
        return Credential(_KEY_PREFIX + workspace_id.replace("-", "").upper(), secret)
