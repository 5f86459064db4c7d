"""The ledger of links: what is decided last stands, and what cannot be true is told with its line."""

from __future__ import annotations

import pytest

from kgpub.convert.authority import convert_authority
from kgpub.convert.ledger import replay
from kgpub.model import Conversion
from tests.convert.samples import authority, layer, sample_context

SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
ACCEPT = "decision: accept, agreed: [name], evidence: seen, by: me, on: 2024-01-02"
REJECT = "decision: reject, reason: a namesake, by: me, on: 2024-01-03"
DEFER = "decision: defer, reason: one weak source, by: me, on: 2024-01-03"


def converted(*links: str) -> Conversion:
    text = "links:\n" + "".join(f"- {{{one}}}\n" for one in links)
    return convert_authority({**authority(), "links": layer("authority/links.yaml", text)}, sample_context())


def said_of(item: str, conversion: Conversion) -> set[str]:
    lines = [line for line in conversion.nquads.splitlines() if f"wikidata.org/entity/{item}>" in line]
    return {line.split(" ")[1].strip("<>") for line in lines} - {"https://w3id.org/cwcorr/ontology#linkTarget"}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (ACCEPT, {f"{SKOS}exactMatch"}),
        (f"{ACCEPT}, match: close", {f"{SKOS}closeMatch"}),
        (REJECT, {f"{OWL}differentFrom"}),
        (DEFER, set()),
    ],
)
def test_a_decision_is_published_as_what_it_says(how: str, said: set[str]) -> None:
    conversion = converted(f"entity: clara-vane, item: Q5, {how}")
    assert conversion.problems == ()
    assert said_of("Q5", conversion) == said
    assert ("LinkEvidence" in conversion.nquads) == bool(said)


def test_a_rejected_pair_says_why_and_an_accepted_one_on_what() -> None:
    nquads = converted(
        f"entity: clara-vane, item: Q5, {REJECT}", f"entity: clara-vane, item: Q6, score: 0.75, {ACCEPT}"
    ).nquads
    assert 'cwcorr/ontology#reason> "a namesake"@en' in nquads
    assert 'cwcorr/ontology#agreedOn> "name"' in nquads
    assert nquads.count('cwcorr/ontology#decidedBy> "me"') == 2


def test_the_last_decision_on_a_pair_stands() -> None:
    conversion = converted(f"entity: clara-vane, item: Q5, {ACCEPT}", f"entity: clara-vane, item: Q5, {REJECT}")
    assert said_of("Q5", conversion) == {f"{OWL}differentFrom"}
    assert conversion.nquads.count("#linkTarget") == 1


def test_an_archive_is_linked_under_its_own_iri() -> None:
    nquads = converted(f"entity: LBA, item: Q7, {ACCEPT}").nquads
    assert f"<https://example.org/letters/archive/LBA> <{SKOS}exactMatch>" in nquads


def test_no_ledger_is_no_link() -> None:
    assert replay(None, sample_context()) == ((), [])


@pytest.mark.parametrize(
    ("links", "line", "field", "value", "message", "advice"),
    [
        (
            ["entity: clara-vain, item: Q5"],
            2, "links[0].entity", "clara-vain", "stands in no authority file", "Did you mean 'clara-vane'?",
        ),
        (
            ["entity: zzz, item: Q5"],
            2, "links[0].entity", "zzz", "stands in no authority file", "Name the id of an entry of the authority files.",
        ),
        (
            ["entity: clara-vane, item: Q5", "entity: clara-vane, item: Q6"],
            3, "links[1].entity", "clara-vane", "is matched exactly with Q5 too (line 2)",
            "Reject one of the two items, or accept it as a close match.",
        ),
        (
            ["entity: clara-vane, item: Q5", "entity: dora-finch, item: Q5"],
            3, "links[1].item", "Q5", "is matched exactly with clara-vane too (line 2)",
            "Reject it for one of the two entries, or merge them if they are one.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_told(
    links: list[str], line: int, field: str, value: str, message: str, advice: str
) -> None:
    conversion = converted(*(f"{one}, {ACCEPT}" for one in links))
    (problem,) = conversion.problems
    assert (problem.file, problem.line, problem.field) == ("authority/links.yaml", line, field)
    assert (problem.value, problem.message, problem.advice) == (value, message, advice)
    assert conversion.nquads == ""
