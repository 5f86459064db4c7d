"""The validation report as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.report import Result, by_message

__all__ = ["Finding", "Findings", "report_page"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where something was found: in the corpus and in the graph."""

    place: str
    field: str
    value: str
    focus: Link


@dataclass(frozen=True, slots=True)
class Findings:
    """All places of which the same is said."""

    severity: str
    message: str
    places: tuple[Finding, ...]


def report_page(book: Book, results: Sequence[Result]) -> Page:
    """Return the page of what the checks found."""
    groups = tuple(
        Findings(severity, message, tuple(_finding(book, one) for one in members))
        for (severity, message), members in by_message(results).items()
    )
    return Page(
        "report.html",
        "site/report.html",
        "Validation report",
        description="What the checks of this publication found.",
        section="downloads",
        alternates=(("report.ttl", "text/turtle", "SHACL report in Turtle"),),
        body=(tuple(book.counts.items()), groups),
    )


def _finding(book: Book, result: Result) -> Finding:
    problem = result.problem
    iri = result.focus.strip("<>")
    focus = book.link(iri, book.own(iri)) if iri else Link("")
    if book.facts.is_a(iri, "cwc:IndexEntry"):
        # The page of a publication with many entries lists them where they lead, not one by one.
        focus = replace(focus, href=focus.href.partition("#")[0])
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Finding(place, problem.field, problem.value, focus)
