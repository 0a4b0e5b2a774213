"""What the words after `models` do, and what they print."""

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec

from axelered_box import own_models
from axelered_box.app import prepare_folder
from axelered_box.domain.models import ModelFailed
from axelered_box.llm import catalog
from axelered_box.llm.catalog import CatalogModel
from axelered_box.pipeline.intake import reserve_bytes
from axelered_box.settings import Settings

_MB = 1_000_000


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what the arguments say; raises ModelFailed."""
    folder = prepare_folder(settings)
    match arguments.action:
        case "list":
            _print_all(folder, settings, arguments.json)
        case "add":
            reserve = reserve_bytes(settings, shutil.disk_usage(folder).total)
            model = await own_models.add(folder, Path(arguments.file), arguments.name, reserve)
            _print_one(model, settings, folder, arguments.json)
        case "remove":
            own_models.remove(folder, arguments.name)
            print(f"The model {arguments.name} is removed.")
        case "bench":
            await _bench(folder, settings, arguments)
    return 0


def _print_all(folder: Path, settings: Settings, as_json: bool) -> None:
    found = catalog.models(folder)
    if as_json:
        print(json.dumps([_shown(model, settings, folder) for model in found], indent=1))
        return
    for model in found:
        _print_one(model, settings, folder, as_json)
    if not found:
        print("There is no language model. Set the box up again, or add one with 'models add FILE'.")


def _print_one(model: CatalogModel, settings: Settings, folder: Path, as_json: bool) -> None:
    shown = _shown(model, settings, folder)
    if as_json:
        print(json.dumps(shown, indent=1))
        return
    facts = model.facts
    template = "has a chat template" if facts.chat_template else "has no chat template"
    print(f"{model.name}{' (asked by default)' if shown['default'] else ''}")
    print(f"    {facts.architecture}, {facts.quantization or 'mixed weights'}, {facts.size_bytes / _MB:.0f} MB")
    print(f"    reads up to {facts.context_tokens} tokens; {template}; licence: {facts.licence}")
    print(f"    SHA-256 {facts.sha256}\n    {model.path}")


def _shown(model: CatalogModel, settings: Settings, folder: Path) -> dict[str, Any]:
    """Return what is told of a model."""
    default = catalog.find(folder, settings.model or None)
    facts = model.facts
    return {
        "name": model.name,
        "default": default is not None and default.name == model.name,
        "added": model.added,
        "architecture": facts.architecture,
        "quantization": facts.quantization,
        "sizeBytes": facts.size_bytes,
        "contextTokens": facts.context_tokens,
        "chatTemplate": facts.chat_template,
        "licence": facts.licence,
        "sha256": facts.sha256,
        "file": str(model.path),
    }


async def _bench(folder: Path, settings: Settings, arguments: argparse.Namespace) -> None:
    name = arguments.name or settings.model or None
    model = catalog.find(folder, name)
    if model is None:
        known = ", ".join(one.name for one in catalog.models(folder)) or "none"
        raise ModelFailed("model_missing", f"There is no language model {name or ''}; those there are: {known}.")
    speed = await own_models.measure(model, arguments.threads or len(os.sched_getaffinity(0)))
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(speed), indent=1))
        return
    print(f"{speed.name} with {speed.threads} threads")
    print(f"    reads {speed.prefill_tokens_per_second:.0f} tokens/s, writes {speed.generation_tokens_per_second:.0f}")
    print(f"    loaded in {speed.load_seconds:.2f} s; takes {speed.memory_bytes / _MB:.0f} MB")
