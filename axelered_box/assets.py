"""Where the files that are no Python code lie: tesseract, its language data, static files, models."""

import os
import shutil
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BESIDE = _PACKAGE.parent
_DEBIAN_TESSDATA = Path("/usr/share/tesseract-ocr")
_NOT_LANGUAGES = frozenset({"osd", "equ", "snum"})


def static() -> Path | None:
    """Return the folder of the dashboard's files, None when it is missing."""
    return _folder("static")


def models() -> Path | None:
    """Return the folder of the models that come with the box, None when it is missing."""
    return _folder("models")


def prepared_models() -> list[Path]:
    """Return the folders in which a set-up leaves the models that it prepared, the first with a model winning.

    ``AXELERED_MODELS`` comes first, then the one in the package, in the checkout's environment.
    """
    named = os.environ.get("AXELERED_MODELS")
    return [
        *([Path(named)] if named else []),
        _PACKAGE / "share" / "models",
        _BESIDE / ".venv" / "share" / "models",
    ]


def tesseract() -> Path | None:
    """Return the text recognition program, None when there is none.

    ``AXELERED_TESSERACT`` comes first, then the one in the package, in the checkout's environment, on the PATH.
    """
    named = os.environ.get("AXELERED_TESSERACT")
    places = [
        *([Path(named)] if named else []),
        _PACKAGE / "bin" / "tesseract",
        _BESIDE / ".venv" / "bin" / "tesseract",
    ]
    found = next((place for place in places if os.access(place, os.X_OK) and place.is_file()), None)
    if found is not None:
        return found
    on_path = shutil.which("tesseract")
    return Path(on_path) if on_path else None


def tessdata() -> Path | None:
    """Return the folder of the language data (``*.traineddata``), None when there is none.

    ``AXELERED_TESSDATA`` comes first, then the one in the package, in the checkout's environment, the system's.
    """
    named = os.environ.get("AXELERED_TESSDATA")
    places = [
        *([Path(named)] if named else []),
        _PACKAGE / "share" / "tessdata",
        _BESIDE / ".venv" / "share" / "tessdata",
        *sorted(_DEBIAN_TESSDATA.glob("*/tessdata"), reverse=True),
    ]
    return next((place for place in places if next(place.glob("*.traineddata"), None) is not None), None)


def ocr_languages() -> list[str]:
    """Return the ISO 639-2 codes of the languages that text recognition has data for, sorted."""
    folder = tessdata()
    if folder is None:
        return []
    return sorted({file.stem for file in folder.glob("*.traineddata")} - _NOT_LANGUAGES)


def has_orientation_data() -> bool:
    """Tell whether the data is there by which a page's orientation is recognised."""
    folder = tessdata()
    return folder is not None and (folder / "osd.traineddata").is_file()


def _folder(name: str) -> Path | None:
    """Return a folder that lies inside the package, in a wheel, or beside it, in a checkout."""
    return next((place for place in (_PACKAGE / name, _BESIDE / name) if place.is_dir()), None)
