"""What a zip or compound file really is, told from all of its members where an upload saw only its first bytes."""

import io
import re
from typing import BinaryIO

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from axelered_box.domain import media_types
from axelered_box.domain.media_types import DOCX, EPUB, MSG, ODP, ODS, ODT, OLE, PPTX, XLS, XLSX, ZIP, ZIPPED
from axelered_box.domain.modules import Refusal
from axelered_box.formats import packages

_CONTENT_TYPES = (
    (DOCX, re.compile(rb"wordprocessingml\.(document|template)\.main|ms-word\.(document|template)\.macroEnabled")),
    (XLSX, re.compile(rb"spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template)\.macroEnabled\.main")),
    (
        PPTX,
        re.compile(rb"presentationml\.(presentation|slideshow|template)\.main|ms-powerpoint\.\w+\.macroEnabled\.main"),
    ),
)
_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105  # Excel's own, for files that are protected but not secret
_COMPOUND = b"\xd0\xcf\x11\xe0"


def opened(file: BinaryIO, media_type: str, password: str | None) -> tuple[BinaryIO, str]:
    """Return a file as it is to be read, decrypted where it was encrypted, and what it is; raises Refusal."""
    start = file.read(4)
    file.seek(0)
    if start == _COMPOUND and media_type in OLE | ZIPPED:
        return _compound(file, password)
    if media_type in ZIPPED:
        return file, _zipped(file, media_type)
    return file, media_type


def _zipped(file: BinaryIO, media_type: str) -> str:
    """Return what a zip file is."""
    with packages.open_package(file) as package:
        names = set(package.namelist())
        mimetype = (packages.part(package, "mimetype") or b"") if "mimetype" in names else b""
        types = (packages.part(package, "[Content_Types].xml") or b"") if "[Content_Types].xml" in names else b""
    file.seek(0)
    for kind in (ODT, ODS, ODP, EPUB):
        if mimetype.strip().startswith(kind.encode()):
            return kind
    for kind, pattern in _CONTENT_TYPES:
        if pattern.search(types):
            return kind
    if "META-INF/container.xml" in names:
        return EPUB
    return media_type


def _compound(file: BinaryIO, password: str | None) -> tuple[BinaryIO, str]:
    """Return a compound file decrypted, and what it is."""
    try:
        with olefile.OleFileIO(file) as found:
            names = {"/".join(path).lower() for path in found.listdir()}
    except MemoryError:
        raise
    except Exception as error:  # a damaged file makes its parser raise whatever its bytes lead to
        raise packages.damaged() from error
    file.seek(0)
    if "encryptedpackage" in names:
        inner = _decrypted(file, password)
        return inner, _zipped(inner, ZIP)
    if "workbook" in names or "book" in names:
        return _decrypted_sheet(file, password), XLS
    if "__properties_version1.0" in names:
        return file, MSG
    for stream, kind in (("worddocument", media_types.DOC), ("powerpoint document", media_types.PPT)):
        if stream in names:
            program, modern = media_types.SUCCESSORS[kind]
            raise Refusal("older_format", f"The file is of an older form of {program}. Save it as .{modern}.")
    raise packages.damaged()


def _decrypted_sheet(file: BinaryIO, password: str | None) -> BinaryIO:
    """Return an older spreadsheet, decrypted if it was encrypted."""
    try:
        is_encrypted = msoffcrypto.OfficeFile(file).is_encrypted()
    except MemoryError:
        raise
    except Exception:  # a damaged file raises whatever its bytes lead to; its own reader says what is wrong
        is_encrypted = False
    file.seek(0)
    return _decrypted(file, password) if is_encrypted else file


def _decrypted(file: BinaryIO, password: str | None) -> BinaryIO:
    """Return what an encrypted Office file holds; raises Refusal."""
    inner = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=password or _DEFAULT_PASSWORD)
        locked.decrypt(inner)
    except (InvalidKeyError, DecryptionError) as error:
        if password is None:
            raise packages.encrypted("file") from error
        raise Refusal("password_wrong", "The file is encrypted and the password does not open it.") from error
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise packages.encrypted("file") if password is None else packages.damaged() from error
    inner.seek(0)
    return inner
