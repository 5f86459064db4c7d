"""What the tests of linking share: the invented world behind a real endpoint, and the tiny publication's entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kgpub.graph.load import load_store
from kgpub.link.entities import Entity, read_entities
from kgpub.project import load_project
from tests.link.servers import oxigraph_server
from tests.link.world import WORLD


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a SPARQL endpoint, a real Oxigraph server, that holds the invented world."""
    with oxigraph_server(tmp_path_factory.mktemp("world"), WORLD) as address:
        yield address


@pytest.fixture(scope="session")
def entities(built: Path) -> dict[str, Entity]:
    """The entities of the tiny publication by their ids."""
    project = load_project(built)
    dump = (project.outputs.dist / f"{project.outputs.name}.nq").read_text(encoding="utf-8")
    return {one.id: one for one in read_entities(load_store(dump), project.base)}
