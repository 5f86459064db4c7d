"""The canned queries as RDF: valid in the vocabulary of sparql-examples, and each runs as it stands."""

from __future__ import annotations

from dataclasses import replace

import pyshacl
import pytest
import rdflib
from pyoxigraph import Store
from rdflib.namespace import RDF, RDFS

from kgpub.project import Project
from kgpub.publish.catalogue import write_catalogue
from kgpub.publish.contents import Contents
from kgpub.publish.examples import NAME, runnable, write_examples
from kgpub.publish.output import Output
from kgpub.queries import ask, load_queries, run
from tests.publish.test_catalogue import BASE, PUBLICATION
from tests.tiny import PROJECT

QUERIES = load_queries(PROJECT / "queries" / "site")
HERE = [query for query in QUERIES if not query.endpoint]
SH, SCHEMA = rdflib.Namespace("http://www.w3.org/ns/shacl#"), rdflib.Namespace("https://schema.org/")

# What the project sparql-examples asks of an example, in shapes of our own.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:example> a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct ) ] ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:comment ; sh:minCount 1 ; sh:datatype rdf:langString ] , [ sh:path schema:keyword ; sh:maxCount 0 ] ,
    [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path sh:prefixes ; sh:minCount 1 ; sh:node <urn:set> ] .
<urn:set> a sh:NodeShape ; sh:property [ sh:path sh:declare ; sh:minCount 1 ; sh:node <urn:prefix> ] .
<urn:prefix> a sh:NodeShape ; sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] .
"""


@pytest.fixture
def examples(output: Output, prefixes: dict[str, str]) -> rdflib.Graph:
    write_examples(output, PUBLICATION, QUERIES, prefixes)
    output.settle()
    return rdflib.Graph().parse(output.folder / NAME)


def test_every_query_that_is_answered_here_is_an_example(examples: rdflib.Graph) -> None:
    """With its title, its question and its group; no blank node among them."""
    assert len(HERE) > 20
    for query in HERE:
        node = rdflib.URIRef(f"{BASE}{NAME}#{query.name}")
        assert examples.value(node, RDFS.label) == rdflib.Literal(query.title, lang="en")
        assert examples.value(node, RDFS.comment) == rdflib.Literal(query.question or query.title, lang="en")
        assert [str(one) for one in examples.objects(node, SCHEMA.keywords)] == ([query.group] if query.group else [])
        assert examples.value(node, SCHEMA.target) == rdflib.URIRef(f"{BASE}sparql")
    assert len(set(examples.subjects(RDF.type, SH.SPARQLExecutable))) == len(HERE)
    assert not any(isinstance(term, rdflib.BNode) for triple in examples for term in triple)


def test_the_examples_hold_to_the_vocabulary(examples: rdflib.Graph) -> None:
    """And a wrong one would not."""
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    conforms, _, text = pyshacl.validate(examples, shacl_graph=shapes)
    assert conforms, text
    examples.remove((None, SCHEMA.target, None))
    assert not pyshacl.validate(examples, shacl_graph=shapes)[0]


def test_every_example_is_sparql(examples: rdflib.Graph) -> None:
    """As it stands, with no prefix but its own."""
    texts = list(examples.objects(None, SH.select))
    assert len(texts) == len(HERE)
    for text in texts:
        assert "#+" not in str(text)
        Store().query(str(text))


def test_the_defaults_stand_in_the_text() -> None:
    """As terms, below the publication's own base."""
    (query,) = (query for query in QUERIES if query.name == "letters-between")
    values = f"VALUES (?one ?other) {{ (<{BASE}person/joseph-stalin> <{BASE}person/terenty-shtykov>) }}"
    assert values in runnable(query, BASE)
    assert runnable(replace(query, parameters=()), BASE).count("VALUES") == 0


def test_the_catalogue_names_the_examples(output: Output, contents: Contents, prefixes: dict[str, str]) -> None:
    """Beside the endpoint; and not where there are none."""
    for name in (NAME, ""):
        write_catalogue(output, PUBLICATION, (), contents, prefixes, name)
        output.settle()
        graph = rdflib.Graph().parse(output.folder / "catalogue.ttl")
        found = list(graph.objects(rdflib.URIRef(f"{BASE}sparql-service"), rdflib.DCTERMS.relation))
        assert found == ([rdflib.URIRef(f"{BASE}download/{NAME}")] if name else [])


def test_without_queries_there_is_no_file(output: Output, prefixes: dict[str, str]) -> None:
    """And none of those for another endpoint alone."""
    write_examples(output, PUBLICATION, [query for query in QUERIES if query.endpoint], prefixes)
    output.settle()
    assert not (output.folder / NAME).exists()


@pytest.mark.slow
def test_an_example_gives_what_the_canned_query_gives(publication: Project, real_store: Store) -> None:
    """On the real graph: the VALUES bind what the engine binds otherwise."""
    store = real_store
    for query in HERE:
        once = run(store, query, base=publication.base)
        again = ask(store, runnable(query, publication.base), base=publication.base)
        assert len(again.rows) == len(once.rows), query.name
        places = [[one.name for one in again.columns].index(column.name) for column in once.columns]
        assert sorted(str([row[place] for place in places]) for row in again.rows) == sorted(
            str(list(row)) for row in once.rows
        ), query.name
