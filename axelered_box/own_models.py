"""The operator's view of the language models: which there are, how one is added or removed, and how fast it is."""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from axelered_box.domain.models import Answer, Ask, Describe, Generate, Generated, ModelFailed, Question, Score, Scored
from axelered_box.isolation.model_host import ModelFile, ModelHost
from axelered_box.llm import catalog, gguf
from axelered_box.llm.catalog import CatalogModel, Facts
from axelered_box.storage.syncing import sync_folder

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LOAD_LIMIT_S = 600.0
_TRIAL_CONTEXT = 512
_BENCH_CONTEXT = 2048
_BENCH_WORDS = 600
_BENCH_TOKENS = 64
_BENCH_ROUNDS = 3
_COPY_BYTES = 4 << 20


class Speed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How fast a model was."""

    name: str
    threads: int
    load_seconds: float
    memory_bytes: int
    prefill_tokens_per_second: float
    generation_tokens_per_second: float


async def add(data_folder: Path, file: Path, name: str | None, reserve_bytes: int) -> CatalogModel:
    """Copy a GGUF file into the data folder, once llama.cpp has loaded it; adding it again changes nothing.

    Raises ModelFailed: `model_missing`, `model_broken`, `model_too_big`, `model_exists`, `model_no_room`, `model_name`.
    """
    header = _header(file)
    name = name or file.stem
    if not NAME.fullmatch(name):
        raise ModelFailed(
            "model_name", f"'{name}' cannot be a model's name. Give one of letters, digits, '.', '_', '-' with --name."
        )
    folder = data_folder / catalog.FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    there = next((model for model in catalog.models(data_folder) if model.added and model.name == name), None)
    if there is None:
        _check_room(file, folder, reserve_bytes)
    part = folder / f"{name}.part"
    try:
        facts = _copied(file, part, name, header)
        if there is not None:
            _check_same(there, facts)
            return there
        await _try_out(part, name)
        _publish(part, facts, folder)
    finally:
        part.unlink(missing_ok=True)
    return CatalogModel(facts=facts, path=folder / f"{name}{gguf.SUFFIX}", added=True)


def remove(data_folder: Path, name: str) -> None:
    """Erase an added model; what has loaded it goes on until it ends. Raises ModelFailed `model_missing`."""
    model = catalog.find(data_folder, name)
    if model is None or not model.added:
        added = [one.name for one in catalog.models(data_folder) if one.added]
        known = f"Added ones are {', '.join(added)}." if added else "None was added."
        raise ModelFailed("model_missing", f"No model named '{name}' was added, so none can be removed. {known}")
    model.path.with_suffix(catalog.FACTS_SUFFIX).unlink()
    model.path.unlink()
    sync_folder(model.path.parent)


async def measure(model: CatalogModel, threads: int) -> Speed:
    """Load a model in a process of its own and time it; raises ModelFailed."""
    async with _host() as host:
        file = _file(model, min(_BENCH_CONTEXT, model.context_tokens))
        await _ask(host, file, Describe(), threads)
        ready = host.ready
        assert ready is not None
        read = [await _time_reading(host, file, number, threads) for number in range(_BENCH_ROUNDS)]
        written = [await _time_writing(host, file, number, threads) for number in range(_BENCH_ROUNDS)]
    return Speed(
        name=model.name,
        threads=threads,
        load_seconds=round(ready.load_s, 3),
        memory_bytes=ready.memory_bytes,
        prefill_tokens_per_second=round(max(read), 1),
        generation_tokens_per_second=round(max(written), 1),
    )


async def try_out(model: CatalogModel) -> str:
    """Load a model, ask it something and return what to tell of it; raises ModelFailed."""
    async with _host() as host:
        await _ask(host, _file(model, _TRIAL_CONTEXT), _TRIAL, 1)
        ready = host.ready
    assert ready is not None
    embeds = "with" if ready.embeds else "without"
    megabytes = ready.memory_bytes // 1_000_000
    return f"{model.name}, loaded in {ready.load_s:.1f} s, {megabytes} MB, {embeds} embeddings"


_TRIAL = Score(shared="The sky", questions=[Question(text=" is", answers=[" blue", " a"])])


def _header(file: Path) -> gguf.Header:
    """Return the header of a file that can be added; raises ModelFailed."""
    try:
        header = gguf.read_header(file)
    except gguf.Unreadable as error:
        raise ModelFailed("model_broken", f"{file} cannot be added. {error} Give a whole GGUF file.") from error
    except OSError as error:
        raise ModelFailed("model_missing", f"{file} cannot be read ({error.strerror}). Check the path.") from error
    if header.parts > 1:
        why = f"It is one of {header.parts} parts. Join them with 'llama-gguf-split --merge', then add the whole."
        raise ModelFailed("model_broken", f"{file} cannot be added. {why}")
    return header


def _check_room(file: Path, folder: Path, reserve_bytes: int) -> None:
    size, free = file.stat().st_size, shutil.disk_usage(folder).free
    if size + reserve_bytes > free:
        why = f"It has {size >> 20} MiB; {folder} has {free >> 20} MiB free and keeps {reserve_bytes >> 20} in reserve."
        raise ModelFailed("model_no_room", f"{file} cannot be added. {why} Make space.")


def _copied(file: Path, part: Path, name: str, header: gguf.Header) -> Facts:
    """Copy a file's bytes to where only this program looks; return its facts."""
    digest = hashlib.sha256()
    with file.open("rb") as source, part.open("wb") as target:
        while data := source.read(_COPY_BYTES):
            digest.update(data)
            target.write(data)
        target.flush()
        os.fsync(target.fileno())
    return Facts(
        name=name,
        sha256=digest.hexdigest(),
        size_bytes=part.stat().st_size,
        architecture=header.architecture,
        licence=header.licence or "unknown",
        context_tokens=header.context_tokens or _BENCH_CONTEXT,
        quantization=header.quantization,
        chat_template=header.chat_template,
    )


def _check_same(there: CatalogModel, facts: Facts) -> None:
    if there.sha256 != facts.sha256:
        why = f"There is another model named '{there.name}'. Remove it first, or give this one a name with --name."
        raise ModelFailed("model_exists", why)


async def _try_out(part: Path, name: str) -> None:
    """See whether llama.cpp loads a file and reads with it; raises ModelFailed."""
    async with _host() as host:
        file = ModelFile(name=name, path=str(part), sha256="", context_tokens=_TRIAL_CONTEXT)
        await _ask(host, file, _TRIAL, 1)


def _publish(part: Path, facts: Facts, folder: Path) -> None:
    """Make a model be there: its file first, then its facts, by which it is found."""
    file = folder / f"{facts.name}{gguf.SUFFIX}"
    part.replace(file)
    catalog.write_facts(facts, file)
    sync_folder(folder)


def _file(model: CatalogModel, context_tokens: int) -> ModelFile:
    return ModelFile(name=model.name, path=str(model.path), sha256=model.sha256, context_tokens=context_tokens)


@contextlib.asynccontextmanager
async def _host() -> AsyncIterator[ModelHost]:
    """Give a model's process of one's own, so that a running server is not disturbed."""
    with tempfile.TemporaryDirectory() as folder:
        host = ModelHost(Path(folder) / "model.log")
        try:
            yield host
        finally:
            await host.stop()


async def _ask(host: ModelHost, file: ModelFile, ask: Ask, threads: int) -> Answer:
    """Return an answer; raises ModelFailed."""
    reply = await host.ask(file, ask, threads=contextlib.nullcontext(threads), limit_s=LOAD_LIMIT_S)
    if reply.failure is not None:
        raise ModelFailed(reply.failure.code, reply.failure.message)
    assert reply.answer is not None
    return reply.answer


async def _time_reading(host: ModelHost, file: ModelFile, number: int, threads: int) -> float:
    """Return how many tokens of a new text are read in a second."""
    text = f"{number}. " + " ".join(f"word {index * 7919 % 1000}" for index in range(_BENCH_WORDS // 2))
    began = time.perf_counter()
    answer = await _ask(host, file, Score(shared=text, questions=[Question(text=" is", answers=[" a"])]), threads)
    assert isinstance(answer, Scored)
    return answer.prompt_tokens / (time.perf_counter() - began)


async def _time_writing(host: ModelHost, file: ModelFile, number: int, threads: int) -> float:
    """Return how many tokens are written in a second."""
    prompt = f"Once upon a time there were {number + 2} houses, and in each of them"
    await _ask(host, file, Generate(prompt=prompt, max_tokens=1), threads)
    began = time.perf_counter()
    answer = await _ask(host, file, Generate(prompt=prompt, max_tokens=_BENCH_TOKENS), threads)
    assert isinstance(answer, Generated)
    return answer.completion_tokens / (time.perf_counter() - began)
