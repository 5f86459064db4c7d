"""The unit of work: golden cases, purity, and what holds for every graph.

The cases stand under golden/, one folder each: the layers of a record, and the N-Quads it becomes. After a change that is
meant, `python -m tests.convert.test_unit` writes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize

from kgpub.convert.unit import convert_record
from kgpub.model import Conversion, RawRecord
from tests.convert.samples import RECORD, raw, sample_context, tiny_records
from tests.tiny import PROJECT

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(case for case in GOLDEN.iterdir() if case.is_dir())
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


def case_record(case: Path) -> RawRecord:
    files = (case / f"{name}.yaml" for name in ("record", "corrections", "description", "pages"))
    return raw(*(file.read_text(encoding="utf-8") if file.is_file() else "" for file in files))


def converted(case: Path) -> Conversion:
    return convert_record(case_record(case), sample_context())


def test_there_are_six_golden_cases() -> None:
    assert [case.name for case in CASES] == ["corrected", "enclosure", "letter", "pages", "second-edition", "telegram"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_record_becomes_exactly_these_quads(case: Path) -> None:
    conversion = converted(case)
    assert conversion.problems == ()
    assert conversion.nquads == (case / "expected.nq").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_quads_are_sorted_canonical_and_without_blank_nodes(case: Path) -> None:
    text = converted(case).nquads
    quads = list(parse(text.encode(), format=RdfFormat.N_QUADS))
    again = serialize(quads, format=RdfFormat.N_QUADS)
    assert again is not None
    assert again.decode() == text
    assert text.splitlines(keepends=True) == sorted(set(text.splitlines(keepends=True)))
    assert not re.search(r"(^| )_:", re.sub(r'"[^"\\]*(?:\\.[^"\\]*)*"', '""', text), re.MULTILINE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_statement_of_a_document_says_where_in_the_corpus_it_comes_from(case: Path) -> None:
    conversion = converted(case)
    known = {(one.subject, one.predicate, one.object) for one in conversion.origins}
    bare = set()
    for line in conversion.nquads.splitlines():
        subject, predicate, rest = line.split(" ", 2)
        obj, graph = rest[:-2].rsplit(" ", 1)
        if graph == conversion.graph and (subject, predicate, obj) not in known:
            bare.add(subject)
    files = {one.file for one in conversion.origins}
    # Provenance speaks of the graph and of the files; nothing else may come from nowhere.
    assert all(subject == conversion.graph or "/file/" in subject for subject in bare)
    assert files <= {layer.file for layer in case_record(case).layers()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_origin_names_a_field_that_is_in_its_file(case: Path) -> None:
    lines = {layer.file: layer.lines for layer in case_record(case).layers()}
    # A made title comes from the record as a whole.
    gone = {(one.file, one.field) for one in converted(case).origins if one.field not in lines[one.file]}
    made = {("records/L1.yaml", "title"), ("records/L3.yaml", "title"), ("records/L3.yaml", "enclosures[0].title")}
    assert gone <= made


def test_records_and_context_travel_to_a_worker_and_back() -> None:
    for record in tiny_records():
        conversion = convert_record(record, sample_context())
        assert pickle.loads(pickle.dumps(record)) == record
        assert pickle.loads(pickle.dumps(sample_context())) == sample_context()
        assert pickle.loads(pickle.dumps(conversion)) == conversion


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed: str) -> None:
    work = [(record, sample_context()) for record in (*tiny_records(), *map(case_record, CASES))]
    program = (
        "import pickle, sys\n"
        "from kgpub.convert.unit import convert_record\n"
        "work = pickle.load(sys.stdin.buffer)\n"
        "pickle.dump([convert_record(*one) for one in work], sys.stdout.buffer)\n"
    )
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT / "src"), "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=pickle.dumps(work), capture_output=True, check=True, env=environ)
    assert pickle.loads(done.stdout) == [convert_record(*one) for one in work]


def test_converting_leaves_the_record_as_it_was() -> None:
    for record in tiny_records():
        before = pickle.dumps(record)
        convert_record(record, sample_context())
        assert pickle.dumps(record) == before


def test_a_record_with_problems_has_no_quads_but_all_its_problems_in_order() -> None:
    text = RECORD + "date: {value: 1893-02-30}\nsenders: [{actor: nobody}]\nsentFrom: [{place: nowhere}]\n"
    conversion = convert_record(raw(text), sample_context())
    assert (conversion.nquads, conversion.origins) == ("", ())
    assert [one.line for one in conversion.problems] == [6, 7, 8]


def test_two_editions_speak_of_one_item_and_only_the_first_gives_the_words() -> None:
    conversion = converted(GOLDEN / "second-edition")
    assert (conversion.id, conversion.item) == ("L4", "L1")
    assert "<https://example.org/letters/document/L4> <http://purl.org/dc/terms/isReplacedBy> " in conversion.nquads
    assert "dc/terms/title" not in conversion.nquads
    assert "dc/terms/subject" not in conversion.nquads


@settings(max_examples=200)
@given(printed=TEXT, title=TEXT, number=TEXT, fond=TEXT)
def test_any_text_in_a_record_is_published_unchanged(printed: str, title: str, number: str, fond: str) -> None:
    record = raw(RECORD, description="id: L1\ntitle: x\nabstract: x\ntopics: []\n")
    assert record.description is not None
    record.record.data["senders"] = [{"actor": "ada-quill", "printed": printed, "lines": "12"}]
    record.record.data["telegramNumber"] = [{"value": number}]
    record.record.data["citations"] = [{"archive": "LBA", "fond": fond, "lines": "13"}]
    record.description.data["title"] = title
    conversion = convert_record(record, sample_context())
    assert conversion.problems == ()
    values: dict[str, set[str]] = {}
    for quad in parse(conversion.nquads.encode(), format=RdfFormat.N_QUADS):
        values.setdefault(quad.predicate.value.rpartition("#")[2].rpartition("/")[2], set()).add(quad.object.value)
    assert printed in values["printedForm"]
    assert values["title"] == {title}
    assert values["telegramNumber"] == {number}
    assert values["fond"] == {fond}


if __name__ == "__main__":
    for each in CASES:
        (each / "expected.nq").write_text(converted(each).nquads, encoding="utf-8")
