"""The real publication below a folder of the tests; as a program it builds it: `python -m tests.real FOLDER`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from kgpub import pipeline
from kgpub.errors import CorpusErrors
from kgpub.project import Project, load_project
from tests.tiny import PROJECT

__all__ = ["build_in_a_process", "real_project"]


def real_project(folder: Path) -> Project:
    """Return the project of this repository, with its publication and its cache in a folder."""
    project = load_project(PROJECT / "kgpub.toml")
    return replace(project, outputs=replace(project.outputs, dist=folder / "dist", cache=folder / "cache"))


def build_in_a_process(folder: Path) -> None:
    """Build it in a process of its own; raise AssertionError with what it said where it failed."""
    # No coverage is measured there: that would double the time of the validator, which is not ours.
    command = [sys.executable, "-m", "tests.real", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stderr)


if __name__ == "__main__":
    built = real_project(Path(sys.argv[1]))
    try:
        pipeline.build(built, built.date)
    except CorpusErrors as error:
        sys.exit("\n".join(map(str, error.problems)))
