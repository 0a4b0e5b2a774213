"""Tests of parse on XML, JSON and notebooks."""

import json
from pathlib import Path

import pytest

from tests.samples.parsing import parse

FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item><title>Ink is cheap</title>"
    "<pubDate>Wed, 25 Nov 2026</pubDate>"
    "<description>&lt;p&gt;At &lt;b&gt;last&lt;/b&gt;.&lt;/p&gt;</description></item>"
    "</channel></rss>"
)
CELLS = [
    {"cell_type": "markdown", "source": ["# Study\n", "Some *words*."]},
    {"cell_type": "code", "source": "print(1)", "outputs": [{"output_type": "stream", "text": ["1\n"]}]},
    {"cell_type": "code", "source": "", "outputs": [{"data": {"text/html": "<table><tr><th>a</table>"}}]},
]
PRINTED = "```\nprint(1)\n```\n\n```\n1\n```"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        ("<order><item>Ink</item></order>", "a.xml", "```\n<order><item>Ink</item></order>\n```\n"),
        ("<order><item>Ink</order>", "a.xml", "```\n<order><item>Ink</order>\n```\n"),
        (FEED, "a.xml", "# News\n\n## Ink is cheap\n\nWed, 25 Nov 2026\n\nAt **last**.\n"),
        ('{"a": [1]}\n', "a.json", '```\n{"a": [1]}\n```\n'),
        (json.dumps({"cells": CELLS}), "a.ipynb", f"# Study\n\nSome _words_.\n\n{PRINTED}\n\n| a |\n| --- |\n"),
        ('{"cells": 3}', "a.ipynb", '```\n{"cells": 3}\n```\n'),
        ("", "a.json", ""),
    ],
)  # fmt: skip
def test_data_is_read(tmp_path: Path, data: str, name: str, expected: str) -> None:
    """Feeds and notebooks are read as what they say; other data is kept as it stands."""
    assert parse(data.encode(), name, tmp_path).read("document.md") == expected


def test_entities_are_not_followed(tmp_path: Path) -> None:
    """A file that defines entities is shown as it stands."""
    data = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

    assert parse(data.encode(), "a.xml", tmp_path).read("document.md") == f"```\n{data}\n```\n"
