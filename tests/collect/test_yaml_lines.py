"""YAML with the line of every field: values as YAML 1.2 has them, and what is no record said with its line."""

from __future__ import annotations

import pytest

from kgpub.collect.yaml_lines import BrokenYaml, load_with_lines

VALUES = [
    ("1893-02-03", "1893-02-03"),  # YAML 1.1 makes this a date
    ("1893-02", "1893-02"),
    ("yes", "yes"),
    ("off", "off"),
    ("010", "010"),
    ("6:15", "6:15"),
    ("1_000", "1_000"),
    ("0x10", "0x10"),
    ("12", 12),
    ("-3", -3),
    ("0", 0),
    ("54.50", 54.5),
    ('"12"', "12"),
    ("'true'", "true"),
    ("true", True),
    ("null", None),
    ("~", None),
    ("", None),
    ("!!int '5'", "5"),
    ("|\n  two\n  lines", "two\nlines\n"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_scalars_are_read_by_the_core_schema(text: str, value: object) -> None:
    data, _ = load_with_lines(f"a: {text}\n")
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_every_field_has_its_line() -> None:
    text = "# a comment\nid: L1\nsenders:\n- {actor: ada-quill,\n   lines: '3'}\n- actor: clara-vane\n\ndate:\n  value: x\n"
    _, lines = load_with_lines(text)
    assert lines == {
        "": 2,
        "id": 2,
        "senders": 3,
        "senders[0]": 4,
        "senders[0].actor": 4,
        "senders[0].lines": 5,
        "senders[1]": 6,
        "senders[1].actor": 6,
        "date": 8,
        "date.value": 9,
    }


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_has_no_value(text: str) -> None:
    data, lines = load_with_lines(text)
    assert data is None
    assert lines[""] == 1


BROKEN = [
    ("a: 1\nb: {\n", 3, "did not find expected node content"),
    ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands twice"),
    ("a: 1\nb: {c: 1,\n c: 2}\n", 3, "the key 'c' stands twice"),
    ("a: &x [1]\nb: *x\n", 1, r"the value with this anchor \(&\) is repeated further down \(\*\); write it out there"),
    ("a: &x [*x]\n", 1, "with this anchor"),
    ("a: &x {b: &y [1], c: *y}\n", 1, "with this anchor"),
    ("a: 1\n---\nb: 2\n", 2, "but found another document"),
    ("a: 1\n? [b]\n: 2\n", 2, "a key must be a plain word"),
    ("a: 1\n\tb: 2\n", 2, "found a tab character"),
    ("a: *gone\n", 1, "found undefined alias"),
]


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
def test_broken_yaml_says_the_line_and_what(text: str, line: int, what: str) -> None:
    with pytest.raises(BrokenYaml, match=what) as caught:
        load_with_lines(text)
    assert caught.value.line == line


def test_a_control_character_is_broken_yaml() -> None:
    with pytest.raises(BrokenYaml, match="control characters are not allowed"):
        load_with_lines("a: \x00")


def test_an_anchor_that_nobody_uses_does_no_harm() -> None:
    assert load_with_lines("a: &x 1\n")[0] == {"a": 1}
