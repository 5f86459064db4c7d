"""What the tests of pushing share: running stores, and releases invented for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from kgpub.publish.push.dump import Dump, open_dump
from tests.stores import RunningStore, oxigraph, virtuoso

Release = Callable[[Mapping[str, Sequence[str]]], Dump]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture(scope="module")
def ox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as store:
        yield store


@pytest.fixture(scope="session")
def virt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as store:
        yield store


@pytest.fixture(params=["oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest) -> RunningStore:
    """Each of the two in turn."""
    found: RunningStore = request.getfixturevalue({"oxigraph": "ox", "virtuoso": "virt"}[request.param])
    return found


@pytest.fixture
def base(request: pytest.FixtureRequest) -> str:
    """A base of its own for each test: stores are shared and never emptied."""
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
    return f"https://example.org/{name}/"


@pytest.fixture
def release(tmp_path: Path, base: str) -> Release:
    """The factory `release({"graph/A": ['person/x p "value"@en']})`: IRIs are below the base."""

    def make(graphs: Mapping[str, Sequence[str]]) -> Dump:
        lines = [
            f"<{base}s{number:04}> <{base}p> {value} <{base}{name}> .\n"
            for name, values in graphs.items()
            for number, value in enumerate(values)
        ]
        file = tmp_path / f"release-{len(list(tmp_path.iterdir()))}.nq"
        file.write_text("".join(sorted(lines)), encoding="utf-8")
        return open_dump(file)

    return make
