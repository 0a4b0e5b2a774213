"""The table that a run ends with, and the ratios of the box against a rival in it."""

from dataclasses import dataclass

from tests.bench.pack.scores import Figures

HEAD = ("set", "kind", "engine", "documents", "failed", "quality", "CPU s/page", "wall s", "peak MB")


@dataclass(frozen=True)
class Row:
    """What one engine did with one group of documents."""

    set: str
    group: str
    engine: str
    documents: int
    pages: int
    failed: int
    figures: Figures
    cpu_s: float
    wall_s: float
    peak_bytes: int

    @property
    def cpu_s_per_page(self) -> float:
        """Return the CPU seconds of a page; those of documents that failed count too."""
        return self.cpu_s / max(1, self.pages)


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table with even columns."""
    said = [HEAD, *[cells(row) for row in rows]]
    widths = [max(len(line[column]) for line in said) for column in range(len(HEAD))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in said]
    rule = "| " + " | ".join("-" * width for width in widths)
    return "\n".join(f"{line} |" for line in [lines[0], rule, *lines[1:]])


def cells(row: Row) -> tuple[str, ...]:
    """Return a row as the words below HEAD."""
    quality = ", ".join(f"{name} {value:.3f}" for name, value in row.figures.items())
    counts = (str(row.documents), str(row.failed))
    costs = (f"{row.cpu_s_per_page:.3f}", f"{row.wall_s:.1f}", f"{row.peak_bytes / 1e6:.0f}")
    return (row.set, row.group, row.engine, *counts, quality or "-", *costs)


def ratios(rows: list[Row], engine: str, rival: str) -> list[str]:
    """Return a line for each group that both engines had: how much of the rival's time the engine took."""
    theirs = {(row.set, row.group): row for row in rows if row.engine == rival}
    lines = []
    for row in rows:
        other = theirs.get((row.set, row.group))
        if row.engine == engine and other is not None and other.cpu_s_per_page and other.wall_s:
            cpu, wall = row.cpu_s_per_page / other.cpu_s_per_page, row.wall_s / other.wall_s
            lines.append(f"{engine} / {rival}, {row.set} {row.group}: CPU a page {cpu:.2f}, wall time {wall:.2f}")
    return lines
