"""The folder being built: what is written is known by size and digest, and the sums can be checked by anybody."""

from __future__ import annotations

import gzip
import hashlib
import subprocess

import pytest

from kgpub.publish.output import SUMS, Output
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


def test_what_goes_wrong_in_a_writing_thread_is_raised(output: Output) -> None:
    """A file that could not be written must stop the build, not be missing from it."""
    (output.folder / "taken.ttl").mkdir()
    output.write("taken.ttl", b"x")
    with pytest.raises(IsADirectoryError):
        output.settle()


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
