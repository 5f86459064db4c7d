"""The whole graph in five formats: each is read back by two parsers, and all say the same."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kgpub.graph.load import nquads_lines
from kgpub.publish.contents import Contents, read_contents
from kgpub.publish.dumps import MEDIA_TYPES, write_dumps
from kgpub.publish.output import Output
from kgpub.vocabulary import PREFIXES

BASE = "https://example.org/letters/"
FORMATS = tuple(MEDIA_TYPES)
OXIGRAPH = {one: RdfFormat.from_extension(one) for one in FORMATS}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld"}


def write(output: Output, quads: Sequence[Quad], prefixes: dict[str, str], gzip_from: int = 10**9) -> dict[str, bytes]:
    contents = read_contents("".join(nquads_lines(quads)))
    dumps = write_dumps(output, "letters", FORMATS, contents, prefixes, gzip_from)
    output.settle()
    assert {dump.name for dump in dumps} == set(output.files)
    return {dump.format: (output.folder / dump.name).read_bytes() for dump in dumps if not dump.gzipped}


def hard_quads(quads: Sequence[Quad]) -> list[Quad]:
    """Literals that a serializer may get wrong."""
    subject, predicate, graph = (NamedNode(f"{BASE}{name}") for name in ("document/L1", "says", "graph/L1"))
    texts = (
        '"',
        "\\",
        "a\nb\tc\r",
        "</script>",
        "Ада 斯大林 김",
        "é",
        "\U0001f4dc",
        "",
        " ",
        "@en",
        "'''",
        '"""',
        "_:b0",
    )
    literals = [Literal(text) for text in texts]
    literals += [Literal("naïve", language="fr"), Literal("斯大林", language="zh-hans")]
    literals += [Literal("01", datatype=NamedNode(f"{PREFIXES['xsd']}integer"))]
    return sorted({*quads, *(Quad(subject, predicate, literal, graph) for literal in literals)}, key=str)


def with_graphs(content: bytes, format_: str) -> set[tuple[str, str, str, str]]:
    """Read quads with rdflib, each term in N-Triples."""
    dataset = rdflib.Dataset().parse(data=content, format=RDFLIB[format_])
    return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in dataset.quads() if g is not None}


def without_graphs(content: bytes, format_: str) -> set[tuple[str, str, str]]:
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in rdflib.Graph().parse(data=content, format=RDFLIB[format_])}


def test_all_formats_say_the_same_to_pyoxigraph(output: Output, quads: list[Quad], prefixes: dict[str, str]) -> None:
    """Quads come back from three of them, and their union of graphs from two, down to odd literals."""
    hard = hard_quads(quads)
    dumps = write(output, hard, prefixes)
    assert set(dumps) == set(FORMATS)
    for format_ in ("nq", "trig", "jsonld"):
        assert set(parse(dumps[format_], format=OXIGRAPH[format_])) == set(hard), format_
    union = {quad.triple for quad in hard}
    for format_ in ("nt", "ttl"):
        read = [quad.triple for quad in parse(dumps[format_], format=OXIGRAPH[format_])]
        assert set(read) == union, format_
        assert len(read) == len(union), f"{format_} says something twice"


def test_all_formats_say_the_same_to_rdflib(output: Output, quads: list[Quad], prefixes: dict[str, str]) -> None:
    """Another parser, written by others, reads as many statements and the same ones."""
    dumps = write(output, hard_quads(quads)[:-1], prefixes)
    in_quads = {format_: with_graphs(dumps[format_], format_) for format_ in ("nq", "trig", "jsonld")}
    assert len(in_quads["nq"]) >= len(quads)
    assert in_quads["nq"] == in_quads["trig"] == in_quads["jsonld"]
    in_triples = {format_: without_graphs(dumps[format_], format_) for format_ in ("nt", "ttl")}
    assert in_triples["nt"] == in_triples["ttl"] == {quad[:3] for quad in in_quads["nq"]}


def test_a_triple_that_stands_in_two_graphs_is_one_triple(
    output: Output, quads: list[Quad], prefixes: dict[str, str]
) -> None:
    """Both editions of L4 state its date; N-Triples has it once, N-Quads twice."""
    dumps = write(output, quads, prefixes)
    date = f'<{BASE}document/L4> <{PREFIXES["dcterms"]}date> "1950-03-01"'.encode()
    assert dumps["nt"].count(date) == 1
    assert dumps["nq"].count(date) == 2


def test_each_graph_is_opened_once_in_trig(output: Output, quads: list[Quad], prefixes: dict[str, str]) -> None:
    """A reader finds all of one document in one block."""
    trig = write(output, quads, prefixes)["trig"].decode()
    graphs = {quad.graph_name for quad in quads}
    assert sum(1 for line in trig.splitlines() if line.endswith("{")) == len(graphs)


def test_large_dumps_have_a_compressed_copy_of_the_same_content(
    output: Output, quads: list[Quad], prefixes: dict[str, str], tmp_path: Path
) -> None:
    """The bound is in bytes, and a dump just as large counts as large."""
    sizes = {dump: len(content) for dump, content in write(output, quads, prefixes).items()}
    bound = sizes["nt"]
    write(output, quads, prefixes, bound)
    packed = {name for name in output.files if name.endswith(".gz")}
    assert packed == {f"letters.{format_}.gz" for format_, size in sizes.items() if size >= bound}
    assert "letters.nt.gz" in packed
    assert "letters.ttl.gz" not in packed
    for name in packed:
        plain = (output.folder / name.removesuffix(".gz")).read_bytes()
        assert gzip.decompress((output.folder / name).read_bytes()) == plain


@pytest.mark.parametrize("format_", FORMATS)
def test_the_media_types_are_those_that_the_formats_registered(format_: str) -> None:
    """pyoxigraph carries the registered names; a download must be labelled with the same."""
    assert OXIGRAPH[format_] == RdfFormat.from_media_type(MEDIA_TYPES[format_])
    assert OXIGRAPH[format_].media_type == MEDIA_TYPES[format_]


def test_only_the_formats_asked_for_are_written(output: Output, contents: Contents, prefixes: dict[str, str]) -> None:
    """kgpub.toml may ask for fewer."""
    write_dumps(output, "letters", ("nq",), contents, prefixes, 10**9)
    output.settle()
    assert set(output.files) == {"letters.nq"}
