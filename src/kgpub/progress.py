"""How far long work has come: a bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, TextIO

import click

__all__ = ["Progress"]

_WORDS = {
    "convert": "Converting",
    "validate": "Validating",
    "publish": "Publishing",
    "extract": "Reading",
    "push": "Loading",
    "exchange": "Exchanging",
    "compare": "Comparing",
    "remove": "Removing",
    "names": "Searching",
    "items": "Fetching",
}


class Progress:
    """Called as `progress(what, done, total)`; one bar, or one line at the start and end, for each kind of work."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._what = ""
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if not self._stream.isatty():
            self._line(what, done, total)
            return
        if what != self._what:
            self._close()
            self._what = what
            self._bar = click.progressbar(
                length=max(total, 1), label=f"{_WORDS.get(what, what):<11}", file=self._stream
            )
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def _line(self, what: str, done: int, total: int) -> None:
        if done == total and (what, total) != (self._what, 1):
            click.echo(f"{_WORDS.get(what, what)}: {done} of {total}", file=self._stream)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
