"""Line ranges as records write them: `1573-1575,1580`."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Run", "format_runs", "pages_of", "parse_runs"]

Run = tuple[int, int]


def parse_runs(text: str | int) -> tuple[Run, ...]:
    """Return the runs of a line range, both ends included; raise ValueError where one ends before it begins."""
    runs = []
    for part in str(text).split(","):
        first, _, last = part.strip().partition("-")
        run = (int(first), int(last or first))
        if run[1] < run[0]:
            raise ValueError(f"{part.strip()} ends before it begins")
        runs.append(run)
    return tuple(runs)


def format_runs(runs: Iterable[Run]) -> str:
    """Return runs as text: a run of one line is that line."""
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def pages_of(lines: str | int, pages: Iterable[tuple[str, tuple[Run, ...]]]) -> tuple[str, ...]:
    """Return the pages on which any of these lines stands, in the order of the page table."""
    wanted = parse_runs(lines)
    return tuple(page for page, runs in pages if any(a <= d and c <= b for a, b in runs for c, d in wanted))
