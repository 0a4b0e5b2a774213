"""The commands: what the words of a command line mean and how each command ends."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NoReturn

from axelered_box import __version__, key_commands, logs
from axelered_box import settings as box_settings
from axelered_box.domain.errors import BoxError
from axelered_box.domain.models import ModelFailed
from axelered_box.settings import Settings, SettingsError

ALL = 1_000_000
STANDARD_INPUT = "-"
PROGRAM = "axelered-box"


def main(arguments: list[str] | None = None) -> None:
    """Run the command that the arguments name; end with 0, 1 (it failed) or 2 (it was not understood)."""
    parsed = _parser().parse_args(arguments)
    try:
        flags = {name: getattr(parsed, name, None) for name in box_settings.TABLE}
        settings = box_settings.load(flags)
        quiet = parsed.command in ("process", "doctor", "models") and settings.log_level == "info"
        logs.configure(settings.log_format, "warning" if quiet else settings.log_level)
        code: int = parsed.run(parsed, settings)
    except (BoxError, SettingsError, ModelFailed) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
    sys.exit(code)


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    """Run the appliance until a signal ends it."""
    from axelered_box import app  # noqa: PLC0415  # each command loads what it needs
    from axelered_box.storage.database import UnusableDatabase  # noqa: PLC0415  # as above

    try:
        _run(lambda: app.serve(settings))
    except (app.AlreadyRunning, UnusableDatabase) as error:
        _fail(str(error))
    return 0


def _process(arguments: argparse.Namespace, settings: Settings) -> int:
    """Work on files without a server."""
    from axelered_box.process import Job, process  # noqa: PLC0415  # each command loads what it needs

    parser_config: dict[str, Any] = {}
    if arguments.languages:
        parser_config["languages"] = arguments.languages.split(",")
    if arguments.pages:
        parser_config["pages"] = arguments.pages
    if arguments.ocr:
        parser_config["ocr"] = arguments.ocr
    if arguments.password:
        from_input = arguments.password == STANDARD_INPUT
        parser_config["password"] = sys.stdin.readline().rstrip("\n") if from_input else arguments.password
    asked = _asked_of(arguments, parser_config)
    job = Job(
        files=[Path(file) for file in arguments.files],
        config={"parserConfig": parser_config, **{member: options for member, _, options in asked}},
        answers=tuple(answer for _, answer, _ in asked),
        output_dir=Path(arguments.output) if arguments.output else None,
        as_json=arguments.json,
    )
    code: int = _run(lambda: process(job, settings))
    return code


def _asked_of(arguments: argparse.Namespace, parser_config: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what is asked besides parse: the config's member, the outcome's member, the module's options."""
    model = {"llmConfig": {"model": arguments.model}} if arguments.model else {}
    asked: list[tuple[str, str, dict[str, Any]]] = []
    if arguments.extract:
        options = {"jsonSchema": _schema_in(arguments.extract), **model}
        asked.append(("extractionConfig", "extraction", options))
    if arguments.classify:
        options = {"jsonSchema": _schema_in(arguments.classify), **model}
        asked.append(("classificationConfig", "classification", options))
    if arguments.summarize:
        asked.append(("summarizationConfig", "summary", {"targetLength": arguments.summarize, **model}))
    if arguments.edit:
        opened = {"password": parser_config["password"]} if "password" in parser_config else {}
        asked.append(("editConfig", "edit", {"instructions": arguments.edit, **opened, **model}))
    return asked


def _schema_in(file: str) -> Any:
    """Return the JSON of a file."""
    try:
        return json.loads(Path(file).read_text("utf-8"))
    except OSError as error:
        _fail(f"{file} cannot be read ({error.strerror}). Check the path.")
    except ValueError as error:
        _fail(f"{file} is no valid JSON: {error}. It must hold a JSON Schema.")


def _models(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show, add, remove or measure language models."""
    from axelered_box import model_commands  # noqa: PLC0415  # each command loads what it needs

    code: int = _run(lambda: model_commands.run(arguments, settings))
    return code


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check everything that the box needs."""
    from axelered_box.doctor import examine  # noqa: PLC0415  # each command loads what it needs

    findings = _run(lambda: examine(settings))
    if arguments.json:
        print(json.dumps([{"check": f.check, "ok": f.ok, "detail": f.detail} for f in findings], indent=1))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.check}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1


def _settings(_: argparse.Namespace, settings: Settings) -> int:
    """Show every setting with its value."""
    for name, setting in box_settings.TABLE.items():
        print(f"{box_settings.PREFIX}{name.upper()}={getattr(settings, name)}\n    {setting.help}")
    return 0


def _run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run a coroutine on a fast event loop."""
    import uvloop  # noqa: PLC0415  # each command loads what it needs

    async def stoppable() -> Any:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(stoppable())


def _fail(sentence: str) -> NoReturn:
    """End with a sentence that says what failed and what to do."""
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    """Return the words that the commands take."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Turns documents into Markdown, HTML, JSON, values, classes, summaries and edited files.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_process(commands)
    key_commands.add_keys(commands)
    key_commands.add_s3_credentials(commands)
    _add_models(commands)
    doctor = commands.add_parser("doctor", help="check everything that the box needs")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    doctor.set_defaults(run=_doctor)
    commands.add_parser("settings", help="show every setting with its value").set_defaults(run=_settings)
    return parser


def _add_serve(commands: Any) -> None:
    serve = commands.add_parser("serve", help="run the appliance")
    serve.add_argument("--host", help=box_settings.TABLE["host"].help)
    serve.add_argument("--port", type=int, help=box_settings.TABLE["port"].help)
    serve.add_argument("--data-dir", help=box_settings.TABLE["data_dir"].help)
    serve.set_defaults(run=_serve)


def _add_process(commands: Any) -> None:
    process = commands.add_parser("process", help="work on files without a server; Markdown goes to the output")
    process.add_argument("files", nargs="+", metavar="FILE")
    process.add_argument("-o", "--output", metavar="DIR", help="folder for all outputs")
    process.add_argument("--json", action="store_true", help="print the outcome as JSON instead of Markdown")
    process.add_argument("--extract", metavar="SCHEMA", help="file with the JSON Schema of what is to be extracted")
    process.add_argument("--classify", metavar="SCHEMA", help="file with a JSON Schema whose enums are the classes")
    process.add_argument(
        "--summarize", nargs="?", const="medium", choices=("short", "medium", "long"), help="sum each file up"
    )
    process.add_argument(
        "--edit", metavar="WORDS", help="change each PDF or Word file as these sentences say; -o keeps the changed file"
    )
    process.add_argument("--model", metavar="NAME", help="the language model to ask; 'models list' shows which")
    process.add_argument("--languages", metavar="CODES", help="languages of the text, such as deu or eng,fra")
    process.add_argument("--pages", help="pages to read, such as 1-3,7")
    process.add_argument("--ocr", choices=("auto", "always", "never"), help="whether page images are recognised")
    process.add_argument("--password", help="the password that opens the files; - reads it from the standard input")
    process.set_defaults(run=_process)


def _add_models(commands: Any) -> None:
    models = commands.add_parser("models", help="language models").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    listing = models.add_parser("list", help="show the models there are")
    add = models.add_parser("add", help="copy a GGUF file into the data folder and see that it works")
    add.add_argument("file", metavar="FILE", help="a GGUF file that llama.cpp reads")
    add.add_argument("--name", help="the name to ask it by; that of the file when absent")
    remove = models.add_parser("remove", help="erase a model that was added")
    remove.add_argument("name", metavar="NAME")
    bench = models.add_parser("bench", help="measure how many tokens a model reads and writes in a second")
    bench.add_argument("name", nargs="?", metavar="NAME", help="the model; the default one when absent")
    bench.add_argument("--threads", type=int, help="how many threads work; as many as there are cores when absent")
    for command in (listing, add, bench):
        command.add_argument("--json", action="store_true", help="print it as JSON")
    for command in (listing, add, remove, bench):
        command.set_defaults(run=_models)
