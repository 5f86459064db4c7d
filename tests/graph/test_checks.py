"""Checks over the whole store: what a row of a query becomes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kgpub.errors import BadQuery
from kgpub.graph.checks import run_checks
from kgpub.graph.load import load_store

EX = "https://example.org/"
STORE = load_store(
    f'<{EX}letters/a> <{EX}p> "one\\ntwo"@en <{EX}g1> .\n<{EX}letters/b> <{EX}p> <{EX}letters/a> <{EX}g2> .\n'
)


@dataclass(frozen=True)
class Made:
    text: str
    severity: str = "Violation"
    message: str = "{focus} says {value} of {gone}"
    file: str = "queries/check/x.rq"


ALL = "SELECT ?focus ?property ?value WHERE { ?focus ?property ?value }"


def test_a_row_is_a_finding_with_terms_and_a_message_filled_in() -> None:
    first, second = run_checks(STORE, [Made(ALL)])
    assert (first.severity, first.focus, first.path) == ("violation", f"<{EX}letters/a>", f"<{EX}p>")
    assert (first.value, first.source) == ('"one\\ntwo"@en', "queries/check/x.rq")
    assert first.message == "letters/a says one\ntwo of {gone}"
    assert second.message == "letters/b says letters/a of {gone}"


def test_a_check_sees_all_graphs_at_once() -> None:
    text = f"SELECT ?focus WHERE {{ ?focus <{EX}p> ?other . ?other <{EX}p> ?x }}"
    (found,) = run_checks(STORE, [Made(text)])
    assert (found.focus, found.path, found.value) == (f"<{EX}letters/b>", "", "")


@pytest.mark.parametrize(("severity", "told"), [("Violation", "violation"), ("warning", "warning"), ("INFO", "info")])
def test_a_check_says_how_grave_it_is(severity: str, told: str) -> None:
    assert {one.severity for one in run_checks(STORE, [Made(ALL, severity)])} == {told}


def test_findings_are_sorted_and_said_once_whatever_order_the_checks_run_in() -> None:
    checks = [Made(ALL), Made(ALL, "Warning", file="b.rq"), Made(ALL)]
    assert run_checks(STORE, checks) == run_checks(STORE, checks[::-1]) == tuple(sorted(run_checks(STORE, checks)))
    assert len(run_checks(STORE, checks)) == 4


def test_no_rows_are_no_findings() -> None:
    assert run_checks(STORE, [Made("SELECT ?focus WHERE { ?focus <https://example.org/none> ?x }")]) == ()


def test_an_unbound_variable_stays_empty() -> None:
    text = f"SELECT ?focus ?value WHERE {{ ?focus <{EX}p> ?x OPTIONAL {{ ?focus <{EX}none> ?value }} }}"
    assert {one.value for one in run_checks(STORE, [Made(text)])} == {""}


def test_an_unknown_severity_is_refused_by_file() -> None:
    with pytest.raises(BadQuery, match=r"queries/check/x\.rq: severity 'Grave'") as caught:
        run_checks(STORE, [Made(ALL, "Grave")])
    assert caught.value.advice == "Write Violation, Warning or Info."


@pytest.mark.parametrize("text", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_check_that_selects_nothing_is_refused_by_file(text: str) -> None:
    with pytest.raises(BadQuery, match=r"queries/check/x\.rq: is not a SELECT query"):
        run_checks(STORE, [Made(text)])
