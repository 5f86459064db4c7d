"""The site as one zip."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from kgpub.publish.output import Output, open_output, read_earlier
from kgpub.publish.zipped import write_zip

FILES = {
    "index.html": b"<p>start</p>" * 50,
    "person/ж.html": b"<p>page</p>" * 50,
    "letters.nq": b"a" * 100,
    "letters.nq.gz": b"\x1f\x8bpacked" * 9,
    "empty.js": b"",
}


def write(folder: Path, files: dict[str, bytes] = FILES, before: Path | None = None) -> Path:
    """Write files and their zip below a folder, as a build after the one in `before` does."""
    folder.mkdir()
    record = folder.with_suffix(".json")
    earlier = read_earlier(before, before.with_suffix(".json")) if before else None
    with open_output(folder, earlier) as output:
        for name, content in files.items():
            output.write(name, content)
        assert write_zip(output, "letters-site.zip", "letters", "2030-01-02", frozenset({"letters.nq"}))
        output.write_sums()
    record.write_text(output.record(), encoding="utf-8")
    return folder


def test_it_holds_what_it_should_in_a_folder_of_its_own_with_one_time(tmp_path: Path) -> None:
    folder = write(tmp_path / "one")
    with ZipFile(folder / "letters-site.zip") as made:
        assert made.testzip() is None
        names = made.namelist()
        assert names == sorted(names)
        assert set(names) == {f"letters/{name}" for name in (*FILES, "SHA256SUMS")} - {"letters/letters.nq"}
        for info in made.infolist():
            assert info.date_time == (2030, 1, 2, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
        assert made.read("letters/person/ж.html") == FILES["person/ж.html"]
        assert made.getinfo("letters/letters.nq.gz").compress_type == ZIP_STORED
        assert made.getinfo("letters/index.html").compress_type == ZIP_DEFLATED
        sums = {line[66:]: line[:64] for line in made.read("letters/SHA256SUMS").decode().splitlines()}
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in FILES.items() if name != "letters.nq"
    }
    listed = (folder / "SHA256SUMS").read_text("utf-8")
    assert f"{hashlib.sha256((folder / 'letters-site.zip').read_bytes()).hexdigest()}  letters-site.zip" in listed


def test_what_is_taken_over_from_an_earlier_zip_gives_the_same_bytes_as_what_is_packed_anew(tmp_path: Path) -> None:
    first = write(tmp_path / "first")
    changed = {**FILES, "index.html": b"<p>other</p>" * 40}
    after = write(tmp_path / "after", changed, before=first)
    fresh = write(tmp_path / "fresh", changed)
    name = "letters-site.zip"
    assert (after / name).read_bytes() == (fresh / name).read_bytes() != (first / name).read_bytes()


def test_an_earlier_zip_that_somebody_touched_is_not_trusted(tmp_path: Path) -> None:
    first = write(tmp_path / "first")
    (first / "letters-site.zip").write_bytes(b"no zip at all")
    assert (write(tmp_path / "next", before=first) / "letters-site.zip").stat().st_size > 100


def test_more_members_than_the_format_counts_make_no_zip(output: Output) -> None:
    output.files = {f"{number}": (0, "") for number in range(65_535)}
    assert not write_zip(output, "a.zip", "a", "2030-01-02")
