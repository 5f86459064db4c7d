"""Expressions of a filter, a BIND or a projection: from the parser's tree to pieces, with the comparisons found in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kgpub.explain.syntax import Comparison, Group, Piece, Pieces, Slot

__all__ = ["Expressions", "NotUnderstood", "conjuncts", "field", "items"]

_TESTS: Final = {"CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "LANGMATCHES"}
_WRAPPERS: Final = {"ConditionalOrExpression", "ConditionalAndExpression", "RelationalExpression"}
_ARITHMETIC: Final = {"AdditiveExpression", "MultiplicativeExpression"}
_UNARY: Final = {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}
_FLIPPED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class NotUnderstood(Exception):
    """A form of SPARQL that the reader does not take apart; its text says which."""


def field(node: Any, name: str) -> Any:
    """Return a field of a node of the parser's tree, None where it is not there."""
    return dict.get(node, name) if isinstance(node, CompValue) else None


def items(value: Any) -> list[Any]:
    """Return one value or many as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str | CompValue) else list(value)


def conjuncts(node: Any) -> list[Any]:
    """Return the conditions that must all hold for an expression to hold: `a && b` is two filters."""
    node = _peeled(node)
    if isinstance(node, CompValue) and node.name == "ConditionalAndExpression":
        return [one for part in (field(node, "expr"), *items(field(node, "other"))) for one in conjuncts(part)]
    return [node]


def _peeled(node: Any) -> Any:
    """Leave the layers of the grammar that add nothing: an `||` of one term is that term."""
    while isinstance(node, CompValue) and node.name in {*_WRAPPERS, *_ARITHMETIC} and not items(field(node, "other")):
        node = field(node, "expr")
    return node


class Expressions:
    """Writes expressions; `term` writes a term, `group` the group of an EXISTS, `slot` numbers a place."""

    def __init__(
        self,
        term: Callable[[Any, str], Piece],
        group: Callable[[Any], tuple[Pieces, Group]],
        slot: Callable[[str, Pieces], Slot],
    ) -> None:
        self._term = term
        self._group = group
        self._slot = slot
        self.comparisons: list[Comparison] = []

    def pieces(self, node: Any) -> Pieces:
        """Return an expression as pieces; what has an operator stands in brackets of its own."""
        node = _peeled(node)
        if isinstance(node, Variable):
            return (self._slot("variable", (f"?{node}",)),)
        if not isinstance(node, CompValue) or node.name in ("pname", "literal"):
            return (self._term(node, "filter"),)
        name = node.name
        if name in ("ConditionalOrExpression", "ConditionalAndExpression"):
            sign = " || " if "Or" in name else " && "
            return ("(", *joined(map(self.pieces, (field(node, "expr"), *items(field(node, "other")))), sign), ")")
        if name == "RelationalExpression":
            return self._relation(node)
        if name in _ARITHMETIC:
            rest = zip(items(field(node, "op")), items(field(node, "other")), strict=True)
            return ("(", *self.pieces(field(node, "expr")), *self._terms(rest), ")")
        if name in _UNARY:
            return (f"({_UNARY[name]} ", *self.pieces(field(node, "expr")), ")")
        return self._call(node)

    def _terms(self, rest: Iterable[tuple[str, Any]]) -> Pieces:
        return tuple(piece for sign, one in rest for piece in (f" {sign} ", *self.pieces(one)))

    def _relation(self, node: Any) -> Pieces:
        operator = " ".join(items(field(node, "op")))
        left, right = _peeled(field(node, "expr")), field(node, "other")
        if operator.endswith("IN"):
            found = [] if right == "()" else [self.pieces(one) for one in items(right)]
            sides, listed = self.pieces(left), ("(", *joined(found, ", "), ")")
            whole = self._slot("comparison", ("(", *sides, f" {operator} ", *listed, ")"))
            constants = [piece for one in found for piece in one if isinstance(piece, Slot) and piece.role == "filter"]
            self._compare(whole, sides, operator, constants)
            return (whole,)
        right = _peeled(right)
        first, second = self.pieces(left), self.pieces(right)
        whole = self._slot("comparison", ("(", *first, f" {operator} ", *second, ")"))
        if _constant(second):
            self._compare(whole, first, operator, second)
        elif _constant(first):
            self._compare(whole, second, _FLIPPED.get(operator, operator), first)
        else:
            self._compare(whole, first, operator, ())
        return (whole,)

    def _compare(self, whole: Slot, left: Pieces, operator: str, constants: Iterable[Piece]) -> None:
        slots = tuple(piece for piece in constants if isinstance(piece, Slot))
        self.comparisons.append(Comparison(whole, left, operator, slots))

    def _call(self, node: Any) -> Pieces:
        name = node.name.removeprefix("Builtin_").removeprefix("Aggregate_")
        if name in ("EXISTS", "NOTEXISTS"):
            pieces, _ = self._group(field(node, "graph"))
            return ("NOT EXISTS " if name == "NOTEXISTS" else "EXISTS ", *pieces)
        if name == "Function":
            given = [self.pieces(one) for one in items(field(node, "expr")) if not isinstance(one, str) or one != "()"]
            return (self._term(field(node, "iri"), "function"), "(", *joined(given, ", "), ")")
        if node.name.startswith("Aggregate_"):
            return self._aggregate(node, name)
        if not node.name.startswith("Builtin_"):
            raise NotUnderstood(f"the expression {node.name}")
        given = [self.pieces(one) for value in node.values() for one in items(value)]
        call: Pieces = (f"{name}(", *joined(given, ", "), ")")
        if name not in _TESTS or not _constant(given[1]):
            return call
        whole = self._slot("comparison", call)
        self._compare(whole, given[0], name, given[1])
        return (whole,)

    def _aggregate(self, node: Any, name: str) -> Pieces:
        function = "GROUP_CONCAT" if name == "GroupConcat" else name.upper()
        counted = field(node, "vars")
        inside = ("*",) if counted == "*" else self.pieces(counted)
        distinct = "DISTINCT " if items(field(node, "distinct")) else ""
        separator = field(node, "separator")
        parted = ("; SEPARATOR=", self._term(separator, "function")) if separator is not None else ()
        return (f"{function}({distinct}", *inside, *parted, ")")


def _constant(pieces: Pieces) -> bool:
    return len(pieces) == 1 and isinstance(pieces[0], Slot) and pieces[0].role == "filter"


def joined(parts: Iterable[Pieces], sign: str) -> Pieces:
    """Return pieces with a text between them."""
    found: list[Piece] = []
    for number, part in enumerate(parts):
        found += [sign, *part] if number else part
    return tuple(found)
