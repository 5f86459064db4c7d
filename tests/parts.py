"""Parts that a test uses beside the package: a program, the journal's text, another engine, a measuring program of `bench/`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

__all__ = ["bench_program", "journal_text", "need"]


def bench_program(name: str) -> ModuleType:
    """Return the measuring program `bench/NAME.py`, which is no part of the package, as a module."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[1] / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # A dataclass looks its own module up there.
    spec.loader.exec_module(module)
    return module


def need(part: Path | str, how: str) -> Path:
    """Return where a file, a folder or (given as a text) a program is; without it skip the test, saying `how` to get it.

    With KGPUB_REQUIRE_ALL=1, which continuous integration sets, a test that lacks a part fails.
    """
    found = shutil.which(part) if isinstance(part, str) else part
    if found is not None and Path(found).exists():
        return Path(found)
    reason = f"needs {part.name if isinstance(part, Path) else part}: {how}"
    if os.environ.get("KGPUB_REQUIRE_ALL") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def journal_text() -> Path:
    """Return the plain text of the journal that the first publication was read from; it is not this project's to publish."""
    beside = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))
    given = os.environ.get("KGPUB_JOURNAL_TEXT")
    how = "set KGPUB_JOURNAL_TEXT to the text of CWIHP Bulletin 6-7, or lay it into ../shared/seeds/"
    return need(Path(given) if given else beside[0] if beside else Path("the journal's text"), how)
