"""Links as their writers meant them: without the redirection that mail scanners and search engines put around them."""

import base64
import binascii
import re
import urllib.parse

_INERT = re.compile(r"\s*(?:javascript|vbscript|data|blob|file):", re.IGNORECASE)
_WRAPPERS = (
    (re.compile(r"(?:.+\.)?safelinks\.protection\.outlook\.com"), "", ("url",)),
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
    (re.compile(r"(?:www\.)?bing\.com"), "/ck/a", ("u",)),
    (re.compile(r"urldefense\.proofpoint\.com"), "/v2/url", ("u",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
)
"""For each redirection: its host, how its path begins, the parameters that may hold the target."""
_PROOFPOINT_V3 = re.compile(r"https://urldefense\.(?:com|us)/v3/__(https?://.+?)__;", re.IGNORECASE)
_BASE64_MARK = "a1"
"""What Bing puts before a target in base64."""


def target(href: str) -> str | None:
    """Return where a link leads, None where it leads nowhere: it runs a script or holds data."""
    href = href.strip()
    if not href or _INERT.match(href):
        return None
    found = _PROOFPOINT_V3.match(href)
    if found:
        return found[1]
    try:
        parts = urllib.parse.urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return href
    for name, path, parameters in _WRAPPERS:
        if name.fullmatch(host) and parts.path.startswith(path):
            inner = _unwrapped(parts.query, parameters, host)
            return None if _INERT.match(inner) else urllib.parse.urljoin(href, inner or href)
    return href


def _unwrapped(query: str, parameters: tuple[str, ...], host: str) -> str:
    """Return the target that the first of some parameters holds, empty where none does."""
    said = urllib.parse.parse_qs(query)
    for name in parameters:
        value = said.get(name, [""])[0]
        if host.startswith("urldefense"):
            value = urllib.parse.unquote(value.replace("-", "%").replace("_", "/"))
        elif value.startswith(_BASE64_MARK):
            value = _decoded(value.removeprefix(_BASE64_MARK))
        if value.startswith(("https://", "http://", "/")) or _INERT.match(value):
            return value
    return ""


def _decoded(value: str) -> str:
    """Return the text that base64 for addresses stands for, empty where it is none."""
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
