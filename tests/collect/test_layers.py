"""One file of the corpus: parsed, digested, held to its schema, its fields found again by line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kgpub.collect.layers import digest, folder_digest, line_of, parse_layer

GOOD = b"id: L1\nsameItemAs: L2\n"


def test_a_layer_keeps_its_name_digest_values_and_lines() -> None:
    layer, problems = parse_layer("corpus/x/L1.yaml", GOOD, "corrections")
    assert problems == []
    assert layer is not None
    assert layer.file == "corpus/x/L1.yaml"
    assert layer.digest == hashlib.sha256(GOOD).hexdigest()
    assert layer.data == {"id": "L1", "sameItemAs": "L2"}
    assert layer.line("sameItemAs") == 2


@pytest.mark.parametrize(
    ("content", "line", "message", "advice"),
    [
        (b"id: L1\nsameItemAs: \xff\n", 2, "is not UTF-8 text", "Save the file as UTF-8."),
        (b"id: L1\nb: [\n", 3, "is not valid YAML: did not find expected node content", "Mend the YAML at this line."),
        (b"# nothing yet\n", 1, "is empty", "corpus/schema/corrections.schema.json has them all."),
        (b"id: L1\nsameItemAs: l2\n", 2, "is not written as it should be", "Id of a document, such as"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_problem_with_its_line(
    content: bytes, line: int, message: str, advice: str
) -> None:
    layer, (problem,) = parse_layer("L1.yaml", content, "corrections")
    assert layer is None
    assert (problem.file, problem.line, problem.message) == ("L1.yaml", line, message)
    assert advice in problem.advice


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    layer, problems = parse_layer("L1.yaml", b"\xef\xbb\xbf" + GOOD, "corrections")
    assert problems == []
    assert layer is not None
    assert layer.data["id"] == "L1"


def test_a_folder_digest_knows_names_and_contents_but_not_compiled_python(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    before = folder_digest(tmp_path)
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    (cache / "a.pyc").write_text("compiled")
    assert folder_digest(tmp_path) == before
    (tmp_path / "a.py").write_text("2")
    changed = folder_digest(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({before, changed, folder_digest(tmp_path)}) == 3


def test_digests_are_sha256_in_hex() -> None:
    assert digest(b"") == hashlib.sha256(b"").hexdigest()


def test_the_line_of_a_field_falls_back_to_what_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "L1.yaml"
    file.write_text("id: L1\ncopies:\n- actor: x\n- actor: y\n  count: 2\n")
    assert line_of(file, "copies[1].count") == 5
    assert line_of(file, "copies[1].printed") == 4
    assert line_of(file, "copies[7].actor") == 2
    assert line_of(file, "date.value") == 1
