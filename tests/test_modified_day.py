"""The day that a publication says it was last changed: never that of the build."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kgpub.errors import BadProject
from kgpub.project import Project, load_project, modified_day
from tests.parts import need

Tiny = Callable[..., Path]


@pytest.fixture
def project(tiny: Tiny, tmp_path: Path) -> Project:
    return load_project(tiny(tmp_path))


def commit(folder: Path, when: str) -> None:
    git = str(need("git", "apt-get install git"))
    identity = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    environment = {
        **os.environ,
        **identity,
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
    }
    for command in (["init", "-q"], ["add", "kgpub.toml"], ["commit", "-q", "-m", "One"]):
        subprocess.run([git, "-C", str(folder), *command], env=environment, check=True)


def test_source_date_epoch_wins(project: Project) -> None:
    """Even over a commit; seconds since 1970, in UTC."""
    commit(project.root, "2025-06-30T12:00:00+00:00")
    seconds = int(datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
    assert modified_day(project, {"SOURCE_DATE_EPOCH": str(seconds)}) == "2023-12-31"


def test_the_day_of_the_newest_commit_comes_next(project: Project) -> None:
    """In UTC, wherever the committer was: half past one in Seoul is still the day before."""
    commit(project.root, "2025-07-01T01:30:00+09:00")
    assert modified_day(project, {}) == "2025-06-30"


def test_without_git_the_release_date_is_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no repository, or a system without git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent))
    assert modified_day(project, {"SOURCE_DATE_EPOCH": ""}) == "2024-02-29"
    monkeypatch.setenv("PATH", "")
    assert modified_day(project, {}) == "2024-02-29"


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "²"])
def test_a_source_date_epoch_that_is_no_number_is_refused(project: Project, epoch: str) -> None:
    """Publishing under a guessed day would be worse."""
    with pytest.raises(BadProject, match=r"SOURCE_DATE_EPOCH: .* is not a number of seconds"):
        modified_day(project, {"SOURCE_DATE_EPOCH": epoch})


def test_a_source_date_epoch_beyond_all_years_is_refused(project: Project) -> None:
    """A date in milliseconds, say."""
    with pytest.raises(BadProject, match="SOURCE_DATE_EPOCH"):
        modified_day(project, {"SOURCE_DATE_EPOCH": "9" * 18})
