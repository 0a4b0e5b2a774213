"""How the config of a run is read: what a client sent becomes options of modules, or an error that names the member."""

import re
from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from axelered_box.domain.errors import InvalidRequest, ModuleUnavailable, Problem, ProviderUnavailable
from axelered_box.domain.modules import Json, Module
from axelered_box.modules import TABLE
from axelered_box.pipeline.allowed import allowed_at

MAX_METADATA_BYTES = 4096
_OTHER_MEMBERS = ("parserId", "sources", "metadata")
_PATH = re.compile(r"(.*?)(?: - at `(\$[^`]*)`)?", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that a config names instead of bringing it."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


ModelCheck = Callable[[Json], list[Problem]]
"""Tells what is wrong with the model that a module's options name; `loc` begins below the options."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A config that is in order."""

    config: Json
    """As the client sent it."""
    metadata: Json | None
    modules: dict[str, bool]
    """The modules that are to work; the value tells whether the client asked for it."""


def check(config: Any, loc: list[str | int], models: ModelCheck = lambda _: []) -> Checked:
    """Return a config that is in order; raise InvalidRequest naming each wrong member below `loc`.

    `models` tells what keeps the box from asking the language model that a module's options name.
    """
    if not isinstance(config, dict):
        raise InvalidRequest.of(loc, "The config must be a JSON object.", config, "object_type")
    members = {module.config_member: module for module in TABLE.values() if module.config_member}
    unknown = sorted(config.keys() - members.keys() - set(_OTHER_MEMBERS))
    if unknown:
        allowed = ", ".join([*members, *_OTHER_MEMBERS])
        raise InvalidRequest(
            [
                Problem(loc=[*loc, name], msg=f"Unknown member; allowed are {allowed}.", type="extra_forbidden")
                for name in unknown
            ]
        )
    wanted = {name: module for name, module in members.items() if config.get(name) is not None}
    for name, module in wanted.items():
        _check_options(module, config[name], [*loc, name], models)
        if module.why_unavailable is not None:
            problem = Problem(loc=[*loc, name], msg=module.why_unavailable, type="module_unavailable")
            raise ModuleUnavailable([problem])
    _check_references(config, loc)
    asked = {module.name for module in wanted.values()} | ({"parse"} if config.get("parserId") else set())
    return Checked(
        config=config,
        metadata=_metadata(config.get("metadata"), [*loc, "metadata"]),
        modules={"parse": not asked or "parse" in asked, **{name: True for name in TABLE if name in asked - {"parse"}}},
    )


def problems_of(error: msgspec.ValidationError, loc: list[str | int], value: Any) -> list[Problem]:
    """Return a decoding error as the list form of a validation answer."""
    match = _PATH.fullmatch(str(error))
    message, path = (match.group(1), match.group(2) or "$") if match else (str(error), "$")
    steps: list[str | int] = []
    for name, index in _STEP.findall(path):
        steps.append(name or (int(index) if index.isdigit() else index))
    for pattern, kind in ((_UNKNOWN, "extra_forbidden"), (_MISSING, "missing")):
        found = pattern.match(message)
        if found:
            return [Problem(loc=[*loc, *steps, found.group(1)], msg=message + ".", type=kind)]
    return [Problem(loc=[*loc, *steps], msg=message + ".", type="value_error", input=_reached(value, steps))]


def _check_options(module: Module, value: Any, loc: list[str | int], models: ModelCheck) -> None:
    """Check a module's member of the config."""
    try:
        decoded = msgspec.convert(value, module.options)
    except msgspec.ValidationError as error:
        told = problems_of(error, loc, value)
        raise InvalidRequest([_with_allowed(problem, module, value, loc) for problem in told]) from None
    found = [*(module.check(decoded) if module.check else []), *models(value)]
    problems = [msgspec.structs.replace(problem, loc=[*loc, *problem.loc]) for problem in found]
    unavailable = [problem for problem in problems if problem.type == ProviderUnavailable.code]
    if unavailable:
        raise ProviderUnavailable(unavailable)
    if problems:
        raise InvalidRequest(problems)


def _with_allowed(problem: Problem, module: Module, value: Any, loc: list[str | int]) -> Problem:
    """Return a problem whose sentence names what is allowed: the values of a member, or the members there are."""
    members, steps = problem.type == "extra_forbidden", problem.loc[len(loc) :]
    allowed = allowed_at(module.options, value, steps[:-1] if members else steps, members=members)
    if not allowed:
        return problem
    return msgspec.structs.replace(problem, msg=f"{problem.msg} Allowed are {', '.join(map(str, allowed))}.")


def _check_references(config: Json, loc: list[str | int]) -> None:
    """Refuse what names something that this box does not have."""
    if not isinstance(config.get("parserId"), str | None):
        sentence = "The id of a saved parser must be a text. Send parserConfig to say it inline."
        raise InvalidRequest.of([*loc, "parserId"], sentence, config["parserId"], "string_type")
    sources = config.get("sources")
    if sources is None:
        return
    try:
        wanted = msgspec.convert(sources, list[Source])
    except msgspec.ValidationError as error:
        raise InvalidRequest(problems_of(error, [*loc, "sources"], sources)) from None
    for place, source in enumerate(wanted):
        if not source.url.startswith(("s3://", "https://", "http://")):
            sentence = "A source is s3://<bucket>/<key> in the workspace's own bucket, or an https address."
            raise InvalidRequest.of([*loc, "sources", place, "url"], sentence, source.url, "url_parsing")
        if "@" in source.url.partition("://")[2].partition("/")[0]:
            sentence = "An address may not have user or password: it is shown with the run. Send a link without them."
            raise InvalidRequest.of([*loc, "sources", place, "url"], sentence, None, "url_parsing")


def _metadata(value: Any, loc: list[str | int]) -> Json | None:
    """Return the caller's own object."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise InvalidRequest.of(loc, "The metadata must be a JSON object.", value, "object_type")
    size = len(msgspec.json.encode(value))
    if size > MAX_METADATA_BYTES:
        raise InvalidRequest.of(loc, f"The metadata has {size} bytes; at most {MAX_METADATA_BYTES} are kept.", None)
    return value


def _reached(value: Any, steps: list[str | int]) -> Any:
    """Return what stands at a path, where it can be followed."""
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
