"""What the tests of linking share: the entities of the tiny publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgpub.graph.load import load_store
from kgpub.link.entities import Entity, read_entities
from kgpub.project import load_project


@pytest.fixture(scope="session")
def entities(built: Path) -> dict[str, Entity]:
    """The entities of the tiny publication by their ids."""
    project = load_project(built)
    dump = (project.outputs.dist / f"{project.outputs.name}.nq").read_text(encoding="utf-8")
    return {one.id: one for one in read_entities(load_store(dump), project.base)}
