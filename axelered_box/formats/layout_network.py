"""The neural networks of PyMuPDF's layout analysis, loaded once for the way this program runs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
import pymupdf.layout
import yaml  # type: ignore[import-untyped]  # PyMuPDF's own dependency; no stubs for one file

from axelered_box.formats import layout_maps

_FOLDER = Path(pymupdf.layout.__file__).parent / "resources" / "onnx"
_LINES_ALONE, _WITH_PICTURE, _PICTURE = "layout_rf2.4.1", "layout_rf2.4.1+imf1", "feature_imf1"
JOINED = 0.55
"""The least probability by which two lines are of one region, as PyMuPDF has it."""


_run_options: ContextVar[Any] = ContextVar("run_options", default=None)


class Network(msgspec.Struct, frozen=True):
    """A network that tells what each line is, and which neighbours belong together."""

    session: Any
    figures: list[str]
    """The names of the figures that it takes about each line."""
    roles: list[str]
    priority: list[int]
    """Which role a region gets that as many lines are for as for another."""


class Opinion(msgspec.Struct, frozen=True):
    """What a network says about a page."""

    lines: Any
    """For each line the probability of each role."""
    pairs: Any
    """For each pair of neighbours the probability that they belong together."""

    @property
    def certainty(self) -> float:
        """Return the mean over the lines of the probability of their likeliest role."""
        return float(self.lines.max(axis=1).mean())


@cache
def lines_alone() -> Network:
    """Return the network that judges by the lines alone."""
    return _network(_LINES_ALONE)


@cache
def with_picture() -> Network:
    """Return the network that is told also what the page's picture shows at each line."""
    return _network(_WITH_PICTURE)


@cache
def picture() -> tuple[Any, list[str]]:
    """Return the network that looks at pictures, and the names of the maps that it makes."""
    model, maps = layout_maps.with_maps((_FOLDER / f"{_PICTURE}.onnx").read_bytes(), "combined")
    return _session(model), maps


def ask(network: Network, inputs: dict[str, Any]) -> Opinion:
    """Return what a network says about a page whose lines are given."""
    lines, pairs = network.session.run(["node_logits", "edge_logits"], inputs, _run_options.get())
    return Opinion(_probabilities(lines), _probabilities(pairs)[:, 1])


def look(picture_of_page: Any) -> tuple[Any, list[Any]]:
    """Return what the picture network sees: the logits of each role for each pixel, and its maps."""
    session, maps = picture()
    logits, *made = session.run(["logits", *maps], {"input": picture_of_page}, _run_options.get())
    return logits, made


@contextmanager
def letting_go() -> Iterator[None]:
    """Give working memory back after each run: a fork that inherits some pays for each piece that it writes to."""
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    token = _run_options.set(options)
    try:
        yield
    finally:
        _run_options.reset(token)


def _network(name: str) -> Network:
    with (_FOLDER / f"{name}.yaml").open("rb") as file:
        data = yaml.safe_load(file)["data"]
    session = _session(str(_FOLDER / f"{name}.onnx"))
    return Network(session, data["rf_names"], data["class_list"], data["class_priority"])


def _probabilities(logits: Any) -> Any:
    """Return the softmax of each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _session(model: str | bytes) -> Any:
    """Return a session that keeps its working memory from one run to the next."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, sess_options=options)
