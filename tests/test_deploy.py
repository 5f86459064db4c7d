"""deploy/ and docs/deploy.md: the files are taken by the programs they are for, and say what the service does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kgpub.project import Project, load_project
from kgpub.serve.app import Limits, read_limits
from kgpub.serve.headers import SECURITY
from tests.parts import bench_program
from tests.serve.published import SMALL, published
from tests.serve.running import ask
from tests.serve.test_every_route import PARAMETERS
from tests.tiny import PROJECT

DEPLOY = PROJECT / "deploy"
UNIT = (DEPLOY / "kgpub.service").read_text("utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8")
CHEAP = (
    "/{path:path}",
    "/graph/{path:path}",
    "/conformance",
    "/catalogue",
    "/openapi.json",
    "/.well-known/sparql-examples",
)
"""Routes that read a parameter and run no query."""
PAGE = (PROJECT / "docs" / "deploy.md").read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="has no systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """With a program that is there, as systemd looks whether it is."""
    (tmp_path / "kgpub.service").write_text(UNIT.replace("/opt/kgpub/venv/bin/kgpub", "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "kgpub.service")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "kgpub" in line]) == (0, [])


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="has no nginx or no openssl")
def test_nginx_takes_the_example(tmp_path: Path) -> None:
    """With certificates made for it; not a warning is left."""
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=data.example.org"]
    subprocess.run(
        [*new, "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"], check=True, capture_output=True
    )
    text = NGINX.replace("/etc/letsencrypt/live/data.example.org", str(tmp_path))
    (tmp_path / "kgpub.conf").write_text(text, "utf-8")
    main = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ include {tmp_path}/kgpub.conf; }}"
    (tmp_path / "nginx.conf").write_text(main, "utf-8")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_the_files_that_nginx_gives_out_bear_the_headers_of_the_service() -> None:
    given = dict(re.findall(r'add_header (\S+) "?([^;"]*(?:; [^"]*)?)"? always;', NGINX))
    shared = ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    assert {name: given.get(name) for name in shared} == {name: SECURITY[name] for name in shared}


def test_every_route_that_runs_queries_has_the_smaller_rate() -> None:
    (slow,) = re.findall(r"location ~ (\^\S+) \{\n\s+limit_req zone=kgpub_queries", NGINX)
    costly = [route for route, names in PARAMETERS.items() if names and route not in CHEAP]
    assert [route for route in costly if not re.match(slow, route)] == []
    assert not re.match(slow, "/document/L1")


@pytest.mark.slow
def test_what_the_container_copies_is_all_that_the_service_needs(publication: Project, tmp_path: Path) -> None:
    """The folder that the image has, with the publication that is built, and no corpus beside it."""
    (_, final) = CONTAINER.split("\nFROM ")[0:1] + CONTAINER.split("\nFROM ")[-1:]
    copied = re.findall(r"^COPY (?!--from)(\S+) \S+$", final, re.MULTILINE)
    assert copied == ["kgpub.toml", "queries", "dist"]
    for name in copied[:2]:
        there = PROJECT / name
        shutil.copytree(there, tmp_path / name) if there.is_dir() else shutil.copy(there, tmp_path)
    (tmp_path / "dist").symlink_to(publication.outputs.dist)
    with published(tmp_path / "kgpub.toml", SMALL) as served:
        assert ask(f"{served.root}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D").body == b'{"head":{},"boolean":true}'
        assert ask(f"{served.root}/queries").status == 200


def test_the_container_runs_as_nobody_and_installs_by_hash() -> None:
    assert re.search(r"^USER 65532:65532$", CONTAINER, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in CONTAINER
    assert CONTAINER.index("USER 65532") < CONTAINER.index("ENTRYPOINT")


def test_the_page_lists_every_limit_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    defaults = {
        one.name: f"{one.default:g}" if isinstance(one.default, float) else str(one.default) for one in fields(Limits)
    }
    defaults["workers"] = "processors, at least 2"
    assert rows == [(name, f"KGPUB_SERVE_{name.upper()}", default) for name, default in defaults.items()]


def test_the_example_of_the_page_is_taken_by_kgpub_toml(built: Path, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "kgpub.toml"
    file.write_text(f"{built.read_text('utf-8')}\n{example}", "utf-8")
    project = load_project(file, corpus=False)
    limits = read_limits(project.serve, {}, {}, "kgpub.toml")
    assert limits == replace(Limits(), answer_seconds=10.0, rows=50_000)


AUDIT = bench_program("audit")
LOCK = "a-b==1.0 \\\n    --hash=sha256:00 \\\n    # via c\nc.d[x,y]==2 \\\n    --hash=sha256:11\ne==3\n"


def test_the_lock_is_read_and_a_package_without_hash_is_named() -> None:
    assert AUDIT.locked(LOCK) == {"a-b": "1.0", "c-d": "2", "e": "3"}
    assert AUDIT.unhashed(LOCK) == ["e"]
    for name in AUDIT.LOCKS:
        assert AUDIT.unhashed((PROJECT / name).read_text("utf-8")) == []


def test_an_environment_that_is_not_the_locks_is_told() -> None:
    assert AUDIT.differences({"a": "1", "b": "2"}, {"a": "1", "c": "9"}) == ["b 2 of the lock is not installed"]
    assert AUDIT.differences({"a": "1"}, {"a": "2"}) == ["a 2 is installed, the lock has 1"]


def test_silence_of_the_database_is_no_clean_bill() -> None:
    assert AUDIT.verdict(1, "", "x\nConnection refused") == (
        True,
        ["NOT AUDITED: pip-audit gave no answer: Connection refused"],
    )
    unknown = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}
    assert AUDIT.verdict(0, json.dumps(unknown), "") == (
        True,
        ["NOT AUDITED: 1 of 1 packages, unknown to the database: a"],
    )


def test_a_known_vulnerability_fails() -> None:
    flaw = {"id": "PYSEC-1", "fix_versions": ["2"]}
    bad = {"dependencies": [{"name": "a", "version": "1", "vulns": [flaw]}, {"name": "b", "version": "1", "vulns": []}]}
    good, lines = AUDIT.verdict(1, json.dumps(bad), "")
    assert not good
    assert lines == ["a 1: PYSEC-1, mended in ['2']", "audited: 2 packages, 1 known vulnerabilities"]
