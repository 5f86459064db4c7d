"""Comunica, the query engine of others, asks the running service: its endpoint, the data of one thing, a whole dump."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.project import load_project
from tests.parts import need
from tests.serve.published import published
from tests.tiny import PROJECT

COMUNICA = PROJECT / "web" / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
PREFIXES = """PREFIX cwc: <https://w3id.org/cwcorr/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>"""
PERSONS = f"""{PREFIXES}
SELECT DISTINCT ?person ?name {{ ?person a cwc:Person ; skos:prefLabel ?name FILTER(LANG(?name) = "en") }} ORDER BY ?name"""
NEWEST = 22
"""The version of Node that Comunica needs; the bundle of the pages is built by older ones too."""


def node() -> Path:
    """Return a Node that runs Comunica: the one on the PATH, or that of the wheel."""
    for one in (shutil.which("node"), Path(sys.executable).parent / "node"):
        if one and Path(one).exists():
            said = subprocess.run([one, "--version"], capture_output=True, text=True, check=True).stdout
            if int(said.removeprefix("v").partition(".")[0]) >= NEWEST:
                return Path(one)
    return need(Path("node"), f"Node {NEWEST} or later, or pip install --require-hashes -r requirements-node.lock")


@pytest.fixture(scope="module")
def root(built: Path) -> Iterator[str]:
    with published(built, {}) as served:
        yield served.root


@pytest.fixture(scope="module")
def expected(built: Path) -> list[tuple[str, str]]:
    """What the dump itself answers."""
    project = load_project(built)
    store = Store()
    store.load(path=str(project.outputs.dist / f"{project.outputs.name}.nq"), format=RdfFormat.N_QUADS)
    rows = [(row[0].value, row[1].value) for row in store.query(PERSONS, use_default_graph_as_union=True)]  # type: ignore[union-attr]
    assert len(rows) > 2
    return rows


def comunica(source: str, query: str, *options: str) -> list[dict[str, str]]:
    """Return the rows that Comunica finds, as plain values."""
    script = need(COMUNICA, "web/build.sh .venv/bin/python dev")
    command: list[str | Path] = [node(), script, source, "-q", query, "-t", "application/sparql-results+json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_comunica_asks_the_endpoint(root: str, expected: list[tuple[str, str]]) -> None:
    rows = comunica(f"sparql@{root}/sparql", PERSONS)
    assert [(row["person"], row["name"]) for row in rows] == expected


def test_comunica_finds_out_by_itself_that_it_is_an_endpoint(root: str, expected: list[tuple[str, str]]) -> None:
    """From the service description, without being told by a prefix."""
    rows = comunica(f"{root}/sparql", PERSONS)
    assert [(row["person"], row["name"]) for row in rows] == expected


def test_comunica_reads_the_data_of_one_thing(root: str, expected: list[tuple[str, str]]) -> None:
    person, name = expected[0]
    path = person.rpartition("/")[2]
    rows = comunica(f"{root}/person/{path}.ttl", PERSONS)
    assert [(row["person"], row["name"]) for row in rows] == [(person, name)]
    assert comunica(f"{root}/person/{path}", PERSONS) == rows


def test_comunica_reads_a_dump(root: str, built: Path, expected: list[tuple[str, str]]) -> None:
    name = load_project(built).outputs.name
    rows = comunica(f"{root}/download/{name}.ttl", PERSONS)
    assert [(row["person"], row["name"]) for row in rows] == expected
    rows = comunica(f"{root}/download/{name}.nq", PERSONS, "--unionDefaultGraph")
    assert [(row["person"], row["name"]) for row in rows] == expected
