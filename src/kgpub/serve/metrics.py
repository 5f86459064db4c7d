"""Counts and durations for Prometheus, in its text format (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

__all__ = ["Metrics", "family"]

_BOUNDS: Final = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)


class Metrics:
    """What the service counts of the requests it has answered."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, str]] = Counter()
        self.sent: Counter[str] = Counter()
        self.rows = 0
        self.truncated = 0
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def answered(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count one request."""
        self.requests[route, method, str(status)] += 1
        self.sent[route] += size
        self._buckets[route][bisect.bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[route] += seconds

    def lines(self) -> Iterable[str]:
        """Yield the lines of the exposition."""
        requests = {(("route", r), ("method", m), ("status", s)): n for (r, m, s), n in self.requests.items()}
        yield from family("kgpub_requests_total", "counter", "Requests answered.", requests.items())
        sizes = {(("route", route),): size for route, size in self.sent.items()}
        yield from family("kgpub_sent_bytes_total", "counter", "Bytes of the bodies sent.", sizes.items())
        yield from family("kgpub_rows_total", "counter", "Rows and triples in answers to queries.", [((), self.rows)])
        yield from family("kgpub_truncated_total", "counter", "Answers cut at a limit.", [((), self.truncated)])
        yield "# HELP kgpub_request_seconds Time from the request to the end of its answer."
        yield "# TYPE kgpub_request_seconds histogram"
        for route, buckets in self._buckets.items():
            total = 0
            for bound, count in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=True):
                total += count
                yield f'kgpub_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'kgpub_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'kgpub_request_seconds_count{{route="{route}"}} {total}'


def family(
    name: str, kind: str, words: str, values: Iterable[tuple[tuple[tuple[str, str], ...], float]]
) -> Iterable[str]:
    """Yield the lines of one family: its help, its type, and a line for each set of labels."""
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
    for labels, value in values:
        shown = ",".join(f'{key}="{text}"' for key, text in labels)
        yield f"{name}{{{shown}}} {value}" if shown else f"{name} {value}"
