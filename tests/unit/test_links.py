"""Tests of `axelered_box.formats.links`."""

import pytest

from axelered_box.formats.links import target

REAL = "https://example.com/a?b=c"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        (REAL, REAL),
        ("#top", "#top"),
        ("next.html", "next.html"),
        ("https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc&data=05", REAL),
        ("https://www.google.com/url?sa=t&q=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc", REAL),
        ("https://www.google.com/search?q=https://a.b", "https://www.google.com/search?q=https://a.b"),
        ("https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS9hP2I9Yw&ntb=1", REAL),
        ("https://www.bing.com/ck/a?u=a1L3NlYXJjaD9xPWI", "https://www.bing.com/search?q=b"),
        ("https://www.bing.com/ck/a?u=a1amF2YXNjcmlwdDp2b2lkKDAp", None),
        ("https://www.bing.com/ck/a?u=a1%21", "https://www.bing.com/ck/a?u=a1%21"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__example.com_a-3Fb-3Dc&d=x", REAL),
        ("https://urldefense.com/v3/__https://example.com/a?b=c__;!!x", REAL),
        ("javascript:alert(1)", None),
        (" DATA:text/html,x", None),
        ("http://[broken", "http://[broken"),
        ("", None),
    ],
)  # fmt: skip
def test_a_link_leads_where_it_ends(href: str, expected: str | None) -> None:
    """Redirections are taken away, links that run something lead nowhere, others stay."""
    assert target(href) == expected
