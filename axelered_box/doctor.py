"""What a box needs, checked one by one: programs, languages, folders, disk, database, children, the model."""

import asyncio
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from axelered_box import assets, own_models
from axelered_box.app import CHILD_LOG_NAME, DATABASE_NAME, QUEUE_NAME, prepare_folder
from axelered_box.domain.models import ModelFailed
from axelered_box.isolation.fork_server import ForkServer, ServerUnavailable
from axelered_box.llm import catalog
from axelered_box.pipeline.intake import reserve_bytes
from axelered_box.settings import Settings

WANTED_LANGUAGES = ("eng", "deu", "fra", "spa", "ita", "osd")
_GIB = 1 << 30


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one check found."""

    check: str
    ok: bool
    detail: str


async def examine(settings: Settings) -> list[Finding]:
    """Check all that the box needs; changes nothing."""
    folder = prepare_folder(settings)
    checks: list[tuple[str, Callable[[], str]]] = [
        ("data folder", lambda: _folder(folder)),
        ("disk", lambda: _disk(folder, settings)),
        ("database", lambda: _database(folder / DATABASE_NAME)),
        ("queue", lambda: _database(folder / QUEUE_NAME)),
        ("text recognition", _tesseract),
        ("languages", _languages),
    ]
    findings = [await asyncio.to_thread(_try, name, check) for name, check in checks]
    return [*findings, await _children(), await _model(folder, settings)]


class _Wrong(Exception):
    """A check failed; the sentence says what to do."""


def _try(name: str, check: Callable[[], str]) -> Finding:
    """Run one check."""
    try:
        return Finding(check=name, ok=True, detail=check())
    except (_Wrong, OSError, sqlite3.Error) as error:
        return Finding(check=name, ok=False, detail=str(error))


def _folder(folder: Path) -> str:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o077:
        raise _Wrong(f"{folder} can be read by others (mode {mode:o}). Run: chmod 700 '{folder}'")
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x")
        os.fsync(file.fileno())
    return f"{folder} is this user's alone and can be written"


def _disk(folder: Path, settings: Settings) -> str:
    disk = shutil.disk_usage(folder)
    free, reserve = disk.free, reserve_bytes(settings, disk.total)
    if free < reserve:
        raise _Wrong(f"{free / _GIB:.1f} GiB are free, {reserve / _GIB:.1f} are kept in reserve. Make space.")
    return f"{free / _GIB:.1f} GiB are free"


def _database(file: Path) -> str:
    if not file.exists():
        return "not made yet; the first start makes it"
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        answer = db.execute("PRAGMA quick_check").fetchone()[0]
    finally:
        db.close()
    if answer != "ok":
        raise _Wrong(f"{file} is damaged: {answer}. Restore it from a backup.")
    return "in order"


def _tesseract() -> str:
    program = assets.tesseract()
    if program is None:
        raise _Wrong("Tesseract is not there. Install Debian's tesseract-ocr, or run the set-up script again.")
    return str(program)


def _languages() -> str:
    installed = assets.ocr_languages()
    folder = assets.tessdata()
    if folder is not None and not (folder / "configs" / "hocr").is_file():
        raise _Wrong(f"{folder} has no 'configs' of Tesseract. Copy them there, or point AXELERED_TESSDATA elsewhere.")
    missing = [code for code in WANTED_LANGUAGES if code not in installed and code != "osd"]
    if missing:
        packages = " ".join(f"tesseract-ocr-{code}" for code in missing)
        raise _Wrong(f"These languages are missing: {', '.join(missing)}. Install Debian's {packages}.")
    return ", ".join(installed)


async def _children() -> Finding:
    """Check that the parsers load: start the fork server and wait until it is warm."""
    with tempfile.TemporaryDirectory() as folder:
        server = ForkServer(Path(folder) / CHILD_LOG_NAME)
        await server.start()
        try:
            await server.warm()
            versions = ", ".join(f"{name} {version}" for name, version in server.versions.items())
            return Finding(check="parsers", ok=True, detail=versions)
        except ServerUnavailable:
            log = (Path(folder) / CHILD_LOG_NAME).read_text("utf-8", errors="replace")[-400:]
            return Finding(check="parsers", ok=False, detail=f"They do not load: {log}")
        finally:
            await server.stop()


async def _model(folder: Path, settings: Settings) -> Finding:
    """Check that the model that is asked by default is whole, loads and answers."""
    check = "language model"
    model = catalog.find(folder, settings.model or None)
    if model is None:
        named = f" named '{settings.model}' (MODEL)" if settings.model else ""
        detail = f"There is none{named}. Set the box up again, or add one with 'models add FILE'."
        return Finding(check=check, ok=False, detail=detail)
    try:
        if not await asyncio.to_thread(catalog.is_whole, model):
            detail = f"{model.path} is not what it was when it came. Set the box up again, or add it again."
            return Finding(check=check, ok=False, detail=detail)
        return Finding(check=check, ok=True, detail=await own_models.try_out(model))
    except (ModelFailed, OSError) as error:
        return Finding(check=check, ok=False, detail=str(error))
