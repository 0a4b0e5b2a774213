"""The header of a GGUF file is read, and a file that cannot be used is told from one that can."""

from pathlib import Path

import pytest

from axelered_box.llm.gguf import Header, Unreadable, read_header
from tests.samples.gguf import header, model_header


def written(folder: Path, data: bytes) -> Path:
    file = folder / "model.gguf"
    file.write_bytes(data)
    return file


def test_a_header_is_read(tmp_path: Path) -> None:
    """Architecture, names, context and template are found, lists are passed over."""
    read = read_header(written(tmp_path, model_header() + bytes(100)))

    assert read == Header(
        architecture="llama",
        name="Tiny",
        licence="mit",
        context_tokens=2048,
        quantization="Q8_0",
        chat_template=True,
        parts=1,
    )


def test_what_a_header_does_not_say_is_none(tmp_path: Path) -> None:
    """A header with an architecture alone is enough."""
    read = read_header(written(tmp_path, header({"general.architecture": "gemma3", "split.count": 3})))

    assert (read.name, read.licence, read.context_tokens, read.chat_template) == (None, None, None, False)
    assert read.parts == 3


def test_a_header_that_ends_early_is_refused(tmp_path: Path) -> None:
    """Wherever the file ends within its header, the error says that it is cut short."""
    whole = model_header()
    for length in range(4, len(whole)):
        with pytest.raises(Unreadable, match="cut short"):
            read_header(written(tmp_path, whole[:length]))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no GGUF file"),
        (b"%PDF-1.7 and so on", "no GGUF file"),
        (header({"general.architecture": "llama"}, version=1), "version 1"),
        (header({"general.name": "Tiny"}), "does not say which architecture"),
        (b"GGUF" + bytes([3, 0, 0, 0]) + bytes(8) + b"\xff" * 8, "damaged"),
        (b"GGUF" + bytes([3, 0, 0, 0]) + bytes(8) + bytes([1, *[0] * 7]) + b"\xff" * 8, "damaged"),
        (header({"a": 1}).replace(bytes([4, 0, 0, 0]), bytes([77, 0, 0, 0])), "unknown kind 77"),
    ],
)
def test_a_file_that_is_none_says_why(tmp_path: Path, data: bytes, why: str) -> None:
    """What is no header, or a damaged one, is refused with a sentence."""
    with pytest.raises(Unreadable, match=why):
        read_header(written(tmp_path, data))
