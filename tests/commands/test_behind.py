"""What `kgpub serve --endpoint` finds out about a store before it serves anything from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgpub.commands.behind import release_behind
from kgpub.errors import BadInput
from kgpub.project import Project, load_project
from kgpub.publish.push.manifest import manifest_lines, manifest_name
from kgpub.serve.endpoint.probe import StoreUnready
from tests.serve.conftest import BASE
from tests.serve.endpoint.conftest import pushed_to, query_url
from tests.stores import RunningStore

__all__ = ["pushed_to"]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    real = load_project(ROOT / "kgpub.toml", corpus=False)
    return replace(real, base=BASE, version="1", outputs=replace(real.outputs, dist=tmp_path / "dist"))


def test_a_release_that_stands_is_found_with_its_graphs(project: Project, pushed_to: RunningStore) -> None:
    address, release = release_behind(project, query_url(pushed_to), {})
    assert f"{BASE}graph/L1" in address.graphs
    assert manifest_name(BASE) not in address.graphs
    assert len(release) == 64
    assert release_behind(project, query_url(pushed_to), {})[1] == release
    # By nothing, or by one word: naming every graph is for stores that have neither.
    assert len(address.union) <= 1


def test_another_release_is_refused(project: Project, pushed_to: RunningStore) -> None:
    with pytest.raises(BadInput, match="holds release 1, this publication is 2"):
        release_behind(replace(project, version="2"), query_url(pushed_to), {})


def test_another_build_than_the_local_dump_is_refused(project: Project, pushed_to: RunningStore) -> None:
    project.outputs.dist.mkdir()
    dump = project.outputs.dist / f"{project.outputs.name}.nq"
    dump.write_text(f"<{BASE}a> <{BASE}p> <{BASE}b> <{BASE}graph/L1> .\n", "utf-8")
    with pytest.raises(BadInput, match="holds another build"):
        release_behind(project, query_url(pushed_to), {})


def test_a_store_without_a_release_or_with_half_of_one_is_refused(project: Project, pushed_to: RunningStore) -> None:
    other = replace(project, base="https://example.org/elsewhere/")
    with pytest.raises(BadInput, match="holds no release of"):
        release_behind(other, query_url(pushed_to), {})
    with pushed_to.client() as client:
        lines = manifest_lines(other.base, "1", {f"{other.base}graph/x": "0"}, standing=False)
        client.put(manifest_name(other.base), lines)
        try:
            with pytest.raises(BadInput, match="being loaded there"):
                release_behind(other, query_url(pushed_to), {})
        finally:
            client.delete(manifest_name(other.base))


def test_a_store_that_is_not_there_or_elsewhere_is_told(project: Project, pushed_to: RunningStore) -> None:
    with pytest.raises(StoreUnready, match="Is the store running"):
        release_behind(project, "http://127.0.0.1:9/query", {})
    with pytest.raises(StoreUnready, match="is no SPARQL endpoint"):
        release_behind(project, pushed_to.url.partition("127.0.0.1")[0] + pushed_to.url.split("/")[2] + "/nothing", {})
