"""The command as a program: standard streams, signals, completion in the shell, and a service started for real."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rdflib

from tests.parts import need

KGPUB = (sys.executable, "-m", "kgpub")
WAIT = 60.0
"""Seconds after which a service that does not answer is given up; no test measures how long one takes."""


def test_errors_of_the_program_itself_are_on_standard_error(tmp_path: Path) -> None:
    """`python -m kgpub` is the same command; the process ends with its exit code."""
    command = [*KGPUB, "--project", str(tmp_path / "none.toml"), "stats"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_the_shell_gets_its_completion() -> None:
    """The script of the help text, and an answer to the question that it asks."""
    environment = {**os.environ, "_KGPUB_COMPLETE": "bash_source"}
    need("bash", "apt-get install bash")
    kgpub = need(str(Path(sys.executable).with_name("kgpub")), "pip install -e .")
    script = subprocess.run([kgpub], env=environment, capture_output=True, text=True, check=True).stdout
    assert "complete -o nosort -F _kgpub_completion kgpub" in script
    asked = {**os.environ, "_KGPUB_COMPLETE": "bash_complete", "COMP_WORDS": "kgpub que", "COMP_CWORD": "1"}
    answer = subprocess.run([kgpub], env=asked, capture_output=True, text=True, check=True).stdout
    assert sorted(answer.split()) == ["plain,queries", "plain,query"]


@contextmanager
def serving(file: Path | None, *options: str, cwd: Path | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `kgpub serve` on a free port of this machine; yields the process and its address, and stops that process."""
    project = () if file is None else ("--project", str(file))
    command = [*KGPUB, *project, "serve", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        ready, _, _ = select.select([process.stderr], [], [], WAIT)
        assert ready, "the service said nothing"
        lines = [process.stderr.readline() for _ in range(4)]
        address = re.search(r"http://127\.0\.0\.1:[1-9]\d*/", "".join(lines))
        assert address, lines
        yield process, address[0]
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=WAIT)


def get(address: str, accept: str = "*/*") -> tuple[int, str]:
    """Ask once; the port is taken before it is named, so the service need only be waited for."""
    request = urllib.request.Request(address, headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_serve_answers_pages_and_sparql_until_it_is_stopped(built: Path) -> None:
    """Port 0 takes a free one, and says which."""
    with serving(built) as (process, address):
        status, page = get(address, "text/html")
        assert status == 200
        assert "Letters of the Lamp Service, 1893" in page
        query = urllib.parse.quote("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d cwc:sender ?s }")
        prefixed = urllib.parse.quote("PREFIX cwc: <https://w3id.org/cwcorr/ontology#> ") + query
        status, answer = get(f"{address}sparql?query={prefixed}", "application/sparql-results+json")
        assert status == 200
        assert json.loads(answer)["results"]["bindings"][0]["n"]["value"] == "4"
        status, turtle = get(f"{address}document/L1", "text/turtle")
        assert status == 200
        assert len(rdflib.Graph().parse(data=turtle)) > 50
        assert get(f"{address}sparql?query=nonsense")[0] == 400
        assert process.poll() is None
        process.terminate()
        process.wait(WAIT)
    assert process.returncode in (0, -signal.SIGTERM, 128 + signal.SIGTERM)


def test_ctrl_c_stops_the_service_without_a_traceback(built: Path) -> None:
    """It is how the start message says to stop it."""
    with serving(built) as (process, address):
        assert get(address)[0] == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=WAIT)
    assert process.returncode in (0, 130)
    assert "Traceback" not in errors
