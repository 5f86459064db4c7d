"""The written form in which a release and what a store gives back are compared."""

from __future__ import annotations

import pytest

from kgpub.errors import BadInput
from kgpub.publish.push.same import difference, fingerprint, written

XSD = "http://www.w3.org/2001/XMLSchema#"


def one(value: str) -> str:
    (found,) = written(f"<x:s> <x:p> {value} .\n".encode())
    return found


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (f'"1.50"^^<{XSD}decimal>', f'"1.5"^^<{XSD}decimal>'),
        (f'"1.0"^^<{XSD}decimal>', f'"1"^^<{XSD}integer>'),
        (f'"007"^^<{XSD}nonNegativeInteger>', f'"7"^^<{XSD}integer>'),
        (f'"-0.0"^^<{XSD}decimal>', f'"0"^^<{XSD}decimal>'),
        (f'"+100"^^<{XSD}integer>', f'"100"^^<{XSD}integer>'),
        (f'"1.5E0"^^<{XSD}double>', f'"1.5"^^<{XSD}double>'),
        (f'"1"^^<{XSD}boolean>', f'"true"^^<{XSD}boolean>'),
        (f'"1950-01-19T00:45:00.500Z"^^<{XSD}dateTime>', f'"1950-01-19T00:45:00.5Z"^^<{XSD}dateTime>'),
        (f'"1950-01-19T00:45:00.000"^^<{XSD}dateTime>', f'"1950-01-19T00:45:00"^^<{XSD}dateTime>'),
        (f'"1950-01-19T00:45:00+00:00"^^<{XSD}dateTime>', f'"1950-01-19T00:45:00Z"^^<{XSD}dateTime>'),
        ('"a"@zh-Latn-pinyin', '"a"@zh-latn-pinyin'),
        ('"\\u00e9\\U0001F600"', '"é😀"'),
        (f'"a"^^<{XSD}string>', '"a"'),
    ],
)
def test_spellings_of_one_value_are_the_same(given: str, held: str) -> None:
    assert one(given) == one(held)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (f'"0.123456789012345678"^^<{XSD}decimal>', f'"0.123456789012346"^^<{XSD}decimal>'),
        (f'"P1D"^^<{XSD}duration>', f'"86400.0"^^<{XSD}duration>'),
        (f'"1950-01-19T00:45:00"^^<{XSD}dateTime>', f'"1950-01-19T00:45:00Z"^^<{XSD}dateTime>'),
        (f'"1950-01-19T00:45:10"^^<{XSD}dateTime>', f'"1950-01-19T00:45:1"^^<{XSD}dateTime>'),
        (f'"1950-01-19"^^<{XSD}date>', '"1950-01-19"'),
        (f'"100"^^<{XSD}integer>', f'"10"^^<{XSD}integer>'),
        (f'"1"^^<{XSD}integer>', '"1"'),
        (f'"1"^^<{XSD}integer>', f'"1"^^<{XSD}double>'),
        (f'"ten"^^<{XSD}integer>', f'"eleven"^^<{XSD}integer>'),
        ('"a"@zh', '"a"@zh-hant'),
        ('"a "', '"a"'),
        ('"e\\u0301"', '"\\u00e9"'),
        ("<x:a>", '"x:a"'),
        ('"1"^^<x:edtf>', '"1"'),
    ],
)
def test_other_values_are_not(given: str, held: str) -> None:
    assert one(given) != one(held)


def test_a_blank_node_is_refused() -> None:
    for text in ("_:a <x:p> <x:o> .", "<x:s> <x:p> _:a ."):
        with pytest.raises(BadInput, match="blank node"):
            written(text.encode())


def test_the_order_does_not_matter_and_a_statement_more_does() -> None:
    assert fingerprint(["b", "a"]) == fingerprint(["a", "b"])
    assert fingerprint(["a"]).digest != fingerprint(["a", "b"]).digest
    assert fingerprint(["a", "b"]).count == 2


def test_what_differs_is_said_with_its_first_statement() -> None:
    assert difference({"a", "b", "c"}, {"c", "d" * 300}) == (
        f"2 missing, first: a; 1 not of the release, first: {'d' * 240}…"
    )
