"""The program in which one engine answers questions with a warm model: `python -m tests.bench.pack.answering ENGINE`.

Tasks come as one JSON object on stdin, with the model's file. A reply is written as a line of JSON as soon as it is
there. The first task is done twice, so that loading counts for no document.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axelered_box import modules
from axelered_box.domain.models import Model
from axelered_box.settings import Settings
from tests.bench.pack.asked import MODEL_ONLY, RULES_ONLY, NoLikelihoods, Task, answer, said


@dataclass(frozen=True)
class Order:
    """What is asked, and the file of the model that helps; None where none does."""

    tasks: list[Task]
    model: str | None


def main() -> None:
    """Answer all tasks."""
    engine = sys.argv[1]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    order = _order(json.load(sys.stdin))
    works = modules.runs()
    model = NoLikelihoods() if order.model is None or engine == RULES_ONLY else load(Path(order.model))
    if engine != MODEL_ONLY:
        answer(engine, order.tasks[0], model, works)
    for task in order.tasks:
        answers.write(said(answer(engine, task, model, works)) + "\n")
        answers.flush()


def load(file: Path) -> Model:
    """Return a model in this process, as the box's own process has it."""
    from axelered_box.llm.runtime.local_model import LocalModel

    model: Model = LocalModel(file, Settings().model_context)
    return model


def _order(told: dict[str, Any]) -> Order:
    return Order([Task(**task) for task in told["tasks"]], told["model"])


if __name__ == "__main__":
    main()
