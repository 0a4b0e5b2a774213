"""The settings: one table of names, defaults and help, read from a file, the environment and flags."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import platformdirs

PREFIX = "AXELERED_"
_GIB = 1 << 30


class Setting(msgspec.Struct, frozen=True):
    """One line of the table: its help, its lowest value where it is a number, its values where they are few.

    With a `pattern` it is a text of that form, which `form` tells.
    """

    help: str
    least: float | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""


class SettingsError(Exception):
    """A setting has a value that it cannot have; the sentence names the setting and what it may be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The value of every setting; the table below has their help."""

    data_dir: str = ""
    host: str = "127.0.0.1"
    port: int = 8484
    public_url: str = ""
    workers: int = 0
    ttl_seconds: int = 86_400
    tombstone_seconds: int = 30 * 86_400
    sweep_seconds: float = 30
    run_timeout_seconds: float = 7200
    page_timeout_seconds: float = 180
    silence_seconds: float = 240
    task_memory_bytes: int = 2 * _GIB
    max_upload_bytes: int = 2 * _GIB
    max_files: int = 1000
    max_pages: int = 5000
    queue_limit: int = 10_000
    disk_reserve_bytes: int = 0
    allowed_hosts: str = ""
    cors_origins: str = ""
    log_format: str = "text"
    log_level: str = "info"
    model: str = ""
    model_context: int = 4096
    model_timeout_seconds: float = 300
    egress_allow: str = ""
    webhook_allow: str = ""
    webhook_schedule: str = "0,5,300,1800,7200,18000,36000,50400,72000,86400"
    webhook_timeout_seconds: float = 15
    faults: int = 0


TABLE: dict[str, Setting] = {
    "data_dir": Setting("Folder of the databases and files; empty: the user's data folder."),
    "host": Setting("Address to listen on."),
    "port": Setting("TCP port to listen on.", least=0),
    "public_url": Setting("Address by which clients reach the box; empty: taken from the request."),
    "workers": Setting("CPU slots for child processes; 0: as many as there are cores.", least=0),
    "ttl_seconds": Setting("Life of inputs and outputs after a run has ended, and of idle runs.", least=1),
    "tombstone_seconds": Setting("How long the receipt of an erased run is kept.", least=1),
    "sweep_seconds": Setting("Time between two sweeps for what has expired.", least=0.1),
    "run_timeout_seconds": Setting("Longest time that one task of a run may work.", least=1),
    "page_timeout_seconds": Setting("Longest time that one page may take.", least=1),
    "silence_seconds": Setting("Longest time that a child may work without a sign of progress.", least=1),
    "task_memory_bytes": Setting("Memory that one child may take.", least=256 << 20),
    "max_upload_bytes": Setting("Largest file that is accepted.", least=1),
    "max_files": Setting("Most files of one run.", least=1),
    "max_pages": Setting("Most pages of one document.", least=1),
    "queue_limit": Setting("Most runs that wait or work; further ones are answered 429.", least=1),
    "disk_reserve_bytes": Setting("Free disk space below which uploads are refused; 0: max(1 GiB, 5%).", least=0),
    "allowed_hosts": Setting("Further host names that requests may carry, comma-separated; '*' allows all."),
    "cors_origins": Setting("Origins whose pages may call the API, comma-separated."),
    "log_format": Setting("Form of the log.", choices=("text", "json")),
    "log_level": Setting("Least level that is logged.", choices=("debug", "info", "warning", "error")),
    "model": Setting("Name of the language model that is asked; empty: the one that came with the box."),
    "model_context": Setting("Most tokens that a model of the box looks at; more take more memory.", least=512),
    "model_timeout_seconds": Setting("Longest time that a language model may take for one answer.", least=1),
    "egress_allow": Setting("Hosts and networks of model servers that may be asked, comma-separated."),
    "webhook_allow": Setting("Hosts and networks that webhooks may go to besides https of the internet."),
    "webhook_schedule": Setting(
        "Seconds to wait before each try to deliver an event, comma-separated.",
        pattern=r"\s*[0-9]+(\.[0-9]+)?(\s*,\s*[0-9]+(\.[0-9]+)?)*\s*",
        form="numbers of seconds with commas between them, such as 0,5,300",
    ),
    "webhook_timeout_seconds": Setting("Longest time that an endpoint may take for its answer.", least=0.1),
    "faults": Setting("1 turns on the built-in documents that hang, leak or crash a child, for drills."),
}
"""Every setting, in the order in which the manual shows it."""


def load(flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from ``box.toml``, the environment and flags, the later winning.

    The file is the one that ``AXELERED_CONFIG`` names, or ``box.toml`` in the data folder. Raises SettingsError.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {n: environment[PREFIX + n.upper()] for n in TABLE if PREFIX + n.upper() in environment}
    values |= {name: value for name, value in (flags or {}).items() if value is not None}
    folder = Path(values.get("data_dir") or platformdirs.user_data_dir("axelered-box"))
    file = Path(environment.get(PREFIX + "CONFIG") or folder / "box.toml")
    settings = _checked({**_from_file(file), **values})
    return msgspec.structs.replace(
        settings,
        data_dir=str(Path(settings.data_dir or folder).absolute()),
        workers=settings.workers or len(os.sched_getaffinity(0)),
    )


def _from_file(file: Path) -> dict[str, Any]:
    """Return the settings that a file has; names in any case."""
    if not file.is_file():
        return {}
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is no valid TOML: {error}. Correct the file.") from error
    values = {name.lower(): value for name, value in read.items()}
    unknown = sorted(values.keys() - TABLE.keys())
    if unknown:
        raise SettingsError(f"{file} has unknown settings: {', '.join(unknown)}. 'settings' lists the known ones.")
    return values


def _checked(values: dict[str, Any]) -> Settings:
    """Return settings from texts and numbers; raise SettingsError naming the first that is wrong."""
    types = get_type_hints(Settings)
    converted = {name: _converted(name, value, types[name]) for name, value in values.items()}
    return Settings(**converted)


def _converted(name: str, value: Any, kind: type) -> Any:
    """Return one value as its setting's type, within its bounds."""
    setting, label = TABLE[name], PREFIX + name.upper()
    try:
        result = kind(value.strip() if isinstance(value, str) else value)
    except (TypeError, ValueError):
        raise SettingsError(f"{label} is {value!r}; it must be {_name(kind)}. Correct the setting.") from None
    if setting.least is not None and result < setting.least:
        raise SettingsError(f"{label} is {value!r}; it must be at least {setting.least:g}. Correct the setting.")
    if setting.choices and result not in setting.choices:
        raise SettingsError(f"{label} is {value!r}; it must be one of {', '.join(setting.choices)}.")
    if setting.pattern and not re.fullmatch(setting.pattern, result):
        raise SettingsError(f"{label} is {value!r}; it must be {setting.form}. Correct the setting.")
    return result


def _name(kind: type) -> str:
    """Return what a person calls a type."""
    return {int: "a whole number", float: "a number"}.get(kind, "a text")
