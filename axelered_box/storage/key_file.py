"""The key file of a box: 32 random bytes by which it signs and encrypts; it lies apart from the database."""

import os
import secrets
from pathlib import Path

from axelered_box.storage.objects import FILE_MODE
from axelered_box.storage.syncing import sync_folder

NAME = "secret.key"
SIZE_BYTES = 32


def load_or_make(folder: Path) -> bytes:
    """Return the key of a data folder; make it at the first start. Raises ValueError for a file that is no key."""
    file = folder / NAME
    if not file.exists():
        temporary = folder / f"{NAME}.{secrets.token_hex(4)}"
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, FILE_MODE)
        with os.fdopen(descriptor, "wb") as new:
            new.write(secrets.token_bytes(SIZE_BYTES))
            new.flush()
            os.fsync(descriptor)
        temporary.rename(file)
        sync_folder(folder)
    key = file.read_bytes()
    if len(key) != SIZE_BYTES:
        raise ValueError(f"{file} is no key of this box: it has {len(key)} bytes. Restore it from a backup.")
    return key
