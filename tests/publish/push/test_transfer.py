"""Releases pushed into real stores: the Oxigraph server and Virtuoso 7."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kgpub.errors import BadInput
from kgpub.project import load_project
from kgpub.publish.push.client import StoreClient, StoreError
from kgpub.publish.push.dump import Dump, open_dump
from kgpub.publish.push.manifest import manifest_name, read_manifest
from kgpub.publish.push.same import written
from kgpub.publish.push.target import find_target
from kgpub.publish.push.transfer import Push, Pushed
from tests.publish.push.conftest import Release
from tests.stores import RunningStore

XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = [
    '"a"@zh-latn-pinyin', '"a"@ko-latn-mr', '"a"@en-gb', '"a"', '"a "', '""', '""@en', f'"a"^^<{XSD}token>',
    '"new\\nline \\"quoted\\" tab\\t back\\\\slash"', '"carriage\\rreturn\\r\\n"', '"\\u0001\\u007F"',
    '"日本 Привет"@ja', '"\\U0001F600"', '"e\\u0301 and \\u00e9"', '"\\\\u0041"', "\"'''\"", '"? <x:y> . { } ;"',
    f'"1950-01-19T00:45:00"^^<{XSD}dateTime>', f'"1950-01-19T00:45:00Z"^^<{XSD}dateTime>',
    f'"1950-01-19T00:45:00.500+03:00"^^<{XSD}dateTime>', f'"1950-13-45"^^<{XSD}date>', f'"1950-01-19"^^<{XSD}date>',
    f'"1950-02"^^<{XSD}gYearMonth>', f'"1950"^^<{XSD}gYear>', f'"12:30:00"^^<{XSD}time>',
    f'"1.50"^^<{XSD}decimal>', f'"1.0"^^<{XSD}decimal>', f'"01"^^<{XSD}integer>', f'"7"^^<{XSD}nonNegativeInteger>',
    f'"123456789012345678901"^^<{XSD}integer>', f'"1"^^<{XSD}boolean>', f'"1.5E0"^^<{XSD}double>',
    '"1950-01~"^^<https://w3id.org/cwcorr/ontology#edtf>', f'"http://x/ y"^^<{XSD}anyURI>',
    "<https://example.org/é/日本>", "<https://example.org/%C3%A9>", "<https://example.org/a?b=c&d=e#f>", "<urn:x:y>",
    f'"{"long é " * 1000}"', f'"{"x" * 50_000}"@en',
]  # fmt: skip
OLD = {"graph/A": ['"old"'] * 5, "graph/B": ['"same"@en'] * 4, "graph/gone": ['"gone"']}
NEW = {"graph/A": ['"new"'] * 7, "graph/B": ['"same"@en'] * 4, "graph/new": ['"added"']}


def push(dump: Dump, client: StoreClient, base: str, version: str = "1") -> Pushed:
    return Push(dump, client, base, version).run()


def held(client: StoreClient, base: str) -> dict[str, int]:
    """Count every graph of the store that is below the base, by one query over all of it."""
    query = f'SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{base}")) }} GROUP BY ?g'
    rows = client._select(query)
    return {row["g"]["value"].removeprefix(base): int(row["n"]["value"]) for row in rows if "g" in row}


def holds(client: StoreClient, base: str, dump: Dump) -> None:
    """The store holds the release, its manifest, and nothing else of this publication."""
    graphs = held(client, base)
    assert graphs.pop("push/manifest") == 3 + 2 * len(dump.names())
    assert graphs == {name.removeprefix(base): len(dump.starts[name]) for name in dump.names()}
    for name in dump.names():
        assert written(client.get(name)) == written(b"".join(dump.lines(name)))
    manifest = read_manifest(base, client.get(manifest_name(base)))
    assert manifest.standing
    assert manifest.graphs == set(dump.names())


def test_a_release_replaces_the_one_before(store: RunningStore, base: str, release: Release) -> None:
    old, new = release(OLD), release(NEW)
    with store.client() as client:
        first = push(old, client, base)
        assert (first.standing, first.loaded, first.removed, first.statements) == (0, 3, 0, 10)
        holds(client, base, old)
        second = push(new, client, base, "2")
        assert (second.standing, second.loaded, second.removed, second.statements) == (1, 2, 1, 12)
        holds(client, base, new)
        assert b'"2"' in client.get(manifest_name(base))
        again = push(new, client, base, "2")
        assert (again.standing, again.loaded, again.removed) == (3, 0, 0)
        assert again.digest == second.digest != first.digest


def test_hostile_values_come_back_as_they_were(store: RunningStore, base: str, release: Release) -> None:
    dump = release({"graph/é": HOSTILE, "graph/long": [f'"{"z" * 400_000}"', '"short"']})
    with store.client() as client:
        push(dump, client, base)
        for name in dump.names():
            assert written(client.get(name)) == written(b"".join(dump.lines(name)))
        assert push(dump, client, base).standing == 2


def test_one_and_one_point_nought_may_be_one_statement(store: RunningStore, tmp_path: Path, base: str) -> None:
    """They are to Virtuoso; Oxigraph has two."""
    file = tmp_path / "two.nq"
    file.write_text(
        "".join(f'<{base}s> <{base}p> "{value}"^^<{XSD}{kind}> <{base}graph/A> .\n' for value, kind in
                (("1", "integer"), ("1.0", "decimal"))),
        encoding="utf-8",
    )  # fmt: skip
    with store.client() as client:
        assert push(open_dump(file), client, base).statements == (2 if store.url.endswith("/store") else 1)


def test_a_value_that_the_store_changes_is_found_before_the_old_release_is_touched(
    virt: RunningStore, base: str, release: Release
) -> None:
    """Virtuoso 7.2.5 turns a duration into seconds."""
    old = release(OLD)
    with virt.client() as client:
        push(old, client, base)
        with pytest.raises(StoreError, match=r"graph <.*graph/A> does not come back as it was sent: 1 missing.*P1D"):
            push(release({"graph/A": [f'"P1D"^^<{XSD}duration>']}), client, base)
        left = held(client, base)
        assert {name: left[name] for name in OLD} == {"graph/A": 5, "graph/B": 4, "graph/gone": 1}
        push(old, client, base)
        holds(client, base, old)


def test_readers_see_the_old_release_or_the_new_one(store: RunningStore, base: str, release: Release) -> None:
    """Never half a graph, and as both releases fit into one update, never some graphs of each."""
    graphs = [f"graph/{number:02}" for number in range(6)]
    old, new = (release({name: [f'"{word} {n}"' for n in range(size)] for name in graphs})
                for word, size in (("old", 60), ("new", 100)))  # fmt: skip
    seen: set[tuple[int, ...]] = set()
    reading, stop = threading.Event(), threading.Event()

    def read() -> None:
        with store.client() as reader:
            while not stop.is_set():
                seen.add(tuple(reader.counts([base + name for name in graphs]).values()))
                reading.set()

    with store.client() as client:
        push(old, client, base)
        thread = threading.Thread(target=read)
        thread.start()
        try:
            assert reading.wait(20)
            push(new, client, base)
        finally:
            stop.set()
            thread.join()
        holds(client, base, new)
    assert (60,) * 6 in seen
    assert seen <= {(60,) * 6, (100,) * 6}


class Stopped(BaseException):
    """What stands for the end of the process."""


def stop_at(client: StoreClient, number: int, before: bool, end: Callable[[], None]) -> None:
    """Let the process end before or after its request of this number."""
    original, asked = client.http.request, 0

    def request(*arguments: object, **named: object) -> object:
        nonlocal asked
        asked += 1
        if before and asked == number:
            end()
        answer = original(*arguments, **named)  # type: ignore[arg-type]
        if asked == number:
            end()
        return answer

    client.http.request = request  # type: ignore[method-assign, assignment]


def _stop() -> None:
    raise Stopped


def test_broken_off_at_any_request_the_next_push_ends_it(ox: RunningStore, base: str, release: Release) -> None:
    old, new = release(OLD), release(NEW)
    whole = ({"graph/A": 5, "graph/B": 4, "graph/gone": 1}, {"graph/A": 7, "graph/B": 4, "graph/new": 1})
    broken = 0
    while True:
        with ox.client() as client:
            push(old, client, base)
            stop_at(client, broken + 1, before=False, end=_stop)
            try:
                push(new, client, base)
            except Stopped:
                broken += 1
            else:
                break
        with ox.client() as client:
            left = {name: count for name, count in held(client, base).items() if name.startswith("graph/")}
            # The old one is removed last: until then it may stand beside the new one.
            assert left in (*whole, {**whole[1], "graph/gone": 1})
            push(new, client, base)
            holds(client, base, new)
    assert broken > 20


def test_after_one_that_was_broken_off_another_release_may_follow(
    store: RunningStore, base: str, release: Release
) -> None:
    old, new, third = release(OLD), release(NEW), release({"graph/B": ['"third"'], "graph/C": ['"third"']})
    for number in (9, 14):
        with store.client() as client:
            push(old, client, base)
            stop_at(client, number, before=True, end=_stop)
            with pytest.raises(Stopped):
                push(new, client, base)
        with store.client() as client:
            push(third, client, base)
            holds(client, base, third)


def test_broken_off_while_a_large_graph_is_laid_beside_it_is_laid_there_anew(
    store: RunningStore, base: str, release: Release
) -> None:
    dump = release({"graph/A": [f'"value {number}"' for number in range(50)]})
    with store.client() as client:
        client.chunk = 500
        sent: list[str] = []

        def send(method: str, name: str, body: bytes) -> None:
            sent.append(method)
            if name != manifest_name(base) and sent.count("POST") == 8:
                raise Stopped
            StoreClient._send(client, method, name, body)

        half = _Sending(client, send)
        with pytest.raises(Stopped):
            push(dump, half, base)
        assert 0 < held(client, base)[f"push/{dump.digest(dump.names()[0])[:32]}"] < 50
        assert "graph/A" not in held(client, base)
        push(dump, client, base)
        holds(client, base, dump)


class _Sending(StoreClient):
    """A client whose sending is another's."""

    def __init__(self, client: StoreClient, send: Callable[[str, str, bytes], None]) -> None:
        self.target, self.login, self.chunk, self.wait = client.target, client.login, client.chunk, client.wait
        self.http, self._reached, self.send = client.http, True, send

    def _send(self, method: str, name: str, body: bytes) -> None:
        self.send(method, name, body)


PROGRAM = """
import os, signal, sys
from pathlib import Path
from kgpub.publish.push.client import StoreClient
from kgpub.publish.push.dump import open_dump
from kgpub.publish.push.target import find_target
from kgpub.publish.push.transfer import Push
from tests.publish.push.test_transfer import stop_at
login = tuple(sys.argv[5].split(":")) if sys.argv[5] else None
with StoreClient(find_target(sys.argv[1]), login) as client:
    stop_at(client, int(sys.argv[4]), True, lambda: os.kill(os.getpid(), signal.SIGKILL))
    Push(open_dump(Path(sys.argv[2])), client, sys.argv[3], "1").run()
"""


def test_a_killed_process_is_made_up_for(store: RunningStore, base: str, release: Release) -> None:
    old, new = release(OLD), release(NEW)
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with store.client() as client:
        push(old, client, base)
        login = ":".join(store.login or ())
        command = [sys.executable, "-c", PROGRAM, store.url, str(new.file), base, "9", login]
        killed = subprocess.run(command, env=environment, timeout=60, check=False)
        assert killed.returncode == -signal.SIGKILL
        left = held(client, base)
        assert left["graph/A"] == 5
        assert len([name for name in left if name.startswith("push/")]) == 2
        push(new, client, base)
        holds(client, base, new)


def test_without_updates_each_graph_is_replaced_where_it_stands(ox: RunningStore, base: str, release: Release) -> None:
    old, new = release(OLD), release(NEW)
    with StoreClient(find_target(ox.url, in_place=True)) as client:
        push(old, client, base)
        stop_at(client, 10, before=False, end=_stop)
        with pytest.raises(Stopped):
            push(new, client, base)
    with StoreClient(find_target(ox.url, in_place=True)) as client:
        assert held(client, base)["graph/gone"] == 1
        pushed = push(new, client, base)
        assert pushed.removed == 1
        holds(client, base, new)


def test_a_graph_that_somebody_changed_is_put_right(ox: RunningStore, base: str, release: Release) -> None:
    dump = release(OLD)
    with ox.client() as client:
        push(dump, client, base)
        client.update(f'INSERT DATA {{ GRAPH <{base}graph/A> {{ <{base}s> <{base}p> "stray" }} }}')
        assert push(dump, client, base).loaded == 1
        holds(client, base, dump)


def test_an_exchange_that_did_not_take_is_found_and_nothing_removed(
    ox: RunningStore, base: str, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ox.client() as client:
        push(release(OLD), client, base)
        monkeypatch.setattr(StoreClient, "update", lambda self, request: None)
        with pytest.raises(StoreError, match=r"is not what was exchanged: 7 missing.*; 5 not of the release") as caught:
            push(release(NEW), client, base)
        assert "again" in caught.value.advice
        assert held(client, base)["graph/gone"] == 1


def test_an_answer_that_is_cut_off_is_said(
    ox: RunningStore, base: str, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ox.client() as client:
        push(release(OLD), client, base)
        whole = client.get(base + "graph/A")
        monkeypatch.setattr(StoreClient, "get", lambda self, name: whole[:-20] if name.endswith("A") else b"")
        with pytest.raises(StoreError, match="graph/A> comes back as no N-Triples"):
            push(release(OLD), client, base)


def test_a_count_that_is_wrong_is_found(
    ox: RunningStore, base: str, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counts(self: StoreClient, names: list[str]) -> Mapping[str, int]:
        return dict.fromkeys(names, 4)

    monkeypatch.setattr(StoreClient, "counts", counts)
    with ox.client() as client, pytest.raises(StoreError, match=r"graph/A>: a query counts 4 statements.* has 5"):
        push(release(OLD), client, base)


def test_a_store_with_a_limit_is_exchanged_in_batches(ox: RunningStore, base: str, release: Release) -> None:
    dump = release({f"graph/{number}": ['"x"'] * 4 for number in range(5)})
    told: list[tuple[str, int, int]] = []
    with ox.client() as client:
        client.target = replace(client.target, kind=replace(client.target.kind, switch=8))
        Push(dump, client, base, "1", lambda *step: told.append(step)).run()
        holds(client, base, dump)
    assert [step for step in told if step[0] == "exchange"] == [("exchange", n, 5) for n in (2, 4, 5)]
    assert [step for step in told if step[0] == "push"][-1] == ("push", 5, 5)


def test_a_graph_in_the_room_of_the_push_is_refused(ox: RunningStore, base: str, release: Release) -> None:
    with ox.client() as client, pytest.raises(BadInput, match="push/x>: graphs below"):
        push(release({"push/x": ['"x"']}), client, base)


def test_a_wrong_address_for_queries_or_updates_is_found_before_anything_is_loaded(
    ox: RunningStore, base: str, release: Release
) -> None:
    dump = release(OLD)
    root = ox.url.removesuffix("/store")
    for wrong in (find_target(ox.url, query=f"{root}/none"), find_target(ox.url, update=f"{root}/none")):
        with StoreClient(wrong) as client, pytest.raises(StoreError, match="/none: 404"):
            push(dump, client, base)
    nowhere = find_target(f"{root}/none", query=f"{root}/query", update=f"{root}/update")
    with StoreClient(nowhere) as client, pytest.raises(StoreError, match="No Graph Store"):
        push(dump, client, base)
    with ox.client() as client:
        assert held(client, base) == {}


def test_a_wrong_password_is_refused_by_virtuoso(virt: RunningStore, base: str, release: Release) -> None:
    for login in (None, ("dba", "wrong")):
        with StoreClient(find_target(virt.url), login) as client, pytest.raises(StoreError, match="401") as caught:
            push(release(OLD), client, base)
        assert "KGPUB_PUSH_USER" in caught.value.advice


def test_the_tiny_publication_is_pushed_as_it_is_built(store: RunningStore, built: Path) -> None:
    project = load_project(built)
    dump = open_dump(project.outputs.dist / f"{project.outputs.name}.nq")
    with store.client() as client:
        pushed = push(dump, client, project.base)
        holds(client, project.base, dump)
    assert pushed.statements == sum(map(len, dump.starts.values())) > 500
