"""`kgpub serve --data`: any RDF in place of the publication, at its own IRIs."""

from __future__ import annotations

import gzip
import json
import urllib.parse
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgpub.cli import cli
from tests.test_main import get, serving

GRAPH = "http://data.example/one.rdf"
DOCUMENT = "a <http://xmlns.com/foaf/0.1/Document>"


def asked(address: str, query: str) -> bool:
    status, answer = get(f"{address}sparql?query={urllib.parse.quote(query)}")
    assert status == 200, answer
    return bool(json.loads(answer)["boolean"])


def test_files_of_several_formats_are_served_together_outside_of_any_publication(tmp_path: Path) -> None:
    (tmp_path / "one.trig").write_text(f"<{GRAPH}> {{ <{GRAPH}> {DOCUMENT} }}", "utf-8")
    two = '<http://data.example/s> <http://data.example/p> "2" <http://data.example/two> .\n'
    (tmp_path / "two.nq.gz").write_bytes(gzip.compress(two.encode()))
    (tmp_path / "three.ttl").write_text("<http://data.example/s> <http://data.example/p> 3 .", "utf-8")
    given = [part for name in ("one.trig", "two.nq.gz", "three.ttl") for part in ("--data", name)]
    with serving(None, *given, cwd=tmp_path) as (_, address):
        assert asked(address, f"ASK {{ GRAPH <{GRAPH}> {{ <{GRAPH}> {DOCUMENT} }} }}")
        # Triples of no graph are in the default graph, which is that of all together.
        assert asked(address, 'ASK { ?s ?p 3 . ?s ?p "2" FILTER NOT EXISTS { GRAPH ?g { ?s ?p 3 } } }')
        graphs = f"default-graph-uri={urllib.parse.quote(GRAPH)}"
        status, answer = get(f"{address}sparql?query=ASK%20%7B%20%3Fs%20%3Fp%203%20%7D&{graphs}")
        assert (status, json.loads(answer)["boolean"]) == (200, False)
        status, turtle = get(f"{address}graph-store?graph={urllib.parse.quote(GRAPH)}", "text/turtle")
        assert (status, "foaf/0.1/Document" in turtle) == (200, True)
        assert f"sd:endpoint <{address}sparql>" in get(f"{address}sparql")[1]
        assert "one.trig, two.nq.gz, three.ttl" in get(address, "text/html")[1]
        assert get(f"{address}queries", "text/html")[0] == 200


def test_in_a_publication_its_base_and_title_are_kept(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.nt"
    file.write_text('<https://example.org/lamp/person/x> <http://purl.org/dc/terms/title> "Other" .', "utf-8")
    with serving(built, "--data", str(file)) as (_, address):
        assert "Letters of the Lamp Service, 1893" in get(address, "text/html")[1]
        assert not asked(address, "ASK { ?d <https://w3id.org/cwcorr/ontology#sender> ?s }")
        assert asked(address, 'ASK { ?s ?p "Other" }')


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("data.csv", b"a,b", ".csv is the ending of no RDF"),
        ("data", b"a,b", ".data is the ending of no RDF"),
        ("data.ttl", b"<a> <b> .", "cannot be read as Turtle"),
        ("data.nq", b"\xff", "cannot be read as N-Quads"),
        ("data.nq.gz", b"<a:a> <b:b> <c:c> .", "cannot be read as N-Quads"),
    ],
)
def test_what_is_no_rdf_is_refused_with_file_and_reason(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = CliRunner().invoke(cli, ["serve", "--port", "0", "--data", str(file)])
    assert result.exit_code == 2
    assert f"{file}: {says}" in result.output
