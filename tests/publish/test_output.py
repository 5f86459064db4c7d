"""The folder being built: what is written is known by size and digest, and the sums can be checked by anybody."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from kgpub.publish.output import SUMS, Output, open_output, read_earlier
from tests.parts import need


def test_a_file_is_known_by_its_size_and_digest_when_it_is_written(output: Output) -> None:
    """The catalogue reads sizes and checksums here, and reads no file again."""
    output.write("person/ada.ttl", b"one\n")
    output.settle()
    assert (output.folder / "person" / "ada.ttl").read_bytes() == b"one\n"
    assert output.files == {"person/ada.ttl": (4, hashlib.sha256(b"one\n").hexdigest())}


def test_a_packed_file_holds_the_content_and_has_the_same_bytes_each_time(output: Output) -> None:
    """A time or a name in the gzip header would change the checksum of an unchanged dump."""
    content = b"statement .\n" * 500
    output.pack("one.nq.gz", content)
    output.pack("two.nq.gz", content)
    output.settle()
    packed = (output.folder / "one.nq.gz").read_bytes()
    assert gzip.decompress(packed) == content
    assert packed == (output.folder / "two.nq.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert output.files["one.nq.gz"] == (len(packed), hashlib.sha256(packed).hexdigest())


def test_what_goes_wrong_in_a_packing_thread_is_raised(output: Output) -> None:
    """A file that could not be written must stop the build, not be missing from it."""
    (output.folder / "taken.gz").mkdir()
    output.pack("taken.gz", b"x")
    with pytest.raises(IsADirectoryError):
        output.settle()


def kept(folder: Path, record: Path, key: str, content: bytes) -> Path:
    """Keep one file in a new folder beside `folder`, as the next build does, and return where it is."""
    after = folder.with_name(f"{folder.name}-next")
    after.mkdir()
    with open_output(after, read_earlier(folder, record)) as output:
        output.keep("a/one.ttl", key, lambda: content)
        assert output.files["a/one.ttl"] == (len(content), hashlib.sha256(content).hexdigest())
        record.write_text(output.record(), encoding="utf-8")
    return after / "a" / "one.ttl"


def test_a_file_is_kept_where_its_key_is_the_same(tmp_path: Path) -> None:
    """To link what is there costs a fortieth of writing it again."""
    record = tmp_path / "record.json"
    first = kept(tmp_path / "none", record, "k1", b"one")
    second = kept(first.parents[1], record, "k1", b"one")
    assert second.samefile(first)
    third = kept(second.parents[1], record, "k2", b"two")
    assert not third.samefile(second)
    assert third.read_bytes() == b"two"


def test_a_file_somebody_has_changed_is_not_kept(tmp_path: Path) -> None:
    """Whatever happened to the old publication, the new one holds what the corpus says."""
    record = tmp_path / "record.json"
    first = kept(tmp_path / "none", record, "k1", b"one")
    first.write_bytes(b"two")
    os.utime(first, ns=(1, 1))
    second = kept(first.parents[1], record, "k1", b"one")
    assert second.read_bytes() == b"one"
    second.unlink()
    assert kept(second.parents[1], record, "k1", b"one").read_bytes() == b"one"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a/one.ttl": 5}', '{"a/one.ttl": ["k1"]}'])
def test_a_record_that_cannot_be_read_keeps_nothing(tmp_path: Path, text: str) -> None:
    """It is a cache: losing it costs time, never a build."""
    record = tmp_path / "record.json"
    first = kept(tmp_path / "none", record, "k1", b"one")
    record.write_text(text, encoding="utf-8")
    assert not kept(first.parents[1], record, "k1", b"one").samefile(first)


def test_the_sums_are_what_sha256sum_checks(output: Output) -> None:
    """The file is read by the program itself; a byte more in one file is found by it."""
    program = need("sha256sum", "it is part of GNU coreutils")
    for name in ("b.ttl", "a/c d.ttl", "a/é.ttl"):
        output.write(name, name.encode())
    output.write_sums()
    lines = (output.folder / SUMS).read_text(encoding="utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == ["a/c d.ttl", "a/é.ttl", "b.ttl"]

    command = [str(program), "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(command, cwd=output.folder, check=False).returncode == 0
    (output.folder / "b.ttl").write_bytes(b"b.ttl ")
    found = subprocess.run(command, cwd=output.folder, check=False, capture_output=True, text=True)
    assert found.returncode == 1
    assert "b.ttl: FAILED" in found.stdout
