"""What all tests share: the factories of tiny publications in folders of their own, and the real one, built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from kgpub import pipeline
from kgpub.graph.load import load_store
from kgpub.project import Project, load_project
from tests.link.servers import oxigraph_server
from tests.link.world import WORLD
from tests.once import made_once
from tests.real import build_in_a_process, real_project
from tests.tiny import Change, make_tiny


@pytest.fixture
def tiny() -> Callable[..., Path]:
    """The factory `tiny(tmp_path, **changes)`: writes the tiny publication, returns its `kgpub.toml` (see tests/tiny)."""
    return make_tiny


@pytest.fixture
def rebuilt(built: Path) -> Callable[[Path], Path]:
    """The factory `rebuilt(tmp_path)`: the tiny publication as a build of 2024-02-29 left it, to be changed."""

    def copy(folder: Path) -> Path:
        shutil.copytree(built.parent, folder, dirs_exist_ok=True)
        return folder / built.name

    return copy


@pytest.fixture
def warm(built: Path) -> Callable[..., Path]:
    """The factory `warm(tmp_path, **changes)`: not built yet, but with the cache of a build of what is not changed."""

    def make(folder: Path, **changes: Change) -> Path:
        file = make_tiny(folder, **changes)
        shutil.copytree(built.parent / ".kgpub", folder / ".kgpub", ignore=shutil.ignore_patterns("publish.json"))
        return file

    return make


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real corpus, built once from an empty cache into a folder of its own; tests only read it."""
    try:
        return real_project(made_once(tmp_path_factory, "publication", build_in_a_process))
    except AssertionError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def real_store(publication: Project) -> Store:
    """The graph of the real publication; tests only read it."""
    return load_store((publication.outputs.dist / f"{publication.outputs.name}.nq").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kgpub.toml` of a tiny publication that has been built; tests only read it."""

    def make(folder: Path) -> None:
        pipeline.build(load_project(make_tiny(folder / "publication")), "2024-02-29", workers=1)

    return made_once(tmp_path_factory, "tiny", make) / "publication" / "kgpub.toml"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a SPARQL endpoint, a real Oxigraph server, that holds the invented world of tests/link."""
    with oxigraph_server(tmp_path_factory.mktemp("world"), WORLD) as address:
        yield address
