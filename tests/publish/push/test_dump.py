"""A dump as its graphs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kgpub.errors import BadInput
from kgpub.publish.push.dump import chunks, open_dump

A, B = "https://example.org/graph/a", "https://example.org/graph/é"
LINES = [
    f'<x:s> <x:p> "one <two> . three" <{A}> .\n',
    f'<x:s> <x:p> "ne\\nw" <{B}> .\n',
    f"<x:t> <x:p> <x:o> <{A}> .\n",
]


def test_each_graph_has_its_own_lines_without_its_name(tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_text("".join(LINES), encoding="utf-8")
    dump = open_dump(file)
    assert dump.names() == [A, B]
    assert list(dump.lines(A)) == [b'<x:s> <x:p> "one <two> . three" .\n', b"<x:t> <x:p> <x:o> .\n"]
    assert list(dump.lines(B)) == [b'<x:s> <x:p> "ne\\nw" .\n']
    assert dump.digest(B) == hashlib.sha256(f'<{B}>\n<x:s> <x:p> "ne\\nw" .\n'.encode()).hexdigest()


def test_the_same_lines_under_another_name_have_another_digest(tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_text(f"<x:s> <x:p> <x:o> <{A}> .\n<x:s> <x:p> <x:o> <{B}> .\n", encoding="utf-8")
    dump = open_dump(file)
    assert dump.digest(A) != dump.digest(B)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (LINES[0] + "<x:s> <x:p> <x:o> .\n", "line 2"),
        (LINES[0] + '<x:s> <x:p> "a <b> c" .\n', "line 2"),
        (LINES[0] + f"_:b <x:p> <x:o> <{A}> .\n", "line 2"),
        (LINES[0] + f"<x:s> <x:p> _:b <{A}> .\n", "line 2"),
        (LINES[0] + LINES[1].rstrip("\n"), "line 2"),
        (LINES[0] + "\n", "line 2"),
    ],
)
def test_what_is_no_such_dump_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "x.nq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=told):
        open_dump(file)


def test_without_a_build_there_is_nothing_to_push(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="kgpub build"):
        open_dump(tmp_path / "none.nq")


def test_chunks_are_filled_up_to_the_size_and_a_longer_line_goes_alone() -> None:
    assert list(chunks(iter([b"aa\n", b"bb\n", b"cccccccccc\n", b"d\n", b"e\n"]), 6)) == [
        b"aa\nbb\n",
        b"cccccccccc\n",
        b"d\ne\n",
    ]
    assert list(chunks(iter([]), 6)) == []
