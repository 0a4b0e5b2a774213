"""Compressed Rich Text as Outlook keeps it (MS-OXRTFCP)."""

from axelered_box.formats import packages

_PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_MAX_BYTES = 32 << 20


def unpacked(data: bytes) -> bytes:
    """Return the Rich Text that was compressed; raises Refusal."""
    kind, size = data[8:12], int.from_bytes(data[4:8], "little")
    if kind == b"MELA":
        return data[16:]
    if kind != b"LZFu" or size > _MAX_BYTES:
        raise packages.damaged()
    window = bytearray(_PRELOADED.ljust(_WINDOW, b"\x00"))
    write, out, at = len(_PRELOADED), bytearray(), 16
    while at < len(data) and len(out) < size:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            piece, at = (data[at : at + 2], at + 2) if flags >> bit & 1 else (data[at : at + 1], at + 1)
            if len(piece) == 2:
                reference = int.from_bytes(piece, "big")
                offset, length = reference >> 4, (reference & 0xF) + 2
                if offset == write:
                    return bytes(out)
            else:
                offset, length = write, 1
                window[write] = piece[0]
            for step in range(length):
                letter = window[(offset + step) % _WINDOW]
                out.append(letter)
                window[write] = letter
                write = (write + 1) % _WINDOW
    return bytes(out)
