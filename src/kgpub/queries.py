"""Canned queries: `.rq` files whose `#+` header says what they ask, and how to run them.

The header is a few `#+ key: value` lines above the query, so the file stays plain SPARQL that any endpoint runs.
Parameters are bound as terms by the engine and never pasted into the text
(https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0007/sep-0007.md). Two rules follow from the engine: a parameter of
a SELECT stands in its outermost projection, and an optional one is tested with `COALESCE(…, true)`, because
`BOUND(?parameter)` is decided before the parameter is bound.

A query with an `endpoint` is for that one and never run here. What it is to ask about is filled in from the graph: `fill` is a
SELECT, which takes the parameters, and its rows become those of the text's empty `VALUES (…) { }`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Variable

from kgpub.errors import BadParameter, BadQuery
from kgpub.parameters import PARAMETER_TYPES, Parameter, missing, term_of
from kgpub.results import Column, Result
from kgpub.syntax import where
from kgpub.vocabulary import PREFIXES, VOCABULARY_BASE

__all__ = [
    "RESERVED",
    "Parameter",
    "Query",
    "ask",
    "bind",
    "filled",
    "find_query",
    "load_queries",
    "read_query",
    "refuse_elsewhere",
    "result_of",
    "run",
    "text_elsewhere",
]

# libyaml is several times the pure loader; some builds of PyYAML lack it. Base: `1950-07-01` stays the text it is.
_LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TEXT_KEYS: Final = ("title", "question", "severity", "message", "chart", "group", "endpoint", "fill")
_BLOCK_KEYS: Final = ("parameters", "columns")
_PARAMETER_KEYS: Final = ("name", "label", "type", "entity", "default", "values", "pick", "help")
_COLUMN_KEYS: Final = ("name", "label", "description")
RESERVED: Final = ("explain", "format", "limit", "offset")
"""Names in an address that the service reads itself, so no query's own parameter bears one."""
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*$")
_EMPTY_VALUES: Final = re.compile(r"VALUES\s*\(\s*((?:\?\w+\s*)+)\)\s*\{\s*\}")
_TOP: Final = re.compile(r"#\+ ?([A-Za-z][A-Za-z0-9_-]*):(.*)$")


@dataclass(frozen=True, slots=True)
class Query:
    """One `.rq` file: its name (the file's), what it asks, its parameters and columns, and the SPARQL as it stands."""

    name: str
    file: str
    title: str
    text: str
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    severity: str = ""
    message: str = ""
    chart: str = ""
    group: str = ""
    endpoint: str = ""
    fill: str = ""

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name; raise BadParameter with the nearest name where there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        known = f"Its parameters: {', '.join(names)}." if names else "It takes no parameters."
        message = f"query {self.name}: there is no parameter {name!r}"
        raise BadParameter(message, advice=_near(name, names) + known, parameter=name)


def load_queries(folder: Path, *, relative_to: Path | None = None) -> tuple[Query, ...]:
    """Read every `.rq` file below a folder, in the order of their paths; raise BadQuery for the first bad header."""
    root = relative_to or folder
    return tuple(read_query(path.read_text("utf-8"), _path(path, root)) for path in sorted(folder.rglob("*.rq")))


def find_query(queries: Iterable[Query], name: str) -> Query:
    """Return the query of that name; raise BadQuery with the nearest names where there is none."""
    known = {query.name: query for query in queries}
    if name in known:
        return known[name]
    raise BadQuery(f"there is no query {name!r}", advice=f"{_near(name, known)}Queries: {', '.join(sorted(known))}.")


def read_query(text: str, file: str) -> Query:
    """Read one `.rq` file's text; raise BadQuery, with file and line, where header or SPARQL cannot be read."""
    header = _header(text, file)
    if "title" not in header:
        raise BadQuery(f"{file}:1: the header has no title", advice="Begin the file with `#+ title: …`.")
    query = Query(
        name=Path(file).stem,
        file=file,
        text=text,
        parameters=_parameters(header.pop("parameters", (1, [])), file),
        columns=_columns(header.pop("columns", (1, [])), file),
        **{key: value for key, (_, value) in header.items()},
    )
    _check(query)
    return query


def bind(
    query: Query, given: Mapping[str, str], *, base: str = VOCABULARY_BASE, store: Store | None = None
) -> dict[Variable, NamedNode | Literal]:
    """Return the terms that the given texts stand for, defaults filled in; empty optional parameters are left out.

    An iri may be given whole, as a path below `base` (`person/joseph-stalin`) or as the bare id. With a store, an IRI
    that it does not know is refused. Raises BadParameter.
    """
    for name in given:
        query.parameter(name)
    bound: dict[Variable, NamedNode | Literal] = {}
    for parameter in query.parameters:
        value = given[parameter.name].strip() if parameter.name in given else parameter.default
        if not value and not parameter.optional:
            raise missing(parameter, query=query.name, base=base, store=store)
        if value:
            bound[Variable(parameter.name)] = term_of(parameter, value, query=query.name, base=base, store=store)
    return bound


def run(store: Store, query: Query, given: Mapping[str, str] | None = None, *, base: str = VOCABULARY_BASE) -> Result:
    """Run a query over the union of all named graphs and return the columns that its header names.

    Raises BadParameter for a value it cannot take, and BadQuery for a query that is for another endpoint.
    """
    refuse_elsewhere(query)
    bound = bind(query, given or {}, base=base, store=store)
    answer = store.query(query.text, use_default_graph_as_union=True, substitutions=dict(bound))
    return result_of(answer, query.columns)


def refuse_elsewhere(query: Query) -> None:
    """Raise BadQuery for a query that is for another endpoint."""
    if query.endpoint:
        raise BadQuery(
            f"query {query.name} is for {query.endpoint} and is never run here",
            advice=f"Paste its text there: `kgpub query {query.name}` prints it, /queries/{query.name} shows it.",
        )


def text_elsewhere(
    store: Store, query: Query, given: Mapping[str, str] | None = None, *, base: str = VOCABULARY_BASE
) -> str:
    """Return the text of a query for another endpoint, ready to paste: its result schema as comments, its rows filled in.

    Raises BadParameter for a value it cannot take.
    """
    bound = bind(query, given or {}, base=base, store=store)
    rows = store.query(query.fill, prefixes=dict(PREFIXES), use_default_graph_as_union=True, substitutions=dict(bound))
    return filled(query, result_of(rows, ()))


def filled(query: Query, rows: Result) -> str:
    """Return the text of a query for another endpoint with the rows that its `fill` gave."""
    names = re.findall(r"\w+", _EMPTY_VALUES.findall(query.text)[0])
    places = [[column.name for column in rows.columns].index(name) for name in names]
    rows_of_text = dict.fromkeys(" ".join(str(row[place] or "UNDEF") for place in places) for row in rows.rows)
    comments = [f"# {query.title}. Paste this at {query.endpoint}", "# Columns:"]
    comments += [f"#   {column.name}: {column.description or column.label}" for column in query.columns]
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    body = "\n".join(lines).strip()
    values = "".join(f"\n    ({row})" for row in rows_of_text)
    # Not as a pattern's replacement: a name may hold a backslash.
    text = _EMPTY_VALUES.sub(lambda found: f"VALUES ({found[1].strip()}) {{{values}\n  }}", body)
    return "\n".join([*comments, "", text, ""])


def ask(
    store: Store,
    text: str,
    *,
    base: str = VOCABULARY_BASE,
    bound: Mapping[Variable, NamedNode | Literal] | None = None,
) -> Result:
    """Run any query over the union of all named graphs, the usual prefixes declared; raise BadQuery where it is no SPARQL.

    Relative IRIs are taken from `base`: `<person/joseph-stalin>`. `bound` are terms that variables stand for.
    """
    try:
        answer = store.query(
            text,
            base_iri=base,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=True,
            substitutions=dict(bound or {}),
        )
        return result_of(answer, ())
    except SyntaxError as error:
        line, column, what = where(error)
        at = f"line {line}, column {column}: " if line else ""
        advice = "Look at that place, or begin from one of `kgpub queries`."
        raise BadQuery(f"the query is not SPARQL: {at}{what}", advice=advice) from error
    except (OSError, RuntimeError) as error:
        raise BadQuery(f"the query cannot be run: {error}") from error


def result_of(answer: QuerySolutions | QueryBoolean | QueryTriples, columns: tuple[Column, ...]) -> Result:
    """Return what the engine answered, with the columns named; all that it selects where there are none."""
    if isinstance(answer, QueryBoolean):
        return Result(boolean=bool(answer))
    if not isinstance(answer, QuerySolutions):
        # The engine repeats a triple that several solutions give.
        return Result(triples=tuple(dict.fromkeys(answer)))
    names = [variable.value for variable in answer.variables]
    shown = columns or tuple(Column(name, name) for name in names)
    places = [names.index(column.name) for column in shown]
    return Result(columns=shown, rows=tuple(tuple(solution[place] for place in places) for solution in answer))


def _header(text: str, file: str) -> dict[str, tuple[int, Any]]:
    """Return key -> (line, value) of the `#+` lines; text keys are taken as they stand, blocks are YAML."""
    blocks: dict[str, tuple[int, list[str]]] = {}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        if found := _TOP.match(line):
            key = found[1]
            if key in blocks:
                raise BadQuery(f"{file}:{number}: {key} stands twice in the header", advice="Keep one of the two.")
            blocks[key] = (number, [found[2]])
        elif not key:
            raise BadQuery(f"{file}:{number}: {line!r} belongs to no key", advice="Write `#+ title: …` first.")
        else:
            blocks[key][1].append(line.removeprefix("#+").removeprefix(" "))
    return {key: (number, _value(key, number, lines, file)) for key, (number, lines) in blocks.items()}


def _value(key: str, number: int, lines: list[str], file: str) -> Any:
    if key in _TEXT_KEYS:
        # Not YAML: a message may hold colons and braces.
        return " ".join(" ".join(lines).split()).strip("\"'")
    if key not in _BLOCK_KEYS:
        raise BadQuery(
            f"{file}:{number}: {key!r} is not a key of a query's header", advice=_keys(key, _TEXT_KEYS + _BLOCK_KEYS)
        )
    try:
        # BaseLoader leaves every value the text it is: `1950-07-01` stays a string.
        return yaml.load("\n".join(lines), _LOADER) or []
    except yaml.MarkedYAMLError as error:
        line = number + (error.problem_mark.line if error.problem_mark else 0)
        raise BadQuery(f"{file}:{line}: {key}: {error.problem}", advice="The lines after `#+ ` are YAML.") from error


def _parameters(entry: tuple[int, Any], file: str) -> tuple[Parameter, ...]:
    number, items = entry
    return tuple(_parameter(item, f"{file}:{number}") for item in _items("parameters", items, f"{file}:{number}"))


def _parameter(item: dict[str, Any], where: str) -> Parameter:
    kind = item.get("type", "string")
    if item["name"] in RESERVED:
        raise BadQuery(
            f"{where}: parameter {item['name']!r} is a name that the service keeps for itself",
            advice=f"Name it otherwise. Kept: {', '.join(RESERVED)}.",
        )
    if kind not in PARAMETER_TYPES:
        raise BadQuery(
            f"{where}: parameter {item['name']}: {kind!r} is not a type",
            advice=f"{_near(kind, PARAMETER_TYPES)}Types: {', '.join(PARAMETER_TYPES)}.",
        )
    if kind == "enum" and not item.get("values"):
        raise BadQuery(f"{where}: parameter {item['name']}: an enum has values", advice="Add `values: [one, two]`.")
    entity = item.pop("entity", ())
    values = tuple(item.pop("values", ()))
    item.setdefault("label", item["name"])
    return Parameter(entity=(entity,) if isinstance(entity, str) else tuple(entity), values=values, **item)


def _columns(entry: tuple[int, Any], file: str) -> tuple[Column, ...]:
    number, items = entry
    found = _items("columns", items, f"{file}:{number}")
    return tuple(Column(item["name"], item.get("label", item["name"]), item.get("description", "")) for item in found)


def _items(key: str, items: Any, where: str) -> list[dict[str, Any]]:
    """Return the mappings of a list in the header, each with a name of its own and with no key that is not known."""
    keys = _PARAMETER_KEYS if key == "parameters" else _COLUMN_KEYS
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadQuery(f"{where}: {key} is not a list", advice="Write `#+ - {name: …, label: …}` lines below it.")
    for item in items:
        name = item.get("name", "")
        if not isinstance(name, str) or not _NAME.match(name):
            raise BadQuery(f"{where}: {key}: {name!r} is not a name", advice="Name it as the variable, without `?`.")
        for field in item:
            if field not in keys:
                raise BadQuery(f"{where}: {key}: {name}: {field!r} is not a key here", advice=_keys(field, keys))
    names = [item["name"] for item in items]
    if len(set(names)) < len(names):
        raise BadQuery(f"{where}: {key}: two have one name", advice=f"Names: {', '.join(names)}.")
    return [dict(item) for item in items]


def _check(query: Query) -> None:
    """Try the query on an empty store: its syntax, its parameters, its columns, its defaults and its pick-lists."""
    for parameter in query.parameters:
        if found := re.search(rf"\bBOUND\s*\(\s*[?$]{parameter.name}\s*\)", query.text, re.IGNORECASE):
            line = query.text.count("\n", 0, found.start()) + 1
            raise BadQuery(
                f"{query.file}:{line}: {found[0]} is decided before the parameter is bound",
                advice=f"Write COALESCE(… ?{parameter.name} …, true): it holds where the parameter is not given.",
            )
        if parameter.pick:
            _try(
                f"{query.file}: parameter {parameter.name}: pick", parameter.pick, ("value", "label"), prefixes=PREFIXES
            )
        if parameter.default:
            term_of(parameter, parameter.default, query=query.name)
    probes = {Variable(parameter.name): NamedNode(VOCABULARY_BASE) for parameter in query.parameters}
    columns = [column.name for column in query.columns]
    if not query.endpoint:
        _try(query.file, query.text, columns, probes=probes)
        return
    empty = _EMPTY_VALUES.findall(query.text)
    if len(empty) != 1 or not query.fill or not query.columns:
        raise BadQuery(
            f"{query.file}: a query for another endpoint has columns, one empty VALUES and what fills it",
            advice="Write `VALUES (?item …) { }` in the text and `#+ fill: SELECT ?item … { … }` in the header.",
        )
    _try(query.file, query.text, columns)
    _try(f"{query.file}: fill", query.fill, re.findall(r"\w+", empty[0]), probes=probes, prefixes=PREFIXES)


def _try(
    file: str,
    text: str,
    columns: Iterable[str],
    *,
    probes: Mapping[Variable, NamedNode] | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> None:
    try:
        answer = Store().query(text, prefixes=dict(prefixes or {}), substitutions=dict(probes or {}))
    except SyntaxError as error:
        line, position, what = where(error)
        place = f":{line}: not SPARQL: column {position}" if line else ": not SPARQL"
        raise BadQuery(f"{file}{place}: {what}") from error
    except RuntimeError as error:
        name = (re.search(r"\?\w+", str(error)) or [str(error)])[0]
        raise BadQuery(
            f"{file}: the parameter {name} is not in the outermost SELECT",
            advice=f"Add {name} to the SELECT (and the GROUP BY); a column that the header does not name is not shown.",
        ) from error
    names = [variable.value for variable in answer.variables] if isinstance(answer, QuerySolutions) else []
    for column in columns:
        if column not in names:
            raise BadQuery(
                f"{file}: the column {column!r} is not a variable that the query selects",
                advice=f"{_near(column, names)}It selects: {', '.join(names) or 'nothing'}.",
            )


def _keys(word: str, keys: Iterable[str]) -> str:
    return f"{_near(word, keys)}Keys: {', '.join(keys)}."


def _near(word: str, words: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(words), 1, 0.6)
    return f"Did you mean {found[0]!r}? " if found else ""


def _path(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
