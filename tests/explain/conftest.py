"""The invented publication of tests/data/tiny.trig, and what asks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kgpub.explain.model import Asker
from kgpub.explain.store import asker

BASE = "https://example.org/letters/"


@pytest.fixture(scope="session")
def store() -> Store:
    """Four letters and an enclosure between people who never lived."""
    store = Store()
    store.load(path=str(Path(__file__).parents[1] / "data" / "tiny.trig"), format=RdfFormat.TRIG)
    return store


@pytest.fixture(scope="session")
def ask(store: Store) -> Asker:
    """What answers a query about them."""
    return asker(store, base=BASE)
