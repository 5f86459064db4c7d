"""The invented graph of tests/data/tiny.trig, in the order in which a build has it, and a folder to write into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kgpub.graph.load import nquads_lines
from kgpub.publish.contents import Contents, read_contents
from kgpub.publish.output import Output, open_output
from kgpub.publish.turtle import prefixes_of

BASE = "https://example.org/letters/"


@pytest.fixture(scope="session")
def nquads() -> str:
    graph = Path(__file__).parents[1] / "data" / "tiny.trig"
    return "".join(nquads_lines(parse(graph.read_bytes(), format=RdfFormat.TRIG)))


@pytest.fixture
def quads(nquads: str) -> list[Quad]:
    return list(parse(nquads.encode(), format=RdfFormat.N_QUADS))


@pytest.fixture
def contents(nquads: str) -> Contents:
    return read_contents(nquads)


@pytest.fixture
def prefixes() -> dict[str, str]:
    return prefixes_of(BASE)


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Output]:
    folder = tmp_path / "output"
    folder.mkdir()
    with open_output(folder) as made:
        yield made
