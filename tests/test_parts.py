"""A part that is missing skips a test where somebody works, and fails it where everything has to be there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.parts import need


def test_a_part_that_is_there_is_returned() -> None:
    """A program by its name, a file or folder by its path."""
    assert need("sh", "apt-get install dash").name == "sh"
    assert need(Path(sys.executable), "install Python") == Path(sys.executable)


@pytest.mark.parametrize("part", ["no-such-program", Path("/no/such/file")])
def test_a_missing_part_skips_and_says_how_to_get_it(part: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is what a developer reads in the summary of the run."""
    monkeypatch.delenv("KGPUB_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"needs (no-such-program|file): apt-get install it"):
        need(part, "apt-get install it")


def test_a_missing_part_fails_where_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that continuous integration cannot skip in silence."""
    monkeypatch.setenv("KGPUB_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="needs no-such-program"):
        need("no-such-program", "apt-get install it")
