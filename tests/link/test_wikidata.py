"""The same questions to an endpoint and to a slice bring the same answers."""

from __future__ import annotations

from pathlib import Path

from kgpub.link.endpoint import Endpoint
from kgpub.link.names import Name
from kgpub.link.polite import Manners, Polite
from kgpub.link.slice import read_slice
from kgpub.link.wikidata import NAMES_AT_ONCE, WikidataSource, facts_queries, to_ntriples
from tests.link.world import WORLD, item, redirect, store_of

WANTED = {
    "ada": (Name("Ada Quill", "en"), Name("Квилл, Ада", "ru")),
    "bruno": (Name("Bruno Sand", "en"),),
    "nobody": (Name("Nobody", "en"),),
}


def silent(what: str, done: int, total: int) -> None:
    """Nobody looks."""


def test_an_endpoint_and_a_slice_of_it_agree_in_everything(world: str, tmp_path: Path) -> None:
    file = tmp_path / "slice.nt"
    file.write_text(WORLD, encoding="utf-8")
    far = WikidataSource(Endpoint(world, Polite(Manners(rate=50))))
    near = WikidataSource(read_slice(file, "slice.nt"))
    found = far.search(WANTED, silent)
    assert found == near.search(WANTED, silent)
    assert found["ada"] == ("Q900001", "Q900002", "Q900003", "Q900004", "Q999999998")
    assert found["nobody"] == ()
    items = ["Q900001", "Q930001", "Q940002", "Q999999999", "Q404"]
    assert far.fetch(items, silent) == near.fetch(items, silent)
    assert to_ntriples(far.triples()) == to_ntriples(near.triples())


def test_names_are_asked_in_batches_and_work_is_told(tmp_path: Path) -> None:
    file = tmp_path / "slice.nt"
    file.write_text("".join(item(f"Q{number}", {"en": f"Name {number}"}) for number in range(1, 200)), encoding="utf-8")
    source = WikidataSource(read_slice(file, "slice.nt"))
    told: list[tuple[str, int, int]] = []
    wanted = {f"e{number}": (Name(f"Name {number}", "en"),) for number in range(1, 200)}
    found = source.search(wanted, lambda *one: told.append(one))
    assert all(found[f"e{number}"] == (f"Q{number}",) for number in range(1, 200))
    assert told == [("names", NAMES_AT_ONCE, 199), ("names", 199, 199)]


def test_a_name_with_quotes_and_backslashes_is_one_literal(tmp_path: Path) -> None:
    odd = 'Ada "the \\ Gull" Quill\n'
    file = tmp_path / "slice.nt"
    file.write_text(item("Q1", {"en": odd}), encoding="utf-8")
    source = WikidataSource(read_slice(file, "slice.nt"))
    assert source.search({"ada": (Name(odd, "en"),)}, silent) == {"ada": ("Q1",)}


def test_nothing_is_fetched_twice(tmp_path: Path) -> None:
    file = tmp_path / "slice.nt"
    file.write_text(WORLD, encoding="utf-8")
    source = WikidataSource(read_slice(file, "slice.nt"))
    source.fetch(["Q900001"], silent)
    told: list[tuple[str, int, int]] = []
    source.fetch(["Q900001"], lambda *one: told.append(one))
    assert told == []


def test_no_prose_is_asked_for_and_what_is_not_known_is_not_written() -> None:
    assert all("schema:description" not in query and "description" not in query for query in facts_queries(["Q1"]))
    store = store_of(redirect("Q1", "Q2") + "<http://example.org/a> <http://example.org/b> _:unknown .\n")
    assert to_ntriples(quad.triple for quad in store) == redirect("Q1", "Q2")
