"""`kgpub push` as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgpub.cli import cli
from tests.stores import RunningStore, oxigraph
from tests.tiny import make_tiny


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


def push(project: Path, *words: str) -> Result:
    environment = {"no_proxy": "127.0.0.1", "KGPUB_PUSH_USER": "anna", "KGPUB_PUSH_PASSWORD": "secret"}
    return CliRunner().invoke(cli, ["--project", str(project), "push", *words], env=environment)


def test_it_says_what_the_store_holds_now(store: RunningStore, built: Path) -> None:
    first = push(built, store.url)
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith("The store holds release ")
    assert "; 0 stood already; removed 0.\n" in first.stdout
    assert "Loading: " in first.stderr
    assert "Exchanging: " in first.stderr
    again = push(built, store.url, "--kind", "oxigraph")
    assert again.stdout.splitlines()[0] == first.stdout.splitlines()[0]
    assert "Loaded 0 graphs; " in again.stdout
    assert "secret" not in first.output + again.output


def test_what_cannot_be_done_is_an_error_of_code_2(store: RunningStore, built: Path) -> None:
    for words, told in (
        (["http://127.0.0.1:1/graphs"], "--query-endpoint"),
        (["http://127.0.0.1:1/store"], "Is the store running"),
        ([store.url, "--query-endpoint", store.url], "docs/push.md"),
        ([store.url, "--kind", "other"], "Invalid value for '--kind'"),
    ):
        result = push(built, *words)
        assert result.exit_code == 2
        assert told in result.stderr


def test_without_a_build_there_is_nothing_to_push(store: RunningStore, tmp_path: Path) -> None:
    result = push(make_tiny(tmp_path / "unbuilt"), store.url)
    assert result.exit_code == 2
    assert "Run `kgpub build` first." in result.stderr
