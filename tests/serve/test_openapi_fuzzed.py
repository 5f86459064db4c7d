"""Every operation of the OpenAPI document, where the service has one, asked by schemathesis: never an error of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts import need
from tests.serve.published import published
from tests.serve.running import ask

FLAGS = [
    "--phases",
    "examples,fuzzing",
    "--max-examples",
    "5",
    "--checks",
    "not_a_server_error",
    "--seed",
    "1",
    "--no-color",
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="runs the service as a process")
def test_no_operation_of_the_document_fails_whatever_it_is_asked(built: Path, tmp_path: Path) -> None:
    with published(built) as service:
        address = f"{service.root}/openapi.json"
        if ask(address).status == 404:
            pytest.skip("this version of the service has no OpenAPI document")
        program = need(Path(sys.executable).with_name("schemathesis"), "make test")
        done = subprocess.run(
            [program, "run", address, *FLAGS], capture_output=True, text=True, check=False, timeout=120
        )
        told = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
        assert told, done.stdout + done.stderr
        assert done.returncode == 0, done.stdout
        assert int(told[1]) == int(told[2]) > 50
        assert "Traceback" not in service.said()
