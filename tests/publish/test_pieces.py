"""A file made of pieces: known ones are cut out of the earlier file, others are made, and the whole is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kgpub.publish.contents import Contents, read_contents
from kgpub.publish.dumps import write_dumps
from kgpub.publish.output import Output, open_output, read_earlier
from kgpub.publish.pieces import Pieces


def build(known: Pieces, words: str) -> list[str]:
    """Add each word as a piece and return those that had to be made."""
    made: list[str] = []

    def make(word: str) -> bytes:
        made.append(word)
        return word.encode()

    for word in words.split():
        known.add(word, lambda word=word: make(word))  # type: ignore[misc]
    return made


def test_pieces_are_cut_out_of_the_earlier_file_and_the_file_is_the_same() -> None:
    first = Pieces(start=b"[", between=b", ", end=b"]")
    assert build(first, "one two four") == ["one", "two", "four"]
    assert first.content() == b"[one, two, four]"
    second = Pieces(first.content(), first.places(), start=b"<", between=b"; ", end=b">")
    assert build(second, "four three one") == ["three"]
    assert second.content() == b"<four; three; one>"
    assert [second.content()[a:b] for a, b in second.places().values()] == [b"four", b"three", b"one"]


def test_no_pieces_make_an_empty_file() -> None:
    assert Pieces(start=b"[", end=b"]\n").content() == b"[]\n"


@pytest.mark.parametrize("format_", ["ttl", "trig", "jsonld"])
def test_a_changed_graph_gives_the_same_dump_with_and_without_an_earlier_one(
    tmp_path: Path, nquads: str, prefixes: dict[str, str], format_: str
) -> None:
    """What is taken over and what is made anew cannot be told apart, and both read back as the graph."""
    record = tmp_path / "record.json"
    before = read_contents(nquads.replace("Ada", "Ida"))
    after = read_contents(nquads)

    def dump(folder: str, contents: Contents, earlier: str) -> bytes:
        (tmp_path / folder).mkdir()
        with open_output(tmp_path / folder, read_earlier(tmp_path / earlier, record)) as output:
            write_dumps(output, "letters", (format_,), contents, prefixes, 10**9)
            output.settle()
            record.write_text(output.record(), encoding="utf-8")
        return (tmp_path / folder / f"letters.{format_}").read_bytes()

    fresh = dump("two", after, "none")
    assert dump("one", before, "none") != fresh
    (tmp_path / "one").rename(tmp_path / "kept")
    record.unlink()
    dump("one", before, "none")
    assert dump("three", after, "one") == fresh
    read = {quad.triple for quad in parse(fresh, format=RdfFormat.from_extension(format_))}
    assert read == {quad.triple for quad in parse(nquads.encode(), format=RdfFormat.N_QUADS)}


def test_an_earlier_file_that_somebody_has_changed_gives_no_pieces(output: Output, tmp_path: Path) -> None:
    pieces = output.pieces("a.trig")
    build(pieces, "one")
    output.write_pieces("a.trig", pieces)
    record = tmp_path / "record.json"
    record.write_text(output.record(), encoding="utf-8")
    (output.folder / "a.trig").write_bytes(b"three")
    (tmp_path / "next").mkdir()
    with open_output(tmp_path / "next", read_earlier(output.folder, record)) as after:
        assert build(after.pieces("a.trig"), "one") == ["one"]
