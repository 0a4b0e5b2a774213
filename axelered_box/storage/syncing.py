"""How a folder's entries are made safe on disk."""

import os
import threading
from pathlib import Path


class FolderSync:
    """Syncs a folder's entries for many threads: those that wait at the same time share one sync."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = threading.Condition()
        self._asked = 0
        self._done = 0
        self._running = False

    def __call__(self) -> None:
        """Return once a sync has ended that began after this call did."""
        with self._state:
            self._asked += 1
            mine = self._asked
            while self._running and self._done < mine:
                self._state.wait()
            if self._done >= mine:
                return
            self._running, covered = True, self._asked
        try:
            sync_folder(self._folder)
        except BaseException:
            covered = 0
            raise
        finally:
            with self._state:
                self._running, self._done = False, max(self._done, covered)
                self._state.notify_all()


def sync_folder(folder: Path) -> None:
    """Sync a folder's entries to disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
