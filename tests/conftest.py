"""What all tests share: the factory for a tiny publication in a folder of its own, and the real one, built once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kgpub import pipeline
from kgpub.errors import CorpusErrors
from kgpub.project import Project, load_project
from tests.tiny import PROJECT, make_tiny


@pytest.fixture
def tiny() -> Callable[..., Path]:
    """The factory `tiny(tmp_path, **changes)`: writes the tiny publication, returns its `kgpub.toml` (see tests/tiny)."""
    return make_tiny


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real corpus, built once from an empty cache into a folder of its own; tests only read it."""
    project = load_project(PROJECT / "kgpub.toml")
    folder = tmp_path_factory.mktemp("publication")
    outputs = replace(project.outputs, dist=folder / "dist", cache=folder / "cache")
    project = replace(project, outputs=outputs)
    try:
        pipeline.build(project, project.date)
    except CorpusErrors as error:
        pytest.fail("\n".join(map(str, error.problems)), pytrace=False)
    return project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kgpub.toml` of a tiny publication that has been built; tests only read it."""
    file = make_tiny(tmp_path_factory.mktemp("tiny") / "publication")
    pipeline.build(load_project(file), "2024-02-29", workers=1)
    return file
