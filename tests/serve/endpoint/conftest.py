"""The invented letters in real stores, and the service in front of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kgpub.publish.push.dump import open_dump
from kgpub.publish.push.manifest import manifest_name, read_manifest
from kgpub.publish.push.transfer import Push
from kgpub.serve.app import Site
from kgpub.serve.endpoint.address import Address
from kgpub.serve.endpoint.probe import graph_lines, union_parameters
from kgpub.serve.endpoint.store import RemoteStore
from tests.serve.conftest import BASE, TINY
from tests.stores import RunningStore, oxigraph, virtuoso

__all__ = ["behind", "query_url"]

MAKERS: dict[str, Callable[[Path], AbstractContextManager[RunningStore]]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def query_url(store: RunningStore) -> str:
    """Return where readers ask a store."""
    return store.url.replace("/store", "/query").replace("/sparql-graph-crud-auth", "/sparql")


def pushed(store: RunningStore, folder: Path) -> RunningStore:
    """Load the invented letters into a store as `kgpub push` does."""
    local = Store()
    local.load(path=str(TINY), format=RdfFormat.TRIG)
    lines = (serialize(local, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    dump = folder / "tiny.nq"
    dump.write_bytes(b"".join(sorted(lines)))
    with store.client() as client:
        Push(open_dump(dump), client, BASE, "1").run()
    return store


@pytest.fixture(scope="session", params=list(MAKERS))
def pushed_to(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """Each of the two stores in turn, with the letters in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        with MAKERS[request.param](tmp_path_factory.mktemp(request.param)) as store:
            yield pushed(store, tmp_path_factory.mktemp("dump"))


def behind(site: Site, url: str) -> Site:
    """Return the site with a store behind it in place of the one in memory."""
    name = manifest_name(BASE)
    manifest = read_manifest(BASE, graph_lines(url, None, name))
    assert manifest.standing
    address = Address(url, manifest.graphs, union_parameters(url, None, name, manifest.graphs))
    # pages take what they use of a store from this one
    store: Store = RemoteStore(address, 20)  # type: ignore[assignment]
    return replace(site, store=store, endpoint=address)
