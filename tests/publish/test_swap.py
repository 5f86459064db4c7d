"""A folder that appears whole or not at all, whenever its maker is killed."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgpub.errors import BadInput
from kgpub.publish import swap
from kgpub.publish.swap import exchange, recover, replacing

# Runs `kgpub build`, once for each line that it is told, and kills the build, without a word, before its N-th change to the
# file system. A killed thread or a timer would hit the few decisive moments by luck only; the interpreter's audit events
# (PEP 578) name every one of them. Each build is a process of its own, forked where the package has been imported already.
KILLED_BUILDS = """
import json, os, signal, sys, tempfile
from kgpub import cli, pipeline
from kgpub.publish import swap

def build(file, moment, atomic):
    if not atomic:
        swap._exchange_atomically = lambda one, other: False
    seen, swaps = 0, []

    def hook(event, args):
        nonlocal seen
        swaps_now = event == "os.rename" and "dist" in str(args[1]) or event == "ctypes.dlsym" and args[1] == "renameat2"
        writes = event == "open" and isinstance(args[1], str) and "w" in args[1]
        if not (swaps_now or writes or event in ("os.mkdir", "os.rename", "os.rmdir", "os.remove")):
            return
        seen += 1
        if swaps_now:
            swaps.append(seen)
        if seen == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    try:
        cli.cli(["--project", file, "build", "--workers", "1"], prog_name="kgpub", standalone_mode=False)
    finally:
        print(seen, *swaps, file=sys.stderr, flush=True)

for line in sys.stdin:
    file, moment, day, atomic = json.loads(line)
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            os.environ["SOURCE_DATE_EPOCH"] = str(day * 86_400)
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            code = 1
            try:
                build(file, moment, atomic)
                code = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stderr.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        said.seek(0)
        print(json.dumps([code, said.read().decode()]), flush=True)
"""
Tree = dict[str, str]


def tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_whole(dist: Path) -> bool:
    """Whether SHA256SUMS names every file of the folder, each with its digest."""
    files = tree(dist)
    files.pop("SHA256SUMS")
    lines = (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {line[66:]: line[:64] for line in lines} == files


@dataclass(frozen=True)
class Done:
    """How a build ended: the code of its process, less than nothing where it was killed, and all that it said."""

    code: int
    said: str


Build = Callable[..., Done]


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    """`build(file, moment, day=1)` runs a build in a process of its own; `day` tells one publication from the next."""
    command = [sys.executable, "-c", KILLED_BUILDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        asking, answers = program.stdin, program.stdout
        assert asking is not None
        assert answers is not None

        def run(file: Path, moment: int = 0, *, day: int, atomic: bool = True) -> Done:
            print(json.dumps([str(file), moment, day, atomic]), file=asking, flush=True)
            return Done(*json.loads(answers.readline()))

        yield run
        asking.close()
        assert program.wait(10) == 0


def moments(changes: int, swaps: list[int]) -> list[int]:
    """Some spread over the whole build, and those just before and after each step of the swap."""
    return sorted({1, *range(changes // 5, changes, changes // 5), *swaps, *(swap + 1 for swap in swaps)})


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "file").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=["atomic exchange", "two renames"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be replaced, once as Linux does it and once as a system without renameat2 has to."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange_atomically", lambda one, other: False)
    return tmp_path / "dist"


def names(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_first_folder_appears_when_the_block_ends(target: Path) -> None:
    """Not before."""
    with replacing(target) as beside:
        write(beside, "new")
        assert not target.exists()
    assert (target / "file").read_text(encoding="utf-8") == "new"
    assert names(target) == ["dist"]


def test_the_new_folder_takes_the_place_of_the_old(target: Path) -> None:
    """Nothing of the old one stays, in it or beside it."""
    write(target, "old")
    (target / "stale").write_text("x", encoding="utf-8")
    with replacing(target) as beside:
        assert list(beside.iterdir()) == []
        write(beside, "new")
        assert (target / "file").read_text(encoding="utf-8") == "old"
    assert [path.name for path in target.iterdir()] == ["file"]
    assert (target / "file").read_text(encoding="utf-8") == "new"
    assert names(target) == ["dist"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_in_the_block_leaves_the_old_folder(target: Path, error: type[BaseException]) -> None:
    """An interrupt too; the half-made folder is removed."""
    write(target, "old")

    def broken() -> None:
        with replacing(target) as beside:
            write(beside, "half")
            raise error

    with pytest.raises(error):
        broken()
    assert (target / "file").read_text(encoding="utf-8") == "old"
    assert names(target) == ["dist"]


def test_what_a_killed_build_left_is_cleared(target: Path) -> None:
    """The next build begins with an empty folder."""
    write(target.with_name(".dist.new"), "half")
    with replacing(target) as beside:
        assert list(beside.iterdir()) == []
    assert names(target) == ["dist"]


def test_a_folder_below_one_that_is_not_there_can_be_made(tmp_path: Path) -> None:
    """`dist = "out/site"` needs no `mkdir out` first."""
    with replacing(tmp_path / "out" / "site") as beside:
        write(beside, "new")
    assert (tmp_path / "out" / "site" / "file").is_file()


def test_two_renames_stopped_between_are_recovered(tmp_path: Path) -> None:
    """The old folder has been set aside and the new one is not there yet: the old one comes back."""
    write(tmp_path / ".dist.old", "old")
    recover(tmp_path / "dist")
    assert (tmp_path / "dist" / "file").read_text(encoding="utf-8") == "old"
    assert names(tmp_path / "dist") == ["dist"]


def test_two_renames_stopped_after_are_cleared(tmp_path: Path) -> None:
    """The new one is in its place: the old one, set aside, goes."""
    write(tmp_path / ".dist.old", "old")
    write(tmp_path / "dist", "new")
    recover(tmp_path / "dist")
    assert (tmp_path / "dist" / "file").read_text(encoding="utf-8") == "new"
    assert names(tmp_path / "dist") == ["dist"]


def test_exchange_swaps_both_ways(target: Path) -> None:
    """Afterwards the folder beside holds the old one."""
    write(target, "old")
    beside = write(target.with_name("beside"), "new")
    exchange(beside, target)
    assert (target / "file").read_text(encoding="utf-8") == "new"
    assert (beside / "file").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux's; elsewhere two renames do it")
def test_the_exchange_is_atomic_here(tmp_path: Path) -> None:
    """Without this the test above would pass by the two renames alone."""
    one, other = write(tmp_path / "one", "1"), write(tmp_path / "other", "2")
    assert swap._exchange_atomically(one, other)
    assert (one / "file").read_text(encoding="utf-8") == "2"
    assert not swap._exchange_atomically(one, tmp_path / "missing")


@pytest.mark.slow
@pytest.mark.parametrize("atomic", [True, False], ids=["atomic exchange", "two renames"])
def test_a_build_killed_at_any_moment_leaves_a_whole_publication(
    build: Build, warm: Callable[..., Path], tmp_path: Path, atomic: bool
) -> None:
    """SIGKILL before many of its changes to the disk: SHA256SUMS holds, and the next build needs no help."""
    file = warm(tmp_path)
    dist = file.parent / "dist"
    first = build(file, day=1, atomic=atomic)
    assert first.code == 0, first.said
    old = tree(dist)
    again = build(file, day=2, atomic=atomic)
    changes, *swaps = map(int, again.said.splitlines()[-1].split())
    new = tree(dist)
    assert old != new
    assert changes > 100
    assert len(swaps) == (1 if atomic else 3)
    assert build(file, day=1, atomic=atomic).code == 0
    assert tree(dist) == old

    seen = []
    for moment in moments(changes, swaps):
        killed = build(file, moment, day=2, atomic=atomic)
        assert killed.code == -signal.SIGKILL, f"moment {moment} of {changes}: {killed.said}"
        if not atomic:
            recover(dist)
        left = tree(dist)
        assert is_whole(dist), moment
        assert left in (old, new), moment
        seen.append(left == new)
        if left == new:
            assert build(file, day=1, atomic=atomic).code == 0
            assert tree(dist) == old
        # The next build would clear it away first, and its changes would no longer be numbered as those of the first.
        shutil.rmtree(file.parent / ".dist.new", ignore_errors=True)
    assert seen == sorted(seen), "once the new one was there it stayed"
    assert set(seen) == {False, True}
    build(file, swaps[0], day=2, atomic=atomic)
    assert names(dist) == [".dist.new", ".kgpub", "corpus", "dist", "kgpub.toml"], "something is left to be cleared"
    done = build(file, day=2, atomic=atomic)
    assert done.code == 0, done.said
    assert tree(dist) == new
    assert names(dist) == [".kgpub", "corpus", "dist", "kgpub.toml"]


def test_two_builds_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """The second says so at once and writes nothing; when the first has ended, another may begin."""
    target = tmp_path / "dist"
    with replacing(target) as first:
        (first / "a").write_text("one", encoding="utf-8")
        with pytest.raises(BadInput, match="another build is writing it"), replacing(target):
            pass
    assert (target / "a").read_text(encoding="utf-8") == "one"
    with replacing(target):
        pass
    assert list(target.iterdir()) == []
