"""The page of a body (ministry, army, committee): what it is part of, its parts, its offices and who held them, its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgpub.publish.pages.about import about, counted, described, held, listed_in
from kgpub.publish.pages.asking import questions
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.chart import Chart, chart
from kgpub.publish.pages.entity import entity_page
from kgpub.publish.pages.listing import Year, by_year
from kgpub.publish.pages.names import Names, names
from kgpub.publish.pages.otherwise import Otherwise, otherwise
from kgpub.publish.pages.outside import Outside, outside
from kgpub.publish.pages.page import Link, Page
from kgpub.publish.pages.partners import Partner, Relay, partners, relayed_by, relayed_for
from kgpub.publish.pages.persons import asking, numbers, own_years, roles, strips
from kgpub.publish.pages.tenures import Tenure, of_office

__all__ = ["Body", "Post", "pages", "wider"]


@dataclass(frozen=True, slots=True)
class Post:
    """An office of a body, and who held it."""

    office: Link
    holders: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """All that the page of a body shows."""

    gloss: str
    wider: tuple[Link, ...]
    """What it is part of, the widest first."""
    parts: tuple[Link, ...]
    names: Names
    counts: tuple[tuple[str, str, int], ...]
    posts: tuple[Post, ...]
    chart: Chart | None
    partners: tuple[Partner, ...]
    relayed_for: tuple[Relay, ...]
    relayed_by: tuple[Relay, ...]
    years: tuple[Year, ...]
    copied: tuple[Year, ...]
    mentioned: tuple[Year, ...]
    otherwise: Otherwise
    questions: tuple[Link, ...]
    outside: tuple[Outside, ...]


def wider(book: Book, iri: str) -> tuple[str, ...]:
    """Return what a thing is part of, by its first whole at each step, the widest first."""
    found: list[str] = []
    while (one := book.facts.node(found[-1] if found else iri, "dcterms:isPartOf")) and one not in (iri, *found):
        found.append(one)
    return tuple(reversed(found))


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of each body."""
    for iri in book.facts.things("cwc:Organisation"):
        if book.path(iri):
            yield _page(book, iri)


def _page(book: Book, iri: str) -> Page:
    facts, found = book.facts, roles(book, iri)
    posts = _posts(book, iri)
    tenures = [(one, post) for post in posts for one in post.holders]
    own = Body(
        gloss=facts.text(iri, "dcterms:description"),
        wider=book.links(wider(book, iri)),
        parts=_named(book, facts.pointing(iri, "dcterms:isPartOf")),
        names=names(book, iri),
        counts=numbers(found),
        posts=posts,
        chart=chart(
            book, "years", "Holders of its offices, and letters", [_labelled(*one) for one in tenures], strips(found)
        ),
        partners=partners(book, iri),
        relayed_for=relayed_for(book, iri),
        relayed_by=relayed_by(book, iri),
        years=own_years(book, iri, found),
        copied=by_year(book, found.copied),
        mentioned=by_year(book, found.mentioned),
        otherwise=otherwise(book, iri),
        questions=questions(book, iri, asking(found, (), ())),
        outside=outside(book, iri),
    )
    common = about(book, iri, "Organisation", _provenance(book, own))
    schema = described(
        book,
        iri,
        "Organization",
        parentOrganization=[_machine(book, one) for one in facts.nodes(iri, "dcterms:isPartOf")],
        subOrganization=[_machine(book, one) for one in facts.pointing(iri, "dcterms:isPartOf")],
        member=[{"@type": "Role", "roleName": post.office.text, "member": _person(one)} for one, post in tenures],
    )
    return entity_page(book, common, "site/body.html", "people", schema, own)


def _posts(book: Book, iri: str) -> tuple[Post, ...]:
    offices = sorted(book.facts.pointing(iri, "cwc:officeOf"), key=book.facts.label)
    return tuple(Post(book.link(office), of_office(book).get(office, ())) for office in offices)


def _labelled(tenure: Tenure, post: Post) -> tuple[Tenure, Link]:
    """Return a tenure with the label of its bar: the holder, and the office behind."""
    return tenure, replace(tenure.holder_link, text=f"{tenure.holder_link.text}: {post.office.text}")


def _named(book: Book, iris: list[str]) -> tuple[Link, ...]:
    return book.links(sorted(set(iris), key=lambda one: (book.facts.label(one).casefold(), one)))


def _machine(book: Book, iri: str) -> dict[str, str]:
    return {"@type": "Organization", "@id": iri, "name": book.facts.label(iri)}


def _person(tenure: Tenure) -> dict[str, str]:
    return {"@type": "Person", "@id": tenure.holder, "name": tenure.holder_link.text}


def _provenance(book: Book, own: Body) -> tuple[str, ...]:
    offices = f"{counted(len(own.posts), 'office')} of it known here." if own.posts else ""
    tenures = held(one for post in own.posts for one in post.holders)
    return tuple(filter(None, (listed_in(book, "organisations"), offices, tenures)))
