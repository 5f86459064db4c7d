"""The start page: what is in here in one look, three ways in, and where to begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from kgpub.publish.pages.book import Book, File
from kgpub.publish.pages.browse import anchor_of
from kgpub.publish.pages.dates import month_name
from kgpub.publish.pages.drawing import Picture
from kgpub.publish.pages.facets import LIST, narrowed
from kgpub.publish.pages.letters import Letter, letters
from kgpub.publish.pages.months import by_month, draw
from kgpub.publish.pages.network import correspondence
from kgpub.publish.pages.page import Link, Page

__all__ = ["Beginning", "Figure", "Start", "page"]

_Key = TypeVar("_Key", bound=Hashable)
_FIRST_QUESTIONS: Final = (
    *("threads", "time-on-the-wire", "through-a-relay", "seen-by-a-day", "cover-names-in-use"),
    *("gaps-in-the-record", "printed-errors", "published-twice"),
)
"""Canned queries that the start page names first, where the publication has them."""
_QUESTIONS: Final = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    count: int
    words: Link


@dataclass(frozen=True, slots=True)
class Beginning:
    """A place to begin: where it leads, and what is seen there."""

    link: Link
    what: str


@dataclass(frozen=True, slots=True)
class Start:
    """What the page shows."""

    title: str
    description: str
    figures: tuple[Figure, ...]
    picture: Picture | None
    read: tuple[tuple[Link, str], ...]
    questions: tuple[Link, ...]
    ask: tuple[Link, ...]
    """Where to ask more."""
    files: tuple[File, ...]
    downloads: Link
    beginnings: tuple[Beginning, ...]


def page(book: Book, there: frozenset[str]) -> Page:
    """Return the start page; it leads to those pages only that are `there`."""
    about = book.publication
    own = Start(
        title=about.title,
        description=about.description,
        figures=tuple(_figures(book, there)),
        picture=draw(book) if LIST in there else None,
        read=tuple(_ways(there)),
        questions=tuple(_questions(book, there)),
        ask=_there(there, ("queries.html", "All questions"), ("sparql.html", "Ask in SPARQL")),
        files=tuple(one for one in book.files if not one.name.endswith(".gz")),
        downloads=next(iter(_there(there, ("downloads.html", "Everything to download"))), Link("")),
        beginnings=tuple(_beginnings(book)),
    )
    return Page("index.html", "site/start.html", about.title, own, about.description)


def _there(there: frozenset[str], *known: tuple[str, str]) -> tuple[Link, ...]:
    return tuple(Link(words, path) for path, words in known if path in there)


def _figures(book: Book, there: frozenset[str]) -> Iterator[Figure]:
    facts = book.facts
    known = letters(book)
    inside = sum(1 for one in known if one.enclosed_in)
    lists = {section: f"{section}.html" for section in ("letters", "people", "places", "archives", "downloads")}
    figures = (
        (len(known) - inside, "letters and telegrams", "letters"),
        (inside, "messages inside them", "letters"),
        (len(facts.things("cwc:AttestedDocument")), "known only from being cited", "search"),
        (len(facts.things("cwc:Person")), "persons", "people"),
        (len(facts.things("cwc:Organisation")), "organisations", "people"),
        (len(facts.things("cwc:Place")), "places", "places"),
        (len(facts.things("cwc:ArchivalUnit")), "archival units", "archives"),
        (book.counts.get("Triples", 0), "statements in the graph", "downloads"),
    )
    for count, words, section in figures:
        path = lists.get(section, "search.html")
        path = path if path in there else "search.html"
        if count:
            yield Figure(count, Link(words, path if path in there else ""))


def _ways(there: frozenset[str]) -> Iterator[tuple[Link, str]]:
    for path, name, words in (
        (LIST, "Letters", "by date; narrow them by sender, recipient, place, topic, form, secrecy, archive"),
        ("people.html", "People", "who they were, their offices, their names in every script, their cover names"),
        ("places.html", "Places", "the routes of the letters on a map, and every place that they name"),
        ("timeline.html", "Timeline", "letters day by day, beside the events that they tell of"),
        ("network.html", "Network", "who wrote to whom, and who passed letters on"),
        ("archives.html", "Archives", "fonds, opisi and dela, and which letters lie in each"),
        ("search.html", "Search", "any name in any script, any number, any word of a title"),
    ):
        if path in there:
            yield Link(name, path), words


def _questions(book: Book, there: frozenset[str]) -> Iterator[Link]:
    named = {query.name: query for query in book.queries}
    order = [*(one for one in _FIRST_QUESTIONS if one in named), *(one for one in named if one not in _FIRST_QUESTIONS)]
    for name in order[:_QUESTIONS]:
        query = named[name]
        path = f"queries/{name}.html"
        yield Link(query.question or query.title, path if path in there else f"queries/{name}.rq")


def _beginnings(book: Book) -> Iterator[Beginning]:
    """Yield where to begin, found in the graph itself: a graph without such a thing has no such beginning."""
    for make in (_cover_name, _travelled, _conversation, _answers, _relay, _twice, _month):
        yield from make(book)


def _cover_name(book: Book) -> Iterator[Beginning]:
    used = Counter((name, one.day.year) for one in letters(book) if one.day for name in one.signed_as)
    if best := _most(used):
        (name, year), count = best
        cover, owner = book.facts.label(name), book.facts.node(name, "cwc:pseudonymOf")
        who = book.facts.label(owner) if owner else "its bearer"
        link = Link(f"Every letter that {who} signed as {cover} in {year}", narrowed(book, signed=name, year=str(year)))
        yield Beginning(link, f"{_letters(count)}, as a list to narrow further and to download")


def _travelled(book: Book) -> Iterator[Beginning]:
    def rich(letter: Letter) -> tuple[int, int, int]:
        facts = book.facts
        stations = len(facts.nodes(letter.iri, "cwc:transmission"))
        return stations and len(letter.via) + stations, stations, len(facts.nodes(letter.iri, "cwc:distribution"))

    best = max(letters(book), key=rich, default=None)
    if best and rich(best)[0] > 1 and book.path(best.iri):
        _, stations, copies = rich(best)
        through = f", {len(best.via)} relay{'s' if len(best.via) > 1 else ''}" if best.via else ""
        list_ = f", a list of {copies} who got copies" if copies else ""
        link = Link("How a telegram travelled", f"{book.path(best.iri)}#path")
        yield Beginning(link, f"{best.title}. {stations} stations{through}{list_}")


def _conversation(book: Book) -> Iterator[Beginning]:
    both: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (sender, recipient), some in correspondence(book).items():
        if sender != recipient:
            both[min(sender, recipient), max(sender, recipient)] += len(some)
    if best := _most(both):
        (one, other), count = best
        if len(correspondence(book).get((one, other), ())) < len(correspondence(book).get((other, one), ())):
            one, other = other, one
        names = book.facts.label(one), book.facts.label(other)
        back = len(correspondence(book).get((other, one), ()))
        link = Link(f"What {names[0]} wrote to {names[1]}", narrowed(book, sender=one, recipient=other))
        yield Beginning(link, f"{_letters(count - back)} there and {back} back: the busiest line of all")


def _answers(book: Book) -> Iterator[Beginning]:
    """Yield the longest chain of letters that answer each other, by the letter it begins with."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for letter in letters(book):
        for other in book.facts.nodes(letter.iri, "cwc:inReplyTo"):
            near[letter.iri].add(other)
            near[other].add(letter.iri)
    left, best = set(near), list[str]()
    for start in sorted(near):
        if start in left:
            chain = _reached(start, near)
            left -= chain
            best = max(best, sorted(chain), key=len)
    first = next((one for one in letters(book) if one.iri in set(best) and book.path(one.iri)), None)
    if first and len(best) > 2:
        link = Link("A conversation, message by message", f"{book.path(first.iri)}#thread")
        yield Beginning(
            link, f"{len(best)} messages that answer each other, the missing ones among them, from: {first.title}"
        )


def _reached(start: str, near: defaultdict[str, set[str]]) -> set[str]:
    found, open_ = {start}, [start]
    while open_:
        new = near[open_.pop()] - found
        found |= new
        open_ += sorted(new)
    return found


def _relay(book: Book) -> Iterator[Beginning]:
    if best := _most(Counter(relay for one in letters(book) for relay in one.via)):
        relay, count = best
        link = Link(f"What passed through the hands of {book.facts.label(relay)}", narrowed(book, via=relay))
        yield Beginning(link, f"{_letters(count)} passed on by this relay")


def _twice(book: Book) -> Iterator[Beginning]:
    twice = [one for one in letters(book) if len(one.editions) > 1 and book.path(one.iri)]
    if twice:
        more = f"{len(twice)} letters were printed twice, this one among them" if len(twice) > 1 else "Printed twice"
        link = Link("One letter in two editions", f"{book.path(twice[0].iri)}#print")
        yield Beginning(link, f"{more}: {twice[0].title}")


def _month(book: Book) -> Iterator[Beginning]:
    if best := _most(by_month(book)):
        month, count = best
        link = Link(f"The busiest month: {month_name(int(month[5:]))} {month[:4]}", f"{LIST}#{anchor_of(month)}")
        yield Beginning(link, _letters(count))


def _most(counts: Mapping[_Key, int]) -> tuple[_Key, int] | None:
    """Return what is most frequent, the first of equals, and how often it is there."""
    return min(counts.items(), key=lambda one: (-one[1], str(one[0])), default=None)


def _letters(count: int) -> str:
    return f"{count} letter{'s' if count != 1 else ''}"
