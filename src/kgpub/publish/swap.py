"""A folder that appears whole or not at all: built beside, then exchanged for the old one in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from kgpub.errors import BadInput

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none, and builds there go without the lock
    fcntl = None

__all__ = ["exchange", "recover", "replacing"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` to build in; when the block ends well it becomes `target`.

    Whatever goes wrong before, and whenever the process is killed, the old `target` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        recover(target)
        beside = _beside(target, "new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            yield beside
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        exchange(beside, target)
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Let one process at a time build `target`; raise BadInput where another does.

    The lock is on the folder above, so no file is left behind, and the system lets go of it with the process.
    """
    if fcntl is None:
        yield
        return
    above = os.open(target.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(above, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput(
                f"{target}: another build is writing it", advice="Wait for it to end, then build again."
            ) from error
        yield
    finally:
        os.close(above)


def recover(target: Path) -> None:
    """Put back the old folder where a system without an atomic exchange was stopped between its two steps."""
    aside = _beside(target, "old")
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)


def exchange(new: Path, target: Path) -> None:
    """Make `new` become `target`; afterwards `new` is the old folder, or is gone where there was none."""
    if not target.exists():
        new.rename(target)
    elif not _exchange_atomically(new, target):
        aside = _beside(target, "old")
        target.rename(aside)
        new.rename(target)
        aside.rename(new)


def _exchange_atomically(one: Path, other: Path) -> bool:
    """Exchange two names by renameat2(2); False where system or file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")
