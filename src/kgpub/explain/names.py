"""What stands in the data under which names: how alike two terms are, and how a term is shown to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode

from kgpub.explain.probe import Probe
from kgpub.explain.read import BLANK
from kgpub.explain.syntax import Piece, Slot, Swaps
from kgpub.matching import fold, similarity
from kgpub.results import Term, shorten
from kgpub.vocabulary import PREFIXES, expand

__all__ = ["Names", "distance", "lexical", "nearness", "shown", "term_text"]

_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_.]")
_PLAIN: Final = re.compile(r"[A-Za-z][\w-]*")
_LABELS: Final = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label", "dcterms:title")
_PARTICLES: Final = frozenset(("at", "by", "for", "from", "has", "in", "is", "of", "on", "to", "with"))
_ROOM: Final = 20_000
_ALIAS: Final = 0.85
_BLANKS: Final = re.compile(rf"\?{BLANK}\d+")


class Names:
    """The names of the things of one store, read when they are first needed."""

    def __init__(self, probe: Probe, base: str) -> None:
        self._probe = probe
        self._base = base
        self._of: dict[str, list[str]] = {}
        self._meant: dict[str, list[tuple[float, str]]] = {}
        self._definitions: dict[str, list[str]] | None = None

    def alike(self, text: str, term: Term) -> tuple[float, str]:
        """Return how alike what a constant says is to a term of the data, from 0 to 1, and by which of its names."""
        wanted = lexical(text)
        if isinstance(term, Literal):
            return (1.0, "") if term.value == wanted else self._literal(wanted, term)
        if not isinstance(term, NamedNode) or text.startswith('"'):
            return 0.0, ""
        if _local(wanted) == _local(term.value):
            return 1.0, ""
        words, others = _words(wanted), _words(term.value)
        score = 0.9 if set(words.split()) < set(others.split()) else _by_words(words, others)
        found = [(score, ""), (self._defined(words, term.value), "by its definition")]
        found += [
            (_by_words(words, fold(name)) * 0.95, f"also called {name!r}") for name in self._names().get(term.value, ())
        ]
        return max(found, key=lambda one: one[0])

    def _names(self) -> dict[str, list[str]]:
        return self._of or self._texts(self._of, _LABELS)

    def _texts(self, into: dict[str, list[str]], properties: Iterable[str]) -> dict[str, list[str]]:
        path = "|".join(f"<{expand(name)}>" for name in properties)
        rows = self._probe.texts("SELECT DISTINCT ?thing ?name", f"?thing {path} ?name", _ROOM)
        for thing, name in sorted(rows, key=str):
            if isinstance(thing, NamedNode) and isinstance(name, Literal):
                into.setdefault(thing.value, []).append(name.value)
        return into

    def _defined(self, words: str, iri: str) -> float:
        """How far a property or class is meant by words that its definition begins with."""
        if self._definitions is None:
            self._definitions = self._texts({}, ("skos:definition", "rdfs:comment"))
        wanted = {word for word in words.split() if word not in _PARTICLES}
        for text in self._definitions.get(iri, ()):
            if wanted and wanted <= set(fold(text).split()):
                return 0.85 if wanted <= set(fold(text).split()[:4]) else 0.7
        return 0.0

    def _literal(self, wanted: str, term: Literal) -> tuple[float, str]:
        days = distance(wanted, term.value)
        if days is not None:
            return nearness(days), ""
        within = set(fold(wanted).split()) < set(fold(term.value).split())
        found = [(0.9 if within else similarity(wanted, term.value) * 0.95, "")]
        for score, bearer in self._bearers(wanted):
            if term.value in self._names()[bearer]:
                told = "is another name" if fold(wanted) in map(fold, self._names()[bearer]) else "is like a name"
                found.append((0.98 * score, f"{wanted!r} {told} of {shown_iri(bearer, self._base)}"))
        return max(found, key=lambda one: one[0])

    def _bearers(self, wanted: str) -> list[tuple[float, str]]:
        """The things that have a name like a text, in any script, the likeliest first."""
        if wanted not in self._meant:
            words = set(fold(wanted).split())
            found = []
            for thing, names in self._names().items():
                score = max(0.95 if words < set(fold(name).split()) else similarity(wanted, name) for name in names)
                if words and score > _ALIAS:
                    found.append((score, thing))
            self._meant[wanted] = sorted(found, key=lambda one: (-one[0], one[1]))
        return self._meant[wanted]


def nearness(apart: float) -> float:
    """Return how alike two dates or numbers are that are so far apart; more than half, for a nearest one is what is sought."""
    return 0.55 + 0.44 / (1 + apart / 365)


def _by_words(words: str, others: str) -> float:
    """How alike two names are by the words that say something: `sent by` is a sender, and not `sent to`."""
    first, second = words.split(), others.split()
    asides = {word for word in first if word in _PARTICLES}, {word for word in second if word in _PARTICLES}
    content = [" ".join(word for word in part if word not in _PARTICLES) for part in (first, second)]
    if not any(asides) or not all(content):
        lengths = sorted((len(words), len(others)))
        return similarity(words, others) * (0.8 if 2 * lengths[0] < lengths[1] else 1.0)
    one, other = (_doer(part, "by" in aside) for part, aside in zip(content, reversed(asides), strict=True))
    return similarity(one, other) * (0.8 if all(asides) and asides[0] != asides[1] else 0.97)


def _doer(word: str, done_by: bool) -> str:
    return word[:-2] if done_by and len(word) > 4 and word.endswith(("er", "or")) else word


def distance(one: str, other: str) -> float | None:
    """Return how far two dates or numbers are apart, None for anything else; a month or a year counts from its first day."""
    try:
        return abs(float(one) - float(other)) if not _dated(one) else abs((_day(one) - _day(other)).days)
    except ValueError:
        return None


def _dated(text: str) -> bool:
    return len(text) >= 7 and text[4] == "-" and text[:4].isdigit()


def _day(text: str) -> date:
    padded = text[:10] if len(text) >= 10 else f"{text[:7]}-01" if len(text) == 7 else f"{text}-01-01"
    return date.fromisoformat(padded)


def lexical(text: str) -> str:
    """Return what a term's SPARQL says without its marks: the IRI, or the text of a literal."""
    if text.startswith("<"):
        return text[1:-1]
    return text[1 : text.rindex('"')].replace('\\"', '"').replace("\\\\", "\\") if text.startswith('"') else text


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def _words(iri: str) -> str:
    return " ".join(_WORDS.sub(" ", _local(iri)).casefold().split())


def shown_iri(iri: str, base: str = "") -> str:
    """Return an IRI as a reader writes it: a prefixed name, a path below the base in angle brackets, or whole."""
    short = shorten(iri, PREFIXES)
    prefix, _, local = short.partition(":")
    if prefix in PREFIXES and _PLAIN.fullmatch(local):
        return short
    below = iri.removeprefix(base) if base else iri
    return f"<{below}>"


def term_text(term: Term | str, base: str = "") -> str:
    """Return a term as a reader writes it."""
    text = term if isinstance(term, str) else str(term)
    if text.startswith("<"):
        return shown_iri(text[1:-1], base)
    head, mark, datatype = text.rpartition('"^^<')
    if not mark:
        return text
    kind = datatype[:-1]
    if kind in (f"{PREFIXES['xsd']}integer", f"{PREFIXES['xsd']}decimal", f"{PREFIXES['xsd']}boolean"):
        return head[1:]
    return f'{head}"^^{shown_iri(kind, base)}'


def shown(pieces: Iterable[Piece], base: str, swaps: Swaps = {}) -> str:  # noqa: B006
    """Return pieces as a reader writes them."""
    return _BLANKS.sub("[]", "".join(_shown(piece, base, swaps) for piece in pieces)).removesuffix(" .").strip()


def _shown(piece: Piece, base: str, swaps: Swaps) -> str:
    if isinstance(piece, str):
        return piece
    if piece.number in swaps:
        return term_text(swaps[piece.number], base)
    inner = piece.pieces
    if isinstance(piece, Slot) and len(inner) == 1 and isinstance(inner[0], str):
        return term_text(inner[0], base)
    return "".join(_shown(one, base, swaps) for one in inner)
