"""What a module is, and the messages between the box and the child process in which a module works.

A task is carried out in *steps*. The first step is ``begin``; it either finishes the task at once or plans
further steps, which may run side by side, each in a child of its own. What a planned step leaves in its output
folder is kept; when all are kept, the plan's last step gets them and finishes the task. So a box that was killed
goes on after the last kept step.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from axelered_box.domain.errors import Problem
from axelered_box.domain.models import Model

Json = dict[str, Any]
"""A JSON object whose members another party defines."""

MAX_BATCH_PAGES = 8
"""The most pages that one step reads; the work that a kill can cost."""


class Provider(StrEnum):
    """Where the readers of a document come from."""

    AXELERED = "axelered"
    MARKITDOWN = "markitdown"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a task: its name, and the pages (from 0) it reads, where it reads pages."""

    name: str = "begin"
    pages: list[int] = []
    state: Json = {}
    """What the planning step wants this one to know."""


class OutputFile(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file that a step wrote to its output folder."""

    role: str
    """The member of the result that shows it, such as ``markdown``."""
    name: str
    """Its name below the module's outputs, such as ``document.md``; also the file's name in the folder."""
    media_type: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a planned step: a folder of files, or the failure of its page."""

    step: Step
    folder: str | None = None
    """The folder's name below ``kept/`` in the last step's work folder; None when the step failed."""
    failure: "Failure | None" = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a task or a page has no result: a stable code and a sentence for people."""

    code: str
    message: str
    page: int | None = None
    """The page, counted from 1."""


class StepMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What a child is told; every path is relative to its work folder, which is its working directory."""

    module: str
    step: Step
    options: Json
    file_name: str
    media_type: str
    input: str = "input"
    """The document's bytes, to be read only."""
    document: str | None = None
    """What parse made of it, `document.json`, to be read only; None for parse itself."""
    extraction: str | None = None
    """What extract found in it, to be read only; None where it was not asked, or failed."""
    searchable: str | None = None
    """The PDF with a text layer that parse made of it, to be read only; None where it made none."""
    output: str = "out"
    """The folder for what the step makes; it exists and is empty."""
    kept: list[Kept] = []
    """For the last step of a plan: what the planned steps left, in the plan's order."""
    limits: "StepLimits"
    faults: bool = False
    """Whether the built-in misbehaving documents are on."""


class StepLimits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits that a child keeps to."""

    memory_bytes: int
    max_pages: int
    cpu_s: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The further steps of a task."""

    steps: list[Step]
    last: Step
    pages_total: int


class StepResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a step came to: a plan, or files, and for the step that finishes the task its result."""

    plan: Plan | None = None
    outputs: list[OutputFile] = []
    result: Json | None = None
    """The module's member of the document in the outcome, without its outputs; None for a planned step."""
    document: Json | None = None
    """What the task found out about the document itself, such as its number of ``pages``."""


class Progress:
    """How a module tells the box where it is; the child's wire makes it real."""

    def __init__(self, send: Callable[[Json], None]) -> None:
        self._send = send

    def pages_total(self, count: int) -> None:
        """Tell how many pages the document has."""
        self._send({"pagesTotal": count})

    def page_started(self, page: int) -> None:
        """Tell that a page (from 0) is being read: from now its time limit runs."""
        self._send({"pageStarted": page})

    def page_done(self, page: int) -> None:
        """Tell that a page (from 0) has been read."""
        self._send({"pageDone": page})

    def alive(self) -> None:
        """Tell that work goes on, within a page or outside any."""
        self._send({})


class Refusal(Exception):
    """A module's answer that it cannot do what was asked, with a sentence for the user."""

    def __init__(self, code: str, message: str, page: int | None = None) -> None:
        super().__init__(message)
        self.failure = Failure(code=code, message=message, page=page)


Run = Callable[[StepMessage, Path, Progress, Model], StepResult]
"""A module's work, in the child: the message, the work folder, where to tell of progress, and the model to ask."""


class Module(msgspec.Struct, frozen=True, kw_only=True):
    """One module: how a config names it, its options, and its work."""

    name: str
    config_member: str
    outcome_member: str
    options: type[msgspec.Struct]
    check: Callable[[Any], list[Problem]] | None = None
    """Tells what is wrong with options that have the right form; their ``loc`` begins below the member."""
    summary: str
    run: Run | None = None
    """None while the module cannot run in this box."""
    why_unavailable: str | None = None
