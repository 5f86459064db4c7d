"""A store as what answers the questions of an explanation."""

from __future__ import annotations

from pyoxigraph import Store

from kgpub.explain.model import Asker, Bound
from kgpub.queries import ask
from kgpub.results import Result
from kgpub.vocabulary import VOCABULARY_BASE

__all__ = ["asker"]


def asker(store: Store, *, base: str = VOCABULARY_BASE) -> Asker:
    """Return what asks a store over the union of its graphs, with the usual prefixes declared."""

    def answer(text: str, bound: Bound) -> Result:
        return ask(store, text, base=base, bound=bound)

    return answer
