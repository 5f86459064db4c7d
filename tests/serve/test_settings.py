"""How entities are answered: from kgpub.toml, the environment and the command line."""

from __future__ import annotations

import pytest

from kgpub.errors import BadProject
from kgpub.serve.limits import Limits, read_limits
from kgpub.serve.settings import read_entities

SEE, DIRECT = {"entities": "see-other"}, {"entities": "direct"}


@pytest.mark.parametrize(
    ("table", "environ", "option", "chosen"),
    [
        ({}, {}, None, "direct"),
        (SEE, {}, None, "see-other"),
        (SEE, {"KGPUB_SERVE_ENTITIES": "direct"}, None, "direct"),
        (DIRECT, {"KGPUB_SERVE_ENTITIES": "direct"}, "see-other", "see-other"),
    ],
)
def test_the_later_wins(table: dict[str, str], environ: dict[str, str], option: str | None, chosen: str) -> None:
    assert read_entities(table, environ, option, "kgpub.toml") == chosen


@pytest.mark.parametrize(
    ("table", "environ", "says"),
    [
        ({"entities": "303"}, {}, "kgpub.toml: serve.entities: '303' is no way to answer\n  Give direct or see-other."),
        ({"entities": True}, {}, "kgpub.toml: serve.entities: True is no way"),
        ({}, {"KGPUB_SERVE_ENTITIES": ""}, "the environment: KGPUB_SERVE_ENTITIES: '' is no way"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(table: dict[str, object], environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadProject) as caught:
        read_entities(table, environ, None, "kgpub.toml")
    assert says in str(caught.value)


def test_it_is_no_limit() -> None:
    assert read_limits(SEE, {"KGPUB_SERVE_ENTITIES": "direct"}, {}, "kgpub.toml") == Limits()
