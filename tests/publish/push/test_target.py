"""The addresses of a store, from one of them."""

from __future__ import annotations

import pytest

from kgpub.errors import BadInput
from kgpub.publish.push.target import find_target


@pytest.mark.parametrize(
    ("store", "query", "update"),
    [
        ("http://h:7878/store", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/sparql-graph-crud-auth", "http://h/sparql-auth", "http://h/sparql-auth"),
        ("https://h/ds/data/", "https://h/ds/query", "https://h/ds/update"),
        ("http://h/repositories/x/rdf-graphs/service", "http://h/repositories/x", "http://h/repositories/x/statements"),
    ],
)
def test_the_address_tells_the_others(store: str, query: str, update: str) -> None:
    target = find_target(store)
    assert (target.query, target.update) == (query, update)
    mine = find_target(store, query="http://q/", update="http://u/")
    assert (mine.store, mine.query, mine.update) == (store, "http://q/", "http://u/")


def test_of_a_store_of_another_kind_all_addresses_are_said() -> None:
    with pytest.raises(BadInput, match="--query-endpoint"):
        find_target("http://h/graphs")
    with pytest.raises(BadInput, match="--update-endpoint"):
        find_target("http://h/graphs", query="http://h/q")
    assert find_target("http://h/graphs", query="http://h/q", in_place=True).update == ""
    assert find_target("http://h/graphs", query="http://h/q", update="http://h/u").update == "http://h/u"


def test_a_kind_that_the_address_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="does not end in /data"):
        find_target("http://h/ds", kind="fuseki")


def test_virtuoso_is_never_loaded_in_place() -> None:
    assert find_target("http://h/store", in_place=True).update == ""
    with pytest.raises(BadInput, match="half a graph"):
        find_target("http://h/sparql-graph-crud-auth", in_place=True)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput, match="KGPUB_PUSH_PASSWORD") as caught:
        find_target("http://anna:secret@h/store")
    assert "secret" not in str(caught.value)
    assert "anna" not in str(caught.value)


@pytest.mark.parametrize("url", ["dist/cwcorr.nq", "ftp://h/store", "http:///store"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="no address"):
        find_target(url)
