"""Files of citations and indexes on disk: which are there, which do not belong, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgpub.collect.articles import parse_article, scan_articles
from kgpub.collect.corpus import Source

Tiny = Callable[..., Path]
CITATIONS, INDEXES = "corpus/letters/citations/", "corpus/letters/indexes/"
CITING = "id: fog-papers\npages: [{page: 9, lines: 1-20}]\ncitations:\n- {cites: [L1], kind: evidence, lines: 3-4}\n"
INDEX = "id: lamp-gazette\npages: [{page: 8, lines: 90-99}]\nentries:\n- {printed: L.B., lines: 91}\n"
LONG = INDEX.replace("lamp-gazette", "fog-papers").replace("91}", "91, identifiedAs: [a b c d e f g h i j k l m]}")


def scanned(tiny: Tiny, folder: Path, **changes: str):
    tiny(folder, **changes)
    return scan_articles(folder, "letters", folder / "corpus" / "letters")


def parsed(content: str, folder: str = "citations", name: str = "fog-papers"):
    kind = {"citations": "citations", "indexes": "index"}[folder]
    return parse_article(Source(f"{kind}-{name}", "letters", ((folder, f"{folder}/{name}.yaml", content.encode()),)))


def test_a_collection_needs_neither_citations_nor_indexes(tiny: Tiny, tmp_path: Path) -> None:
    assert scanned(tiny, tmp_path) == ([], [])


def test_each_file_is_a_source_that_is_named_by_its_kind_and_publication(tiny: Tiny, tmp_path: Path) -> None:
    changes = {f"{CITATIONS}fog-papers.yaml": CITING, f"{INDEXES}lamp-gazette.yaml": INDEX}
    sources, problems = scanned(tiny, tmp_path, **changes)
    assert problems == []
    assert [one.id for one in sources] == ["citations-fog-papers", "index-lamp-gazette"]
    assert [parse_article(one)[1] for one in sources] == [[], []]


def test_a_stray_file_is_a_problem(tiny: Tiny, tmp_path: Path) -> None:
    _, (problem,) = scanned(tiny, tmp_path, **{f"{CITATIONS}fog-papers.yml": CITING})
    assert str(problem) == (
        f"{CITATIONS}fog-papers.yml:1: 'fog-papers.yml' is not a file of this folder\n"
        "    Files here are named by their publication: weathersby-1995.yaml. Move or rename it."
    )


@pytest.mark.parametrize(
    ("content", "folder", "said"),
    [
        (
            CITING.replace("evidence", "evidense"),
            "citations",
            "citations/fog-papers.yaml:4: citations[0].kind: 'evidense' is not one of the values allowed here\n"
            "    Did you mean 'evidence'?",
        ),
        (
            CITING.replace("cites: [L1]", "cite: [L1]"),
            "citations",
            "citations/fog-papers.yaml:4: citations[0].cite: is not a field that may stand here\n"
            "    Did you mean 'cites'?",
        ),
        (
            CITING.replace("id: fog-papers", "id: fog"),
            "citations",
            "citations/fog-papers.yaml:1: id: 'fog' is not the id in the file's name\n"
            "    The file's name says fog-papers: write id: fog-papers, or rename the file.",
        ),
        (
            LONG,
            "indexes",
            "indexes/fog-papers.yaml:4: entries[0].identifiedAs[0]: 'a b c d e f g h i j k l m' is not written as it "
            "should be\n    Who or what it is, in at most twelve words of our own.",
        ),
    ],
)  # fmt: skip
def test_what_the_schema_forbids_is_told_with_file_line_and_remedy(content: str, folder: str, said: str) -> None:
    _, problems = parsed(content, folder)
    assert said in [str(problem) for problem in problems]
