"""The index of names: which names come near a text, found by the pairs of letters and the words they share."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kgpub.matching import fold, similarity
from kgpub.serve.reconcile.entities import Entity, Name

__all__ = ["Hit", "NameIndex", "folded"]

_COMPARED: Final = 80
"""How many names, nearest by shared pairs of letters, are compared in full; as many again by shared words."""
_SURNAME: Final = 0.85
"""How alike a name counts at least that holds every word asked for: Захаров in Матвей Васильевич Захаров."""
_TITLED: Final = 0.75
"""How alike a name counts at least of which every word is among those asked for: Vasilevsky in Marshal Vasilevsky."""

Wanted = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name near what was asked, the entity that bears it, and how alike the two are, from 0 to 1."""

    entity: Entity
    name: Name
    likeness: float


@dataclass(frozen=True, slots=True)
class _Entry:
    entity: Entity
    name: Name
    key: str
    words: tuple[str, ...]
    pairs: frozenset[str]


def folded(text: str) -> str:
    """Return what two names have in common when they are the same but for case, accents, hyphens and spaces."""
    return fold(text).replace(" ", "")


class NameIndex:
    """All names of all entities, made once."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entries = [
            _Entry(one, name, key, tuple(fold(name.text).split()), _pairs(key))
            for one in entities
            for name in one.names
            if (key := folded(name.text))
        ]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            self._by_key[entry.key].append(number)
            for pair in entry.pairs:
                self._by_pair[pair].append(number)
            for word in set(entry.words):
                self._by_word[word].append(number)

    def near(self, text: str, wanted: Wanted) -> dict[str, Hit]:
        """Return the best hit of each wanted entity by its id."""
        words = frozenset(fold(text).split())
        best: dict[str, Hit] = {}
        for number in sorted(self._chosen(text, wanted)):
            entry = self._entries[number]
            hit = Hit(entry.entity, entry.name, max(similarity(text, entry.name.text), _held(words, entry.words)))
            known = best.get(entry.entity.id)
            if known is None or _closer(text, hit, known):
                best[entry.entity.id] = hit
        return best

    def bearers(self, text: str, wanted: Wanted) -> set[str]:
        """Return the ids of the wanted entities that bear a name in full, spaces, case and accents aside."""
        found = (self._entries[number].entity for number in self._by_key.get(folded(text), ()))
        return {one.id for one in found if wanted(one)}

    def sharing(self, text: str, wanted: Wanted) -> set[str]:
        """Return the ids of the wanted entities with a name that holds all words of a text: everybody of one surname."""
        words = set(fold(text).split())
        numbers = [set(self._by_word.get(word, ())) for word in words]
        found = (self._entries[number].entity for number in (set.intersection(*numbers) if numbers else ()))
        return {one.id for one in found if wanted(one)}

    def by_initials(self, text: str, wanted: Wanted) -> set[str]:
        """Return the ids of those who share the longest word of a text and have another word that begins as its initials do.

        Empty where the text has no word of one or two letters: `M.V. Zakharov` may be anybody whose name is M… Zakharov.
        """
        words = fold(text).split()
        initials = {word[0] for word in words if len(word) < 3}
        longest = max(words, key=len, default="")
        if not initials or len(longest) < 3:
            return set()
        near = (self._entries[number] for number in self._by_word.get(longest, ()))
        fitting = (one for one in near if initials & {word[0] for word in one.words if word != longest})
        return {one.entity.id for one in fitting if wanted(one.entity)}

    def beginning(self, prefix: str, wanted: Wanted) -> dict[str, int]:
        """Return how wanted entities, by id, begin with a prefix: 0 a name is it, 1 a name begins so, 2 a word of one does."""
        sought, key = fold(prefix), folded(prefix)
        found: dict[str, int] = {}
        for entry in self._entries if key else ():
            rank = _rank(entry, sought, key)
            if rank is not None and wanted(entry.entity):
                found[entry.entity.id] = min(rank, found.get(entry.entity.id, rank))
        return found

    def _chosen(self, text: str, wanted: Wanted) -> set[int]:
        pairs = _pairs(folded(text))
        shared = Counter(number for pair in pairs for number in self._by_pair.get(pair, ()))
        worded = Counter(number for word in set(fold(text).split()) for number in self._by_word.get(word, ()))
        entries = self._entries

        def nearness(number: int) -> tuple[float, int]:
            return 2 * shared[number] / (len(pairs) + len(entries[number].pairs)), -number

        kept = [number for number in shared if wanted(entries[number].entity)]
        by_word = [number for number in worded if wanted(entries[number].entity)]
        return {
            *heapq.nlargest(_COMPARED, kept, key=nearness),
            *heapq.nlargest(_COMPARED, by_word, key=lambda number: (worded[number], *nearness(number))),
        }


def _closer(text: str, hit: Hit, known: Hit) -> bool:
    """Whether a hit is to be shown rather than another: Filippov, not F I L I P P O V, to whoever asks for Filippov."""
    same = (fold(hit.name.text) == fold(text), fold(known.name.text) == fold(text))
    return (hit.likeness, same[0]) > (known.likeness, same[1])


def _held(asked: frozenset[str], words: tuple[str, ...]) -> float:
    if not asked or not words:
        return 0.0
    if asked.issubset(words):
        return _SURNAME
    return _TITLED if asked.issuperset(words) and len(max(words, key=len)) > 2 else 0.0


def _pairs(key: str) -> frozenset[str]:
    # A name of one or two Han characters has hardly a pair to share, so its ends count too.
    marked = f"^{key}$"
    return frozenset(marked[i : i + 2] for i in range(len(marked) - 1))


def _rank(entry: _Entry, sought: str, key: str) -> int | None:
    if entry.key == key:
        return 0
    if entry.key.startswith(key):
        return 1
    return 2 if any(" ".join(entry.words[i:]).startswith(sought) for i in range(1, len(entry.words))) else None
