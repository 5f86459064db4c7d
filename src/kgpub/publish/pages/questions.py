"""The gallery of questions: each canned query with its form, its answer to the defaults, and its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kgpub.bound import Place, pieces
from kgpub.parameters import Parameter
from kgpub.publish.examples import runnable
from kgpub.publish.output import Output
from kgpub.publish.pages.answers import Table, table
from kgpub.publish.pages.book import Book
from kgpub.publish.pages.charts import Chart, chart
from kgpub.publish.pages.page import Link, Page
from kgpub.queries import Query
from kgpub.results import as_csv, as_json

__all__ = ["Field", "Piece", "Question", "pages", "write_answers"]

ROWS: Final = 200
"""How many rows of an answer stand in the page; the rest is in the files beside it."""
_SCRIPTS: Final = ("engine.js", "vocabulary.js", "server.js", "gallery.js")
_GROUPS: Final = {
    "overview": "The whole in numbers",
    "correspondence": "Who wrote to whom",
    "people": "People, offices and cover names",
    "places": "Places",
    "text": "On a topic, naming someone",
    "archive": "In the archives",
    "edition": "How it was printed",
    "scholarship": "Cited by scholars",
    "links": "Links to other collections",
}
"""Groups in the order of the page, with their headings; one that is not here comes after them under its own name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form."""

    name: str
    label: str
    kind: str
    """Of the control: `select`, or the type of an input."""
    value: str
    help: str
    optional: bool
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the query's text; one with a `name` is a parameter, which stands there as `use` says (bound.Place)."""

    text: str
    name: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the page of a query shows."""

    name: str
    question: str
    group: str
    fields: tuple[Field, ...]
    table: Table | None
    chart: Chart | None
    sparql: tuple[Piece, ...]
    told: str
    """For the page's script: columns, parameters and drawing, as JSON."""
    editor: str
    """The address of the editor with the query in it; empty where there is none."""
    others: tuple[Link, ...]
    has_engine: bool
    endpoint: str = ""
    elsewhere: str = ""
    columns: tuple[tuple[str, str], ...] = ()


def pages(book: Book) -> Iterator[Page]:
    """Yield the gallery and the page of each query."""
    queries = [query for query in book.queries if isinstance(query, Query)]
    if not queries:
        return
    yield Page(
        "queries.html",
        "site/questions.html",
        "Questions",
        description="Questions that stand ready, each with its answer.",
        section="questions",
        body=tuple((heading, tuple(_entry(book, one) for one in members)) for heading, members in _grouped(queries)),
    )
    for query in queries:
        others = [one for one in queries if one.group == query.group and one is not query]
        yield _page(book, query, tuple(Link(one.title, _path(one)) for one in others))


def write_answers(output: Output, book: Book) -> None:
    """Write each answer to the defaults as CSV and as JSON beside its page, whole."""
    for name, result in book.answers.items():
        output.write(f"queries/{name}.csv", as_csv(result).encode())
        output.write(f"queries/{name}.json", as_json(result).encode())


def _page(book: Book, query: Query, others: tuple[Link, ...]) -> Page:
    result = book.answers.get(query.name)
    drawn = chart(book, query.chart, result, query.name) if result else None
    own = Question(
        name=query.name,
        question=query.question,
        group=_GROUPS.get(query.group, query.group.capitalize()),
        fields=tuple(_field(book, query, one) for one in query.parameters),
        table=table(book, result, ROWS) if result else None,
        chart=drawn,
        sparql=_text(query),
        told=_told(book, query, drawn),
        editor="" if query.endpoint else f"sparql.html#query={quote(runnable(query, book.publication.base), safe='')}",
        others=others,
        has_engine=book.has_engine,
        endpoint=query.endpoint,
        elsewhere=book.elsewhere.get(query.name, ""),
        columns=tuple((one.name, one.description or one.label) for one in query.columns) if query.endpoint else (),
    )
    files = (("csv", "text/csv", "CSV"), ("json", "application/sparql-results+json", "JSON")) if result else ()
    return Page(
        _path(query),
        "site/question.html",
        query.title,
        description=query.question,
        section="questions",
        alternates=tuple((f"queries/{query.name}.{ending}", media, words) for ending, media, words in files),
        scripts=_SCRIPTS if book.has_engine and not query.endpoint else (),
        body=own,
    )


def _path(query: Query) -> str:
    return f"queries/{query.name}.html"


def _entry(book: Book, query: Query) -> tuple[Link, str, str]:
    """Return a link, the question, and how many rows the answer has."""
    result = book.answers.get(query.name)
    rows = f"{len(result.rows):,} row{'' if len(result.rows) == 1 else 's'}" if result else ""
    says = f"to ask at {query.endpoint}" if query.endpoint else rows
    return Link(query.title, _path(query)), query.question, says


def _grouped(queries: list[Query]) -> list[tuple[str, list[Query]]]:
    groups: dict[str, list[Query]] = {group: [] for group in _GROUPS}
    for query in sorted(queries, key=lambda one: (one.group, one.title)):
        groups.setdefault(query.group, []).append(query)
    return [(_GROUPS.get(group, group.capitalize()), members) for group, members in groups.items() if members]


def _field(book: Book, query: Query, parameter: Parameter) -> Field:
    choices = tuple(book.choices.get((query.name, parameter.name), ()))
    kind = "select" if choices else {"date": "date", "integer": "number"}.get(parameter.type, "text")
    return Field(
        name=parameter.name,
        label=parameter.label,
        kind=kind,
        value=parameter.default or "",
        help=parameter.help,
        optional=parameter.optional,
        choices=choices,
    )


def _text(query: Query) -> tuple[Piece, ...]:
    """Return the text without its header, cut at the parameters; that of a query for elsewhere is not filled in here."""
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    text = "\n".join(lines).strip() + "\n"
    names = [] if query.endpoint else [one.name for one in query.parameters]
    return tuple(
        Piece(one.variable, one.name, one.use) if isinstance(one, Place) else Piece(one) for one in pieces(text, names)
    )


def _told(book: Book, query: Query, drawn: Chart | None) -> str:
    said = {
        "name": query.name,
        "columns": [[one.name, one.label] for one in query.columns],
        "parameters": [
            {"name": one.name, "type": one.type, "entity": list(one.entity), "value": one.default or ""}
            for one in query.parameters
        ],
        "release": book.publication.version,
        "bars": [drawn.name, drawn.value] if drawn and drawn.kind == "bar" else [],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
