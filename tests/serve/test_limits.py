"""Limits from kgpub.toml, the environment and the command line."""

from __future__ import annotations

from typing import Any

import pytest

from kgpub.errors import BadProject
from kgpub.serve.limits import Limits, read_limits


def test_the_later_wins_and_what_is_not_set_is_as_ever() -> None:
    environ = {"KGPUB_SERVE_ROWS": "20", "KGPUB_SERVE_MEMORY_MB": "64", "HOME": "/"}
    options = {"memory_mb": 128, "workers": None}
    found = read_limits({"rows": 10, "answer_seconds": 5}, environ, options, "kgpub.toml")
    assert (found.rows, found.memory_mb, found.answer_seconds) == (20, 128, 5.0)
    assert found.workers == Limits().workers


@pytest.mark.parametrize(
    ("table", "environ", "options", "says"),
    [
        ({"row": 5}, {}, {}, "kgpub.toml: serve.row: is not a limit of the service\n  Did you mean 'rows'?"),
        ({"rows": "many"}, {}, {}, "serve.rows: 'many' is no value of this limit\n  Give a whole number, at least 1."),
        ({"rows": True}, {}, {}, "serve.rows: True is no value"),
        ({"rows": []}, {}, {}, "serve.rows: [] is no value"),
        ({}, {"KGPUB_SERVE_ROWS": "0"}, {}, "the environment: KGPUB_SERVE_ROWS: '0' is no value"),
        ({}, {"KGPUB_SERVE_SPEED": "9"}, {}, "the environment: KGPUB_SERVE_SPEED: is not a limit"),
        ({}, {"KGPUB_SERVE_ANSWER_SECONDS": "nan"}, {}, "'nan' is no value"),
        ({}, {"KGPUB_SERVE_ANSWER_SECONDS": "inf"}, {}, "'inf' is no value"),
        ({}, {}, {"memory_mb": 1}, "--memory-mb: 1 is no value of this limit\n  Give a whole number, at least 32."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    table: dict[str, Any], environ: dict[str, str], options: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadProject) as caught:
        read_limits(table, environ, options, "kgpub.toml")
    assert says in str(caught.value)
