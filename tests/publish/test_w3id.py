"""The rules for w3id.org: written once, compared byte for byte, and followed as Apache follows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgpub import pipeline
from kgpub.project import load_project
from kgpub.publish.contents import read_contents
from kgpub.publish.w3id import w3id_rules
from tests.publish.apache import Answer, ask

BASE, SERVICE = "https://example.org/letters/", "https://service.example/"
GOLDEN = Path(__file__).parents[1] / "data" / "w3id.htaccess"
TOMBSTONES = """\
tombstones:
- {id: archive/TA/fond-1.5, state: renamed, successor: place/lowport, since: 2024-01-02, reason: A store of letters is a town.}
- {id: person/nobody, state: withdrawn, since: 2024-01-02, reason: No one was meant.}
- {id: place/the-point, state: merged, successor: place/point, since: 2024-01-02, reason: The same.}
- {id: place/point, state: renamed, successor: place/skerry-point, since: 2024-01-03, reason: Its full name.}
"""
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    from tests.tiny import make_tiny

    file = make_tiny(tmp_path_factory.mktemp("w3id") / "tiny", **{"corpus/tombstones.yaml": TOMBSTONES})
    built = pipeline.build(load_project(file), "2024-02-29", workers=1)
    return w3id_rules(
        read_contents((built.dist / "letters.nq").read_text(encoding="utf-8")),
        BASE,
        SERVICE,
        "Letters of the\nLamp Service",
    )


def test_the_rules_of_the_tiny_publication_are_these_bytes(rules: str) -> None:
    assert rules == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (BROWSER, ".html"),
        ("application/xhtml+xml", ".html"),
        ("text/turtle", ".ttl"),
        ("text/turtle;q=0.9, */*;q=0.1", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/n-triples", ".nt"),
        # several, none, or one refused: the service weighs
        ("text/turtle, text/html;q=0.5", ""),
        ("text/turtle;q=0, */*", ""),
        ("text/html;q=0.0, */*", ""),
        ("application/rdf+xml", ""),
        ("*/*", ""),
        ("", ""),
    ],
)
def test_an_entity_is_found_in_the_one_format_that_is_named(rules: str, accept: str, ending: str) -> None:
    assert ask(rules, "document/L1", accept) == Answer(303, f"{SERVICE}document/L1{ending}")
    assert ask(rules, "archive/LT/fond-3", accept) == Answer(303, f"{SERVICE}archive/LT/fond-3{ending}")


def test_a_document_about_an_entity_is_found_whatever_is_asked_for(rules: str) -> None:
    for accept in ("", BROWSER, "text/turtle"):
        assert ask(rules, "person/ada-quill.jsonld", accept) == Answer(303, f"{SERVICE}person/ada-quill.jsonld")


@pytest.mark.parametrize("path", ["", "sparql", "catalogue", "download/letters.nq", "documents", ".well-known/void"])
def test_everything_else_is_led_on_with_its_method(rules: str, path: str) -> None:
    assert ask(rules, path, "text/turtle") == Answer(307, f"{SERVICE}{path}")


@pytest.mark.parametrize("accept", ["", BROWSER, "text/turtle"])
def test_an_id_that_was_merged_leads_to_the_end_of_its_chain_with_its_ending(rules: str, accept: str) -> None:
    for path in ("place/the-point", "place/point"):
        assert ask(rules, path, accept) == Answer(301, f"{BASE}place/skerry-point")
    assert ask(rules, "place/point.ttl", accept) == Answer(301, f"{BASE}place/skerry-point.ttl")
    assert ask(rules, "document/L4", accept) == Answer(301, f"{BASE}document/L1")
    assert ask(rules, "place/pointer", "text/turtle") == Answer(303, f"{SERVICE}place/pointer.ttl")


def test_an_id_that_was_withdrawn_is_gone(rules: str) -> None:
    assert ask(rules, "person/nobody", BROWSER) == ask(rules, "person/nobody.ttl") == Answer(410)
    assert ask(rules, "person/nobody-else").status == 303


def test_a_dot_in_an_id_is_no_pattern(rules: str) -> None:
    assert ask(rules, "archive/TA/fond-1.5") == Answer(301, f"{BASE}place/lowport")
    assert ask(rules, "archive/TA/fond-1x5").status == 303


def test_an_id_that_looks_like_a_reference_to_a_pattern_stays_what_it_is() -> None:
    type_, merged = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "https://w3id.org/cwcorr/ontology#MergedIdentifier",
    )
    nquads = (
        f"<{BASE}place/a> <http://purl.org/dc/terms/isReplacedBy> <{BASE}place/%41-$1> <{BASE}graph/x> .\n"
        f"<{BASE}place/a> <{type_}> <{merged}> <{BASE}graph/x> .\n"
    )
    rules = w3id_rules(read_contents(nquads), BASE, SERVICE, "Letters")
    assert ask(rules, "place/a.nt") == Answer(301, f"{BASE}place/%41-$1.nt")


def test_a_publication_without_entities_leads_everything_on() -> None:
    rules = w3id_rules(read_contents(""), BASE, SERVICE, "Letters")
    assert ask(rules, "document/L1", "text/turtle") == Answer(307, f"{SERVICE}document/L1")


def test_the_command_prints_them(tiny: Callable[..., Path], built: Path) -> None:
    from tests.test_cli import run

    result = run(built, "w3id", SERVICE)
    assert result.exit_code == 0
    contents = read_contents((built.parent / "dist" / "letters.nq").read_text(encoding="utf-8"))
    assert result.stdout == w3id_rules(contents, BASE, SERVICE, "Letters of the Lamp Service, 1893")
    assert run(built, "w3id", SERVICE).stdout == result.stdout


@pytest.mark.parametrize("address", ["service.example/", "https://service.example", "https://a b/", "https://x$1/"])
def test_an_address_that_would_break_the_rules_is_refused(built: Path, address: str) -> None:
    from tests.test_cli import run

    result = run(built, "w3id", address)
    assert result.exit_code == 2
    assert f"{address}: is no address of a service" in result.stderr
    assert "kgpub w3id https://letters.example.org/" in result.stderr
