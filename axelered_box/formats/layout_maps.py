"""The picture network of PyMuPDF's layout analysis without its last step.

As it comes it enlarges five maps, of 150 to 9 cells a side, to the 300 cells of the picture, which takes a third of its
time and 60 MB; what is asked of them can be had from the maps themselves. The file is edited as protocol-buffer fields
(ONNX IR, `onnx.proto`: a model's graph is field 7; a graph's nodes are field 1, its outputs field 12).
"""

from collections.abc import Iterator

_GRAPH, _NODE, _OUTPUT = 7, 1, 12
_NODE_INPUT, _NODE_OUTPUT, _NAME = 1, 2, 1
_BYTES, _FIXED = 2, {1: 8, 5: 4}


def with_maps(model: bytes, enlarged: str) -> tuple[bytes, list[str]]:
    """Return a model that gives the maps of which output `enlarged` is made in its place, and their names.

    Raises ValueError if that output is not a sequence of enlarged maps.
    """
    graph = _only(model, _GRAPH)
    made = {name: node for node in _all(graph, _NODE) for name in _names(node, _NODE_OUTPUT)}
    try:
        joining = made[enlarged]
        enlarging = [made[name] for name in _names(joining, _NODE_INPUT)]
        maps = [_names(node, _NODE_INPUT)[0] for node in enlarging]
    except (KeyError, IndexError) as error:
        raise ValueError(f"{enlarged} is not made of maps") from error
    dropped = [joining, *enlarging]
    kept = b"".join(
        whole
        for number, whole, value in _fields(graph)
        if not (number == _NODE and value in dropped) and not (number == _OUTPUT and _names(value, _NAME) == [enlarged])
    )
    kept += b"".join(_field(_OUTPUT, _field(_NAME, name.encode())) for name in maps)
    rest = b"".join(whole for number, whole, _ in _fields(model) if number != _GRAPH)
    return rest + _field(_GRAPH, kept), maps


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the fields of a message: number, the whole field, and its value where it is bytes."""
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        kind = key & 7
        value = b""
        if kind == _BYTES:
            length, at = _varint(message, at)
            value = message[at : at + length]
            at += length
        elif kind in _FIXED:
            at += _FIXED[kind]
        else:
            _, at = _varint(message, at)
        yield key >> 3, message[start:at], value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Return the number that is written at a place, and the place after it."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _field(number: int, value: bytes) -> bytes:
    """Return a field of bytes."""
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(value)) + value


def _as_varint(value: int) -> bytes:
    """Return a number as it is written in a message."""
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _all(message: bytes, number: int) -> list[bytes]:
    return [value for found, _, value in _fields(message) if found == number]


def _only(message: bytes, number: int) -> bytes:
    found = _all(message, number)
    if len(found) != 1:
        raise ValueError(f"field {number} stands {len(found)} times")
    return found[0]


def _names(message: bytes, number: int) -> list[str]:
    return [value.decode() for value in _all(message, number)]
