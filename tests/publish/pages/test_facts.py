"""The graph as the pages ask it."""

from __future__ import annotations

from kgpub.publish.pages.facts import Facts, Value
from kgpub.vocabulary import CWC, PREFIXES

A, B = "https://example.org/a", "https://example.org/b"
TYPE, LABEL = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}prefLabel>"
FACTS = Facts(
    [
        (f"<{A}>", TYPE, f"<{CWC}Person>"),
        (f"<{A}>", LABEL, '"Анна"@ru'),
        (f"<{A}>", LABEL, r'"Anna \"A\" <b>\n\u00e9"@en'),
        (f"<{A}>", f"<{CWC}born>", f'"1901-02"^^<{CWC}edtf>'),
        (f"<{B}>", f"<{CWC}sender>", f"<{A}>"),
        (f"<{B}>", f"<{CWC}listy>", '"5"'),
    ]
)


def test_a_thing_is_called_by_its_english_name_with_escapes_undone() -> None:
    assert FACTS.label(A) == 'Anna "A" <b>\né'


def test_a_thing_without_a_name_is_called_by_its_address() -> None:
    assert FACTS.label(B) == B
    assert FACTS.label(f"{CWC}sender") == "cwc:sender"


def test_values_have_their_language_or_datatype() -> None:
    assert FACTS.values(A, "cwc:born") == [Value("1901-02", datatype=f"{CWC}edtf")]
    assert FACTS.values(A, "skos:prefLabel")[0] == Value("Анна", lang="ru")
    assert FACTS.values(B, "cwc:sender") == [Value(A, is_iri=True)]
    assert FACTS.values(B, "cwc:listy")[0].datatype == f"{PREFIXES['xsd']}string"


def test_things_are_found_by_class_and_by_what_points_at_them() -> None:
    assert list(FACTS.things("cwc:Person")) == [A]
    assert FACTS.kinds(A) == ["Person"]
    assert FACTS.pointing(A, "cwc:sender") == [B]
    assert FACTS.pointing(A, "cwc:recipient") == []
    assert A in FACTS
    assert "https://example.org/c" not in FACTS
