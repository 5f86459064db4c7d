"""RDF terms as text: what is escaped, what is refused, and that a store writes back the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from kgpub.convert import terms
from kgpub.vocabulary import CWC, EDTF

XSD = "http://www.w3.org/2001/XMLSchema#"
# Lone surrogates are no characters: no UTF-8 file can hold one.
TEXT = st.text(st.characters(exclude_categories=("Cs",)))


def parsed(term: str):
    (quad,) = parse(f"<http://a> <http://p> {term} <http://g> .\n".encode(), format=RdfFormat.N_QUADS)
    return quad.object


def written(term: object) -> str:
    quad = Quad(NamedNode("http://a"), NamedNode("http://p"), term, NamedNode("http://g"))
    content = serialize([quad], format=RdfFormat.N_QUADS)
    assert content is not None
    return content.decode().removeprefix("<http://a> <http://p> ").removesuffix(" <http://g> .\n")


@given(TEXT)
def test_any_text_survives_as_a_literal_and_is_written_back_the_same(text: str) -> None:
    term = terms.literal(text)
    assert parsed(term).value == text
    assert written(parsed(term)) == term
    assert "\n" not in term


@given(TEXT, st.sampled_from(["en", "ru", "zh-Hans", "zh-Latn-pinyin", "ko-Latn-mr"]))
def test_a_tagged_text_keeps_its_text_and_its_tag_folded(text: str, lang: str) -> None:
    term = terms.literal(text, lang=lang)
    assert (parsed(term).value, parsed(term).language) == (text, lang.lower())
    assert written(parsed(term)) == term


@given(st.integers(-(10**15), 10**15))
def test_an_integer_is_canonical(value: int) -> None:
    assert terms.integer(value) == f'"{value}"^^<{XSD}integer>'


@pytest.mark.parametrize(
    ("value", "text"),
    [(54.5, "54.5"), (-3.25, "-3.25"), (127.0, "127"), (0.0, "0"), (-0.0, "0"), (1e-9, "0"), (-1e-9, "0"), (100.0, "100"),
     (1 / 3, "0.333333"), (41, "41")],
)  # fmt: skip
def test_a_decimal_has_no_trailing_zeros_and_no_exponent(value: float, text: str) -> None:
    assert terms.decimal(value) == f'"{text}"^^<{XSD}decimal>'


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("1893-02-03", f"{XSD}date"), ("1893-02", EDTF), ("1893", EDTF), ("1893-02-03?", EDTF), ("1893-02-XX", EDTF),
     ("1893-02-03/1893-02-05", EDTF)],
)  # fmt: skip
def test_only_a_whole_certain_day_is_an_xsd_date(value: str, datatype: str) -> None:
    assert terms.date(value) == f'"{value}"^^<{datatype}>'


def test_a_day_with_a_line_break_is_no_xsd_date() -> None:
    assert terms.date("1893-02-03\n").endswith(f"^^<{EDTF}>")


@pytest.mark.parametrize(
    ("value", "term"),
    [("1893-02-03T06:15", f'"1893-02-03T06:15:00"^^<{XSD}dateTime>'), ("1893-02-03T06", f'"1893-02-03"^^<{XSD}date>'),
     ("1893-02-03", f'"1893-02-03"^^<{XSD}date>')],
)  # fmt: skip
def test_a_moment_invents_no_minutes(value: str, term: str) -> None:
    assert terms.moment(value) == term


@pytest.mark.parametrize(
    "text",
    ["", "letters/L1", "//x", "http://a/b c", "http://a/<b", 'http://a/"', "http://a/{x}", "http://a\\b", "http://a/^",
     "http://a/`", "http://a/|", "http://a/b\n", "1http://a"],
)  # fmt: skip
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        terms.iri(text)


@pytest.mark.parametrize("text", ["http://a/b", "https://example.org/l/#x", "urn:x:1", "http://a/кот"])
def test_an_iri_is_read_back_the_same(text: str) -> None:
    assert parsed(terms.iri(text)).value == text


@pytest.mark.parametrize("lang", ["en_GB", "e n", "-en", "en-", "en\n", "toolonglanguage"])
def test_what_is_no_language_tag_is_refused(lang: str) -> None:
    with pytest.raises(ValueError, match="not a language tag"):
        terms.literal("x", lang=lang)


def test_prefixed_names_are_spelled_out() -> None:
    assert terms.name("dcterms:title") == "<http://purl.org/dc/terms/title>"
    assert terms.cwc("sender") == f"<{CWC}sender>"
    assert terms.A == "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    with pytest.raises(KeyError):
        terms.name("nonsense:x")
