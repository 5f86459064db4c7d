"""The wheel holds the built bundle of the pages, with its licences and checksums, although git does not."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from kgpub.publish.browser import bundle
from tests.parts import need
from tests.tiny import PROJECT


def test_the_wheel_holds_the_bundle_as_its_checksums_say(tmp_path: Path) -> None:
    need(bundle() or Path("the bundle of web/"), "make assets")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        sums = packed.read("kgpub/publish/assets/SHA256SUMS").decode()
        stated = {line[66:]: line[:64] for line in sums.splitlines()}
        assert stated.keys() >= {"engine.js", "sparql.js", "sparql.css", "oxigraph.wasm.gz", "LICENSES.txt"}
        for name, digest in stated.items():
            assert hashlib.sha256(packed.read(f"kgpub/publish/assets/{name}")).hexdigest() == digest
        licences = packed.read("kgpub/publish/assets/LICENSES.txt").decode()
    for name in ("@zazuko/yasgui", "codemirror", "datatables.net", "jquery", "n3", "oxigraph"):
        assert f"\n{name} " in licences
