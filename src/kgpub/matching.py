"""How alike two names are: folded forms compared, whatever the script, the accents, the apostrophes and the word order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

__all__ = ["best", "fold", "similarity"]

_SIGNS = re.compile(r"[^\w\s]|[_\u02b0-\u02ff]")  # apostrophes, soft signs, full stops: Ch’oe is Choe, Kanʹ is Kan
_GAPS = re.compile(r"[\s\-–—]+")
_INITIAL = re.compile(r"\b\w\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a name without case, accents, apostrophes and hyphens, its words parted by single spaces.

    Accents are what Unicode parts from a letter (NFKD), so й folds to и and ŏ to o; letters of every script stay.
    """
    spaced = _GAPS.sub(" ", unicodedata.normalize("NFKD", text.casefold()))
    bare = "".join(char for char in spaced if not unicodedata.combining(char))
    # Hangul was parted into its jamo above; put together again, a syllable counts as one letter.
    return " ".join(unicodedata.normalize("NFC", _SIGNS.sub("", bare)).split())


@lru_cache(maxsize=65536)
def similarity(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1: 1 for the same folded form, spaces aside.

    Words may stand in another order, and one name may lack a word or give it as an initial; names in scripts without
    spaces are alike as far as they share characters in the same order.
    """
    first, second = fold(one), fold(other)
    if not first or not second:
        return 0.0
    if first.replace(" ", "") == second.replace(" ", ""):
        return 1.0
    if sorted(first.split()) == sorted(second.split()):
        return 0.98
    if _by_initials(first, second):
        return 0.9
    whole = JaroWinkler.similarity(first, second)
    words = fuzz.token_sort_ratio(first, second) / 100
    return round(min(max(whole, words), 0.97), 4)


def best(sought: str, names: Iterable[str]) -> tuple[float, str]:
    """Return the score and the text of the name most like what is sought; (0, "") where there are no names."""
    return max(((similarity(sought, one), one) for one in names), default=(0.0, ""), key=lambda pair: pair[0])


def _by_initials(one: str, other: str) -> bool:
    """Whether the longest word is shared and the others agree as words or as initials: A M Vasilevsky, Aleksandr Vasilevsky."""
    first, second = one.split(), other.split()
    surnames = {word for word in first if len(word) > 2} & {word for word in second if len(word) > 2}
    if not surnames or not (_INITIAL.search(one) or _INITIAL.search(other)):
        return False
    surname = max(surnames, key=len)
    rest, others = [w for w in first if w != surname], [w for w in second if w != surname]
    return bool(rest and others) and all(a[0] == b[0] for a, b in zip(rest, others, strict=False))
