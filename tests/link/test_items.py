"""What the triples of an item say."""

from __future__ import annotations

from kgpub.link.items import item_of, read_item
from kgpub.link.names import Name
from tests.link.world import HUMAN, WORLD, item, redirect, store_of


def test_an_item_has_its_names_life_and_positions_with_their_days() -> None:
    ada = read_item(store_of(WORLD), "Q900001")
    assert ada.names == (Name("Ada Quill", "en"), Name("Квилл, Ада", "ru"))
    assert ada.types == (HUMAN,)
    assert (ada.born, ada.died) == (("1851-03-04T00:00:00Z",), ("1920-01-01T00:00:00Z",))
    (held,) = ada.positions
    assert (held.item, held.names[0].text, held.start[:4], held.end[:4]) == (
        "Q950001",
        "keeper of Skerry Point",
        "1880",
        "1901",
    )


def test_a_place_has_its_point_and_what_it_lies_in() -> None:
    town = read_item(store_of(WORLD), "Q930001")
    assert town.points == ((54.51, -3.24),)
    assert town.within == ("Q940001",)
    assert [name.text for name in town.within_names] == ["Mereland"]


def test_a_merged_item_says_into_what_and_a_deleted_one_nothing() -> None:
    store = store_of(redirect("Q1", "Q2"))
    assert read_item(store, "Q1").merged_into == "Q2"
    assert read_item(store, "Q1").known
    assert not read_item(store, "Q3").known
    assert read_item(store, "Q3").name == "Q3"


def test_an_unknown_birth_is_no_birth_and_an_odd_point_no_point() -> None:
    unknown = "<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P569> _:unknown .\n"
    odd = unknown + (
        "<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P625> "
        '"<http://www.wikidata.org/entity/Q405> Point(nowhere)" .\n'
    )
    one = read_item(store_of(odd), "Q1")
    assert (one.born, one.points) == ((), ())


def test_the_name_is_the_english_one_where_there_is_one() -> None:
    assert read_item(store_of(item("Q1", {"ru": "Ада", "en": "Ada"})), "Q1").name == "Ada"
    assert read_item(store_of(item("Q1", {"ru": "Ада"})), "Q1").name == "Ада"
    assert item_of("http://www.wikidata.org/entity/Q7") == "Q7"
    assert item_of("http://www.wikidata.org/entity/P31") == ""
