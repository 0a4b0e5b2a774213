"""Spans of time as people write them: ``90d``, ``12h``, ``30m``, ``45s``."""

import re

SPAN_HELP = "a number with d, h, m or s behind it, such as 90d or 12h"
_SPAN = re.compile(r"([1-9][0-9]{0,8})([dhms])")
_SECONDS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


def parse_span(text: str) -> int | None:
    """Return the seconds of a span, None when the text is none."""
    match = _SPAN.fullmatch(text.strip())
    return int(match[1]) * _SECONDS[match[2]] if match else None
