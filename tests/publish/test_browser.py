"""What a page needs to run queries in a browser: all of it or nothing, and the same bytes each time."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.parameters import Parameter
from kgpub.publish.browser import write_browser
from kgpub.publish.catalogue import Publication
from kgpub.publish.contents import read_contents
from kgpub.publish.dumps import write_dumps
from kgpub.publish.output import open_output
from kgpub.publish.turtle import prefixes_of
from tests.publish.test_site import BASE, Question

WORDS = Publication(
    BASE, "Letters </script><b>", "Four.", "The Society", "https://licence.example/", "en", "1", "2024-02-29"
)
QUERIES = (
    Question(
        "by-sender",
        "By sender",
        "Who wrote?",
        "#+ title: By sender\nSELECT ?d ?who { ?d ?p ?who }",
        (Parameter(name="who", label="Who", type="iri", entity=("person",), default="person/ada-quill"),),
        "letters",
    ),
    Question("abroad", "Abroad", "", endpoint="https://there.example/sparql"),
)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "sparql.js").write_bytes(b"1;")
    (folder / "oxigraph.wasm.gz").write_bytes(b"\x1f\x8b")
    return folder


def written(folder: Path, built: Path, nquads: str, formats: tuple[str, ...], gzip_from: int) -> dict[str, bytes]:
    folder.mkdir()
    contents = read_contents(nquads)
    with open_output(folder) as output:
        dumps = write_dumps(output, "letters", formats, contents, prefixes_of(BASE), gzip_from)
        assert write_browser(output, WORDS, contents, dumps, QUERIES, built)
        output.settle()
    return {file.name: file.read_bytes() for file in (folder / "assets").iterdir()}


def value(script: bytes, name: str) -> Any:
    head, mark, rest = script.decode("ascii").partition(f".{name}=")
    assert (head, mark, rest[-2:]) == ("(window.kgpub??={parts:{}})", f".{name}=", ";\n")
    return json.loads(rest[:-2])


def loaded(data: bytes, format_: RdfFormat) -> set[str]:
    store = Store()
    store.load(data, format=format_)
    return {str(quad) for quad in store}


@pytest.mark.parametrize(
    ("formats", "gzip_from", "file", "format_"),
    [
        (("ttl", "trig", "nq"), 0, "letters.trig.gz", RdfFormat.TRIG),
        (("nq", "trig"), 10**9, "", RdfFormat.TRIG),
        (("nq",), 0, "letters.nq.gz", RdfFormat.N_QUADS),
        (("ttl",), 0, "", RdfFormat.N_QUADS),
    ],
)
def test_the_data_is_the_whole_graph_whatever_dumps_there_are(
    tmp_path: Path, built: Path, nquads: str, formats: tuple[str, ...], gzip_from: int, file: str, format_: RdfFormat
) -> None:
    files = written(tmp_path / "dist", built, nquads, formats, gzip_from)
    dump = value(files["vocabulary.js"], "vocabulary")["dump"]
    data = gzip.decompress(base64.b64decode(value(files["data.js"], "parts.data")))
    assert (dump["file"], dump["format"], dump["bytes"]) == (file, format_.media_type, len(data))
    assert loaded(data, format_) == loaded(nquads.encode(), RdfFormat.N_QUADS)
    assert dump["quads"] == len(loaded(nquads.encode(), RdfFormat.N_QUADS))


def test_the_words_are_those_of_the_data_and_examples_run_as_they_stand(
    tmp_path: Path, built: Path, nquads: str
) -> None:
    files = written(tmp_path / "dist", built, nquads, ("nq",), 0)
    told = value(files["vocabulary.js"], "vocabulary")
    store = Store()
    store.load(nquads.encode(), format=RdfFormat.N_QUADS)
    assert set(told["properties"]) == {quad.predicate.value for quad in store}
    assert "https://w3id.org/cwcorr/ontology#Document" in told["classes"]
    assert (told["title"], told["base"], told["prefixes"][""]) == (WORDS.title, BASE, BASE)
    (example,) = told["examples"]
    assert example["text"].startswith(
        "SELECT ?d ?who {\n  VALUES (?who) { (<https://example.org/letters/person/ada-quill>) }"
    )
    store.query(example["text"])


def test_a_bundle_is_copied_and_the_same_bytes_come_out_twice(tmp_path: Path, built: Path, nquads: str) -> None:
    files = written(tmp_path / "one", built, nquads, ("nq", "trig"), 0)
    assert files == written(tmp_path / "other", built, nquads, ("nq", "trig"), 0)
    assert (files["sparql.js"], files["oxigraph.wasm.gz"], files["server.js"]) == (b"1;", b"\x1f\x8b", b"")


def test_without_a_bundle_nothing_is_written(tmp_path: Path, nquads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgpub.publish.browser.bundle", lambda: None)
    with open_output(tmp_path) as output:
        assert not write_browser(output, WORDS, read_contents(nquads), (), QUERIES)
        assert output.files == {}
