"""The figures of monitoring in the text form of Prometheus; they hold no names and no secrets."""

from axelered_box import __version__
from axelered_box.api.calls import Call
from axelered_box.domain.ids import now_ms
from axelered_box.domain.runs import State
from axelered_box.storage.stats import Stats

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "axelered_box_"
STATES = tuple(state.value for state in State if state is not State.SKIPPED)

Values = list[tuple[str, float]]
"""The values of a figure, each with its labels as they are written."""


def text(call: Call, figures: Stats) -> bytes:
    """Return all figures of now."""
    tools, traffic = call.parts.tools, call.traffic
    oldest = figures.oldest_pending_ms
    age_s = 0.0 if oldest is None else max(0, now_ms() - oldest) / 1000
    parts = [
        _figure("info", "gauge", "The version of the box.", [(f'{{version="{__version__}"}}', 1)]),
        _figure("runs", "gauge", "Runs by state, erased ones until their receipts go.", _by_state(figures)),
        _plain("oldest_pending_seconds", "gauge", "Time that the oldest queued run has waited.", age_s),
        _plain("pages", "gauge", "Pages read for the runs that are kept.", figures.pages),
        _plain("tasks_at_work", "gauge", "Tasks that children work on.", len(call.parts.executor.held)),
        _plain("rings_waiting", "gauge", "Wake-ups that no worker has answered.", call.parts.doorbell.waiting),
        _plain("uploads", "gauge", "Requests whose files are being received.", traffic.uploads),
        _plain("workers", "gauge", "Slots for child processes.", tools.settings.workers),
        _plain("fork_server_up", "gauge", "Whether the program that starts children runs.", int(tools.server.alive)),
        _plain("disk_free_bytes", "gauge", "Free bytes of the data folder's disk.", tools.objects.free_bytes()),
        _plain("disk_reserve_bytes", "gauge", "Free bytes below which uploads end.", call.parts.intake.reserve_bytes),
        _figure("http_answers_total", "counter", "Answers by status since the start.", _by_status(traffic.answers)),
    ]
    return "".join(parts).encode()


def _by_state(figures: Stats) -> Values:
    return [(f'{{state="{state}"}}', figures.runs.get(state, 0)) for state in STATES]


def _by_status(answers: dict[int, int]) -> Values:
    return [(f'{{status="{status}"}}', count) for status, count in sorted(answers.items())]


def _plain(name: str, kind: str, about: str, value: float) -> str:
    return _figure(name, kind, about, [("", value)])


def _figure(name: str, kind: str, about: str, values: Values) -> str:
    """Return a figure with its help and its type."""
    full = PREFIX + name
    head = f"# HELP {full} {about}\n# TYPE {full} {kind}\n"
    return head + "".join(f"{full}{labels} {value}\n" for labels, value in values)
