"""An invented foreign service whose telegrams the texts of these tests print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kgpub.convert.fields.names import NameIndex, build_index
from kgpub.convert.formats.base import Reading
from kgpub.convert.formats.bulletin import read_bulletin
from kgpub.convert.formats.bulletin.layout import Layout
from kgpub.convert.formats.bulletin.values import Desk

AUTHORITY: dict[str, list[dict[str, Any]]] = {
    "persons": [
        {
            "id": "anna-berg",
            "name": "Anna Berg",
            "printed": ["Berg"],
            "coverNames": [{"id": "nord-lys", "name": "Nord Lys", "printed": ["Nord-Lys"]}],
            "tenures": [{"office": "head-of-cabinet", "from": "1949", "until": "1953"}],
        },
        {
            "id": "karl-lind",
            "name": "Karl Lind",
            "printed": ["Lind"],
            "tenures": [{"office": "envoy-in-riga", "from": "1949", "until": "1950-12"}],
        },
        {
            "id": "per-holm",
            "name": "Per Holm",
            "printed": ["Holm"],
            "tenures": [{"office": "envoy-in-riga", "from": "1950-12", "until": "1953"}],
        },
        {"id": "eva-dahl", "name": "Eva Dahl", "printed": ["Dahl"]},
        {
            "id": "janis-ozols",
            "name": "Janis Ozols",
            "printed": ["Ozols"],
            "tenures": [{"office": "premier-of-latgale", "from": "1949"}],
        },
        {"id": "morten-vik", "name": "Morten Vik", "printed": ["Vik"]},
    ],
    "organisations": [
        {"id": "eighth-bureau", "name": "Eighth Bureau", "printed": ["8th Department", "8 MDGS"]},
        {"id": "foreign-ministry", "name": "Foreign Ministry of the League"},
        {"id": "politburo-of-the-league", "name": "Politburo of the League", "printed": ["Politburo"]},
    ],
    "offices": [
        {"id": "head-of-cabinet", "name": "Head of the Cabinet", "seat": "oslo"},
        {
            "id": "envoy-in-riga",
            "name": "Envoy in Riga",
            "organisation": "foreign-ministry",
            "seat": "riga",
            "printed": ["Soviet Ambassador", "Envoy in Riga"],
        },
        {"id": "premier-of-latgale", "name": "Premier of Latgale", "seat": "rezekne"},
    ],
    "places": [
        {"id": "oslo", "name": "Oslo"},
        {"id": "riga", "name": "Riga"},
        {"id": "rezekne", "name": "Rezekne"},
        {"id": "latgale", "name": "Latgale"},
    ],
}


@pytest.fixture(scope="session")
def names() -> NameIndex:
    return build_index(AUTHORITY)


@pytest.fixture
def desk(names: NameIndex) -> Desk:
    return Desk(names, Layout(home="oslo"), "text.txt", "D001", "1950-07-01", ("riga",))


@pytest.fixture(scope="session")
def read(names: NameIndex) -> Callable[..., Reading]:
    def reader(text: str, **layout: Any) -> Reading:
        return read_bulletin(text, layout, names, "text.txt")

    return reader
