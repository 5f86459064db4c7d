"""The dependencies: are those installed the ones of the lock, do they agree, is a vulnerability known? `python bench/audit.py`.

The first two need nothing and fail the run. The third needs pip-audit and its database on the internet; where either is not
there, or the database knows nothing of a package, it is said that nothing was audited, and the run does not fail for it. A known
vulnerability does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

__all__ = ["differences", "locked", "unhashed", "verdict"]

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
TIME = 120
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
_OURS = frozenset({"kgpub"})


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> dict[str, str]:
    """Return name and version of each package of a lock file."""
    return {_normal(name): version for name, version in _PIN.findall(text)}


def unhashed(text: str) -> list[str]:
    """Return the packages of a lock file that have no hash: pip would take whatever it is given for them."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return [found[1] for block in blocks if (found := _PIN.match(block)) and "--hash=sha256:" not in block]


def differences(pins: Mapping[str, str], installed: Mapping[str, str]) -> list[str]:
    """Return where the installed packages are not those of the lock, a sentence each."""
    wrong = [
        f"{name} {version} is installed, the lock has {pins[name]}"
        for name, version in sorted(installed.items())
        if name in pins and pins[name] != version
    ]
    return wrong + [f"{name} {pins[name]} of the lock is not installed" for name in sorted(set(pins) - set(installed))]


def verdict(code: int, out: str, err: str) -> tuple[bool, list[str]]:
    """Return whether pip-audit found nothing bad, and what to say: of what it could not look up, that it was not audited."""
    try:
        found: list[dict[str, Any]] = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (err.strip().splitlines() or [f"it ended with {code} and said nothing"])[-1]
        return True, [f"NOT AUDITED: pip-audit gave no answer: {reason[:200]}"]
    bad = [(one, flaw) for one in found for flaw in one.get("vulns", [])]
    skipped = sorted(one["name"] for one in found if "skip_reason" in one)
    lines = [f"{one['name']} {one['version']}: {flaw['id']}, mended in {flaw['fix_versions']}" for one, flaw in bad]
    if skipped:
        lines.append(
            f"NOT AUDITED: {len(skipped)} of {len(found)} packages, unknown to the database: {', '.join(skipped)}"
        )
    if len(skipped) < len(found):
        lines.append(f"audited: {len(found) - len(skipped)} packages, {len(bad)} known vulnerabilities")
    return not bad, lines


def _vulnerabilities() -> tuple[bool, list[str]]:
    program = shutil.which("pip-audit")
    if program is None:
        return True, ["NOT AUDITED: pip-audit is not installed here (`pipx install pip-audit`)"]
    command = [program, "--requirement", str(ROOT / LOCKS[1]), "--disable-pip", "--format", "json", "--timeout", "10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME, check=False)
    except subprocess.TimeoutExpired:
        return True, [f"NOT AUDITED: the database did not answer in {TIME} s"]
    return verdict(done.returncode, done.stdout, done.stderr)


def main() -> int:
    """Print what was found; 1 where the environment is not that of the lock, or a vulnerability is known."""
    problems: list[str] = []
    for name in LOCKS:
        text = (ROOT / name).read_text("utf-8")
        problems += [f"{name}: {one} has no hash" for one in unhashed(text)]
        print(f"{name}: {len(locked(text))} packages, each with its hash" if not problems else f"{name}: see below")
    installed = {_normal(one.metadata["Name"]): one.version for one in distributions()}
    pins = locked((ROOT / LOCKS[1]).read_text("utf-8"))
    problems += differences(pins, installed)
    beside = sorted(set(installed) - set(pins) - _OURS)
    print(f"installed beside the lock: {', '.join(beside) or 'nothing'}")
    agree = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    print(f"pip check: {agree.stdout.strip() or agree.stderr.strip()}")
    good, lines = _vulnerabilities()
    print("\n".join([*lines, *problems]))
    return 0 if good and not problems and agree.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
