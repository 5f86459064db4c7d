"""One file for each entity: what belongs to it is in it, nothing is left out, and every file parses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, parse

from kgpub.publish.contents import Contents, Statement, read_contents, triples
from kgpub.publish.entities import KINDS, entities, write_entities
from kgpub.publish.output import Output, open_output, read_earlier
from kgpub.vocabulary import CWC

BASE = "https://example.org/letters/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
}


@pytest.fixture
def statements(contents: Contents) -> dict[str, list[Statement]]:
    return entities(contents, BASE)


@pytest.fixture
def described(statements: dict[str, list[Statement]]) -> dict[str, list[Triple]]:
    return {path: list(triples(said)) for path, said in statements.items()}


def subjects(said: list[Triple]) -> set[str]:
    return {triple.subject.value.removeprefix(BASE) for triple in said}


def test_a_document_has_its_parts_its_edition_and_its_graphs_provenance(described: dict[str, list[Triple]]) -> None:
    """Who reads one file needs no other to see transmissions, copies, readings and where it is printed."""
    assert subjects(described["document/L1"]) >= {
        "document/L1",
        "document/L1#transmission-1",
        "document/L1#held-1",
        "document/L1#reading-2",
        "edition/L1",
        "graph/L1",
    }


def test_what_follows_from_two_documents_is_in_the_file_of_the_one_that_says_it(
    described: dict[str, list[Triple]],
) -> None:
    """The derived reply stands with the answer, not with what was answered."""
    reply = f"{CWC}inReplyTo"
    assert any(triple.predicate.value == reply for triple in described["document/L2"])
    assert not any(triple.predicate.value == reply for triple in described["document/L1"])


def test_an_item_with_two_editions_has_both(described: dict[str, list[Triple]]) -> None:
    """L4 and X1 are one telegram; the replaced id keeps a file that points to the other."""
    assert subjects(described["document/L4"]) >= {"edition/L4", "edition/X1"}
    assert [triple.object.value for triple in described["document/X1"] if "isReplacedBy" in triple.predicate.value] == [
        f"{BASE}document/L4"
    ]


def test_a_person_has_cover_names_and_tenures(described: dict[str, list[Triple]]) -> None:
    """Both are parts of the person."""
    assert "person/ada-quill#sparrow" in subjects(described["person/ada-quill"])
    assert "person/ben-inkwell#tenure-envoy-northport-1949" in subjects(described["person/ben-inkwell"])


def test_every_statement_about_an_entity_is_in_its_file(quads: list[Quad], described: dict[str, list[Triple]]) -> None:
    """The files together hold all that the graph says of anything below the base that is an entity or its part."""
    wanted = {
        quad.triple
        for quad in quads
        if quad.subject.value.startswith(BASE) and quad.subject.value.removeprefix(BASE).partition("/")[0] in KINDS
    }
    assert {triple for said in described.values() for triple in said} >= wanted
    assert {path.partition("/")[0] for path in described} <= set(KINDS)


def test_a_graph_that_describes_no_document_makes_no_file() -> None:
    """`graph/authority` has provenance too, and there is no document of that name."""
    text = f'<{BASE}graph/authority> <{CWC}lines> "1" <{BASE}graph/authority> .\n'
    assert entities(read_contents(text), BASE) == {}


def test_an_id_that_begins_like_another_has_its_own_file(described: dict[str, list[Triple]]) -> None:
    """The enclosure L3a is not a part of L3."""
    assert not subjects(described["document/L3"]) & subjects(described["document/L3a"])


def test_every_file_parses_and_says_what_was_asked(
    output: Output,
    statements: dict[str, list[Statement]],
    described: dict[str, list[Triple]],
    prefixes: dict[str, str],
) -> None:
    """Two parsers read each file back, in each format; a triple of two graphs stands in it once."""
    write_entities(output, statements, prefixes)
    output.settle()
    assert set(output.files) == {f"{path}.{ending}" for path in described for ending in FORMATS}
    kinds = Counter(path.partition("/")[0] for path in described)
    rest = {"edition": 7, "person": 5, "archive": 4, "place": 2, "organisation": 1, "office": 1}
    assert kinds == {"document": 6, "attested": 3, **rest}
    for path, said in described.items():
        for ending, (form, name) in FORMATS.items():
            content = (output.folder / f"{path}.{ending}").read_bytes()
            read = [quad.triple for quad in parse(content, format=form)]
            assert set(read) == set(said), path
            assert len(read) == len(said), path
            assert len(rdflib.Graph().parse(data=content, format=name)) == len(said), path


def test_a_file_begins_with_the_entity_and_its_class_and_ends_with_what_it_is_told_with(
    output: Output, statements: dict[str, list[Statement]], prefixes: dict[str, str]
) -> None:
    write_entities(output, {"document/L1": statements["document/L1"]}, prefixes)
    output.settle()
    read = parse((output.folder / "document/L1.nt").read_bytes(), format=RdfFormat.N_TRIPLES)
    order = list(dict.fromkeys(quad.subject.value.removeprefix(BASE).partition("#")[0] for quad in read))
    assert order == ["document/L1", "edition/L1", "graph/L1"]
    for ending in ("ttl", "nt"):
        lines = (output.folder / f"document/L1.{ending}").read_text("utf-8").splitlines()
        first = next(line for line in lines if not line.startswith("@prefix"))
        assert first in ("doc:L1 a cwc:Document ;", f"<{BASE}document/L1> <{RDF}type> <{CWC}Document> .")


def test_an_entity_that_says_the_same_keeps_its_file_and_a_changed_one_gets_another(
    tmp_path: Path, statements: dict[str, list[Statement]], prefixes: dict[str, str]
) -> None:
    """The file of an earlier build is linked, not written again; what has changed is made anew."""
    record = tmp_path / "record.json"
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, said in zip(folders, (statements, {**statements, "place/northport": []}), strict=True):
        folder.mkdir()
        with open_output(folder, read_earlier(folders[0], record)) as output:
            write_entities(output, said, prefixes)
            record.write_text(output.record(), encoding="utf-8")
    for ending in FORMATS:
        inodes = [{path: (folder / f"{path}.{ending}").stat().st_ino for path in statements} for folder in folders]
        assert [path for path in statements if inodes[0][path] != inodes[1][path]] == ["place/northport"]
