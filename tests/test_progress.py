"""Progress: a bar on a terminal, plain lines in a pipe, on standard error in both."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kgpub.progress import Progress
from tests.tiny import make_tiny

KGPUB = (sys.executable, "-m", "kgpub")


def test_in_a_pipe_progress_is_plain_lines(tmp_path: Path) -> None:
    """A log file holds no carriage returns and no bars."""
    file = make_tiny(tmp_path / "p")
    command = [*KGPUB, "--project", str(file), "build", "--workers", "1"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr.decode().splitlines() == ["Converting: 4 of 4", "Validating: 5 of 5", "Publishing: 1 of 1"]
    assert b"\r" not in done.stderr + done.stdout
    assert b"\x1b" not in done.stderr + done.stdout


def test_on_a_terminal_progress_is_a_bar(tmp_path: Path) -> None:
    """Drawn on standard error, so that standard output can still go to a file."""
    file = make_tiny(tmp_path / "p")
    ours, theirs = pty.openpty()
    command = [*KGPUB, "--project", str(file), "build", "--workers", "1"]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = read_terminal(ours)
        assert process.stdout is not None
        out = process.stdout.read().decode()
    assert process.returncode == 0
    assert "Converting" in shown
    assert "100%" in shown
    assert "\r" in shown
    assert "Converting: 4 of 4" not in shown
    assert "Documents as printed" in out
    assert "Converting" not in out


def read_terminal(descriptor: int) -> str:
    """Read a pseudo-terminal until its other side is closed, which Linux reports as an error."""
    chunks = []
    while True:
        try:
            chunk = os.read(descriptor, 65_536)
        except OSError:
            chunk = b""
        if not chunk:
            os.close(descriptor)
            return b"".join(chunks).decode()
        chunks.append(chunk)


def test_one_kind_of_work_is_told_when_it_is_done() -> None:
    """Not at every step: a log of a large corpus would be thousands of lines."""
    stream = io.StringIO()
    with Progress(stream) as progress:
        for done in range(4):
            progress("convert", done, 3)
        progress("something else", 1, 1)
    assert stream.getvalue() == "Converting: 3 of 3\nsomething else: 1 of 1\n"


def test_a_bar_is_closed_when_the_work_fails() -> None:
    """The message of the error must not stand in the line of the bar."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()

    def failing() -> None:
        with Progress(stream) as progress:
            progress("convert", 1, 3)
            raise ValueError("broken record")

    with pytest.raises(ValueError, match="broken record"):
        failing()
    assert "Converting" in stream.getvalue()
    assert stream.getvalue().endswith("\n")
