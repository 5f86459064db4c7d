"""What a built graph knows of each of ours."""

from __future__ import annotations

from kgpub.link.dates import Span
from kgpub.link.entities import Entity, Letter
from kgpub.link.names import Name


def test_a_person_has_names_life_offices_letters_and_archives(entities: dict[str, Entity]) -> None:
    ada = entities["ada-quill"]
    assert (ada.kind, ada.iri) == ("person", "https://example.org/letters/person/ada-quill")
    assert ada.names == (Name("Ada Quill", "en"), Name("Ада Квилл", "ru"))
    assert (ada.born, ada.died) == ("1851-03-04", "1920")
    (held,) = ada.tenures
    assert (held.office, held.start, held.end) == ("keeper-of-skerry-point", "1880-05", "1901-06-30")
    assert held.names[0].text == "Keeper of Skerry Point"
    first = ada.letters[0]
    assert (first.id, first.day, first.roles) == ("L1", "1893-02-03", ("sender of", "signer of"))
    assert first.acted
    assert ada.archives == ("LBA",)
    assert not ada.unidentified


def test_cover_names_and_printed_forms_are_not_names(entities: dict[str, Entity]) -> None:
    texts = {name.text for name in entities["ada-quill"].names}
    assert texts & {"Old Gull", "Старая Чайка", "Quill", "A. Quill"} == set()


def test_what_is_known_by_a_printed_name_only_says_so(entities: dict[str, Entity]) -> None:
    assert entities["clara-vane"].unidentified


def test_places_organisations_and_events_are_read(entities: dict[str, Entity]) -> None:
    lowport, fog = entities["lowport"], entities["great-fog"]
    assert (lowport.latitude, lowport.longitude) == (54.5, -3.25)
    assert (fog.start, fog.end) == ("1893-02-01", "1893-02-20")
    assert entities["cipher-room"].within == ("lamp-board",)
    assert [letter.roles for letter in fog.letters][:1] == [("mentioned in",)]


def test_a_mention_is_no_deed_but_it_is_seen() -> None:
    letters = (Letter("L1", "", "1893-02-03", ("mentioned in",)), Letter("L2", "", "1893-05", ("recipient of",)))
    one = Entity("x", "person", "https://example.org/x", (Name("X", "en"),), letters=letters)
    assert one.active() == Span("1893-05-31", "1893-05-31")
    assert one.seen() == Span("1893-02-03", "1893-05-31")
    mentioned = Entity("x", "person", "https://example.org/x", (), letters=letters[:1])
    assert mentioned.active() is None
    assert mentioned.seen() == Span("1893-02-03", "1893-02-03")
    assert Entity("x", "person", "https://example.org/x", ()).seen() is None
    assert mentioned.name == "x"
