"""Whether the machine's clock can be trusted with erasing: it is compared with one that nobody sets."""

import logging
import time
from collections.abc import Callable

JUMP_S = 600.0
"""A clock that was moved by more than this is mistrusted."""
PAUSE_S = 600.0
"""So long, unless it is moved back before."""

log = logging.getLogger(__name__)


def since_boot_s() -> float:
    """Return the seconds since the machine was started, those in which it slept too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Clock:
    """Tells whether the clock has gone on evenly; what a network's time service corrects little by little is even."""

    def __init__(self, wall_s: Callable[[], float] = time.time, steady_s: Callable[[], float] = since_boot_s) -> None:
        self._wall_s = wall_s
        self._steady_s = steady_s
        self._offset_s = wall_s() - steady_s()
        self._mistrusted_until_s: float | None = None

    def is_steady(self) -> bool:
        """Tell whether what the clock says may be acted on; a jump is logged, and its end."""
        offset_s, now_s = self._wall_s() - self._steady_s(), self._steady_s()
        moved_s = offset_s - self._offset_s
        if abs(moved_s) > JUMP_S:
            if self._mistrusted_until_s is None:
                self._mistrusted_until_s = now_s + PAUSE_S
                fields = {"moved_s": round(moved_s), "sweep_paused_s": PAUSE_S}
                log.warning("clock_jumped", extra={"fields": fields})
            if now_s < self._mistrusted_until_s:
                return False
        if self._mistrusted_until_s is not None:
            self._mistrusted_until_s = None
            log.warning("sweep_resumed", extra={"fields": {"moved_s": round(moved_s)}})
        self._offset_s = offset_s
        return True
