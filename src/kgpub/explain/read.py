"""From the text of a query to its parts: rdflib's parser reads it, and its tree is written again as pieces.

The parser is pure Python and recursive, so a text too long or too deep is refused before it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, URIRef, Variable
from rdflib.term import Literal as Value

from kgpub.explain.expressions import Expressions, NotUnderstood, conjuncts, field, items, joined
from kgpub.explain.syntax import Asked, Group, Part, Piece, Pieces, Slot
from kgpub.vocabulary import PREFIXES

__all__ = ["BLANK", "DEEPEST", "LONGEST", "NotAsked", "NotUnderstood", "Reading", "read"]

LONGEST: Final = 8_000
DEEPEST: Final = 24
BLANK: Final = "explainBlank"
"""How the variables begin that blank nodes are written as: they match the same, and can be asked for."""

_TYPE: Final = f"{PREFIXES['rdf']}type"


class NotAsked(NotUnderstood):
    """A query that is better not even asked: too long, too deep, or it would ask elsewhere."""


class Reading:
    """A query that was read: its parts, the prefixes it declares, and the prefixes that it uses without declaring them."""

    def __init__(self, prefixes: Mapping[str, str], base: str, instead: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        self._instead = instead
        self.declared: dict[str, str] = {}
        self.unknown: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self.base = base
        self._count = 0
        self._blanks: dict[str, str] = {}

    def asked(self, tree: Any) -> Asked:
        """Take the parser's tree apart."""
        for one in tree[0]:
            if one.name == "Base":
                self.base = str(URIRef(str(field(one, "iri")), base=self.base))
            else:
                prefix = str(field(one, "prefix") or "")
                self.declared[prefix] = str(URIRef(str(field(one, "iri")), base=self.base))
        self.prefixes |= {**self.declared, **self._instead}
        query = tree[1]
        form = query.name.removesuffix("Query").upper()
        if field(query, "where") is None:
            raise NotUnderstood(f"a {form} without a WHERE")
        _, where = self._group(field(query, "where"))
        clause, grouped = field(query, "valuesClause"), field(query, "groupby") or field(query, "having")
        if clause and not grouped:
            # Joined after the pattern; where nothing is grouped, that is the same as a part of it.
            where = Group((*where.parts, self._values(clause)))
        head, counts = self._head(query, where)
        return Asked(form, head, self._dataset(query), where, self._after(query), counts)

    # -- what stands around the pattern --------------------------------------------------------------------------------

    def _head(self, query: Any, where: Group) -> tuple[Pieces, bool]:
        modifier = f"{query.modifier} " if field(query, "modifier") else ""
        chosen = items(field(query, "projection"))
        pieces = joined((self._projected(one) for one in chosen if isinstance(one, CompValue)), " ")
        if not pieces:
            named = sorted(name for name in where.variables if not name.startswith(BLANK))
            star = " ".join(f"?{name}" for name in named) if self._blanks and named else "*"
            pieces = (star,)
        counts = not field(query, "groupby") and any(_aggregates(field(one, "expr")) for one in chosen)
        return (f"SELECT {modifier}", *pieces), counts

    def _projected(self, one: Any) -> Pieces:
        if field(one, "expr") is None:
            return (f"?{field(one, 'var')}",)
        return ("(", *self._expressions().pieces(field(one, "expr")), f" AS ?{field(one, 'evar')})")

    def _dataset(self, query: Any) -> Pieces:
        clauses: list[Piece] = []
        for one in items(field(query, "datasetClause")):
            named = field(one, "named")
            clauses += ["FROM NAMED " if named else "FROM ", self._term(named or field(one, "default"), "graph"), " "]
        return tuple(clauses)

    def _after(self, query: Any) -> dict[str, Pieces]:
        after: dict[str, Pieces] = {}
        for name, words in (("groupby", "GROUP BY"), ("having", "HAVING"), ("orderby", "ORDER BY")):
            if clause := field(query, name):
                conditions = [self._condition(one) for one in items(field(clause, "condition"))]
                after[name] = (f"{words} ", *joined(conditions, " "))
        if clause := field(query, "limitoffset"):
            for name in ("limit", "offset"):
                if (number := field(clause, name)) is not None:
                    after[name] = (f"{name.upper()} {number}",)
        if (clause := field(query, "valuesClause")) and (field(query, "groupby") or field(query, "having")):
            after["values"] = self._values(clause).pieces
        return after

    def _condition(self, one: Any) -> Pieces:
        if isinstance(one, CompValue) and one.name == "OrderCondition":
            return (f"{field(one, 'order') or 'ASC'}(", *self._expressions().pieces(field(one, "expr")), ")")
        if isinstance(one, CompValue) and one.name == "GroupAs":
            return ("(", *self._expressions().pieces(field(one, "expr")), f" AS ?{field(one, 'var')})")
        if isinstance(one, Variable):
            return (f"?{one}",)
        return ("(", *self._expressions().pieces(one), ")")

    # -- groups ----------------------------------------------------------------------------------------------------------

    def _group(self, node: Any) -> tuple[Pieces, Group]:
        """Return a group as it is written with its braces, and its parts."""
        if node.name == "SubSelect":
            part = self._subselect(node)
            return ("{ ", *part.pieces[1:-1], " }"), Group((part,))
        parts = tuple(part for one in items(field(node, "part")) for part in self._parts(one))
        return ("{ ", *joined((part.pieces for part in parts), " "), " }"), Group(parts)

    def _parts(self, node: Any) -> Iterable[Part]:
        if node.name == "TriplesBlock":
            for block in items(field(node, "triples")):
                terms = list(block)
                yield from (self._triple(*terms[at : at + 3]) for at in range(0, len(terms), 3))
        elif node.name == "Filter":
            yield from (self._filter(one) for one in conjuncts(field(node, "expr")))
        elif node.name == "GroupOrUnionGraphPattern":
            yield self._union(items(field(node, "graph")))
        elif node.name == "InlineData":
            yield self._values(node)
        elif node.name == "Bind":
            yield self._bind(node)
        else:
            yield self._headed(node)

    def _headed(self, node: Any) -> Part:
        kinds = {"OptionalGraphPattern": "optional", "MinusGraphPattern": "minus", "GraphGraphPattern": "graph"}
        kind = kinds.get(node.name, "")
        if not kind:
            if node.name == "ServiceGraphPattern":
                raise NotAsked("SERVICE, which asks another endpoint")
            raise NotUnderstood(f"the pattern {node.name}")
        head: Pieces = (f"{kind.upper()} ",)
        named: frozenset[str] = frozenset()
        if kind == "graph":
            term = field(node, "term")
            head = ("GRAPH ", self._term(term, "graph"), " ")
            named = frozenset({str(term)} if isinstance(term, Variable) else ())
        pieces, group = self._group(field(node, "graph"))
        whole: Pieces = (*head, *pieces)
        return Part(
            kind, (self._slot("part", whole),) if kind == "minus" else whole, group.variables | named, (group,), head
        )

    def _union(self, nodes: list[Any]) -> Part:
        found = [self._group(node) for node in nodes]
        groups = tuple(group for _, group in found)
        variables = frozenset().union(*(group.variables for group in groups))
        if len(groups) == 1 and len(groups[0].parts) == 1 and groups[0].parts[0].kind == "select":
            return groups[0].parts[0]
        kind = "union" if len(groups) > 1 else "group"
        return Part(kind, joined((pieces for pieces, _ in found), " UNION "), variables, groups)

    def _subselect(self, node: Any) -> Part:
        pieces, where = self._group(field(node, "where"))
        head, _ = self._head(node, where)
        after = self._after(node)
        body = joined((head, ("WHERE ", *pieces), *after.values()), " ")
        chosen = items(field(node, "projection"))
        names = [field(one, "var") or field(one, "evar") for one in chosen if isinstance(one, CompValue)]
        variables = frozenset(map(str, names)) if names else where.variables
        return Part("select", ("{ ", *body, " }"), variables, (where,))

    def _values(self, node: Any) -> Part:
        names = [str(one) for one in items(field(node, "var"))]
        rows: list[Pieces] = []
        for row in items(field(node, "value")):
            terms = [row] if isinstance(row, str | CompValue) else list(row)
            written: list[Pieces] = [("UNDEF",) if t == "UNDEF" else (self._term(t, "value"),) for t in terms]
            rows.append(("(", *joined(written, " "), ")"))
        head = f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ "
        one = names[0] if len(names) == 1 else ""
        return Part("values", (head, *joined(rows, " "), " }"), frozenset(names), bound=one)

    def _bind(self, node: Any) -> Part:
        name = str(field(node, "var"))
        pieces = self._expressions().pieces(field(node, "expr"))
        needed = {written[1:] for slot in pieces if isinstance(slot, Slot) and slot.role == "variable"
                  for written in slot.pieces if isinstance(written, str)}  # fmt: skip
        return Part("bind", ("BIND(", *pieces, f" AS ?{name})"), frozenset({name, *needed}), bound=name)

    def _filter(self, node: Any) -> Part:
        if isinstance(node, CompValue) and node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            kind = "exists" if node.name == "Builtin_EXISTS" else "not exists"
            pieces, group = self._group(field(node, "graph"))
            head = (f"FILTER {kind.upper()} ",)
            return Part(kind, (self._slot("part", (*head, *pieces)),), group.variables, (group,), head)
        expressions = self._expressions()
        pieces = expressions.pieces(node)
        if len(pieces) != 1 or not isinstance(pieces[0], Slot) or pieces[0].role != "comparison":
            pieces = (self._slot("comparison", ("(", *pieces, ")")),)
        return Part("filter", ("FILTER ", *pieces), frozenset(), comparisons=tuple(expressions.comparisons))

    # -- triples and terms ---------------------------------------------------------------------------------------------

    def _triple(self, subject: Any, predicate: Any, value: Any) -> Part:
        path = self._path(predicate)
        typed = any(slot.pieces == (f"<{_TYPE}>",) for slot in path if isinstance(slot, Slot))
        terms = (self._term(subject, "subject"), self._term(value, "class" if typed else "object"))
        whole = self._slot("triple", (terms[0], " ", *path, " ", terms[1]))
        names = {piece[1:] for piece in (*terms, *path) if isinstance(piece, str) and piece.startswith("?")}
        return Part("triple", (whole, " ."), frozenset(names))

    def _path(self, node: Any) -> Pieces:
        parts = items(field(node, "part"))
        if not isinstance(node, CompValue) or node.name == "pname":
            return (self._term(node, "predicate"),)
        if node.name in ("PathAlternative", "PathSequence"):
            written = joined((self._path(one) for one in parts), "|" if node.name == "PathAlternative" else "/")
            return ("(", *written, ")") if len(parts) > 1 else written
        if node.name == "PathElt":
            mod = field(node, "mod") or ""
            return (*self._path(parts[0]), mod) if mod else self._path(parts[0])
        if node.name == "PathEltOrInverse":
            return ("^", *self._path(parts[0]))
        if node.name == "PathNegatedPropertySet" and not any(getattr(p, "name", "") == "InversePath" for p in parts):
            return ("!(", *joined((self._path(one) for one in parts), "|"), ")")
        # The parser loses what an inverse stands before in a negated set.
        raise NotUnderstood("a negated property set with an inverse in it")

    def _term(self, node: Any, role: str) -> Piece:
        if isinstance(node, Variable):
            return f"?{node}"
        if isinstance(node, BNode):
            return f"?{self._blanks.setdefault(str(node), f'{BLANK}{len(self._blanks) + 1}')}"
        return self._slot(role, (self._constant(node),))

    def _constant(self, node: Any) -> str:
        if isinstance(node, URIRef):
            return f"<{URIRef(str(node), base=self.base)}>"
        if isinstance(node, Value):
            return str(
                Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
            )
        if getattr(node, "name", "") == "pname":
            return f"<{self._iri(str(field(node, 'prefix') or ''), str(field(node, 'localname') or ''))}>"
        if getattr(node, "name", "") == "literal":
            text, language, datatype = (field(node, name) for name in ("string", "lang", "datatype"))
            if language:
                return str(Literal(str(text), language=str(language)))
            kind = NamedNode(self._constant(datatype)[1:-1]) if datatype is not None else None
            return str(Literal(str(text), datatype=kind) if kind else Literal(str(text)))
        raise NotUnderstood(f"the term {node}")

    def _iri(self, prefix: str, local: str) -> str:
        self.used[prefix] = None
        if prefix not in self.prefixes:
            self.unknown[prefix] = None
        return self.prefixes.get(prefix, f"urn:undeclared:{prefix}:") + local.replace("\\", "")

    def _slot(self, role: str, pieces: Pieces) -> Slot:
        self._count += 1
        return Slot(self._count, role, pieces)

    def _expressions(self) -> Expressions:
        return Expressions(self._term, self._group, self._slot)


def _aggregates(node: Any) -> bool:
    if isinstance(node, CompValue):
        return node.name.startswith("Aggregate_") or any(_aggregates(one) for one in node.values())
    return isinstance(node, list) and any(map(_aggregates, node))


def read(
    text: str, *, base: str, prefixes: Mapping[str, str] = PREFIXES, instead: Mapping[str, str] | None = None
) -> tuple[Asked, Reading]:
    """Return a query taken apart; raise NotUnderstood, saying why, where it is too long, too deep or of a form not known.

    `prefixes` need no declaration; those of `instead` win over the query's own.
    """
    if len(text) > LONGEST:
        raise NotAsked(f"a query of more than {LONGEST:,} characters")
    if _depth(text) > DEEPEST:
        raise NotAsked(f"brackets in more than {DEEPEST} layers")
    reading = Reading(prefixes, base, instead or {})
    try:
        tree = parseQuery(text)
    except MemoryError:
        raise
    except Exception as error:  # pyparsing's, and whatever the actions of its grammar raise: the engine judges the text
        raise NotUnderstood("a form of SPARQL that the reader of queries does not know, or too many parts") from error
    try:
        return reading.asked(tree), reading
    except RecursionError as error:
        raise NotUnderstood("a query of so many parts") from error


def _depth(text: str) -> int:
    """How deep brackets nest at most; those in strings count too, which only makes the guard stricter."""
    deepest = depth = 0
    for char in text:
        depth += (char in "({[") - (char in ")}]")
        deepest = max(deepest, depth)
    return deepest
