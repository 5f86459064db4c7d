"""SHACL with the real pySHACL: what it finds in a graph, and that the query cache changes nothing."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.compare import to_isomorphic
from rdflib.namespace import RDF, SH

from kgpub.errors import BadInput
from kgpub.graph import shapes as module
from kgpub.graph.shapes import Job, read_shapes, validate_job
from tests.graph.built import BASE, SPAN, jobs

EX = "https://example.org/"
SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .
:Named a sh:PropertyShape ; sh:targetClass :Lamp ; sh:path :name ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "has no name" .
:Lit a sh:PropertyShape ; sh:targetClass :Lamp ; sh:path :keeper ; sh:class :Person ; sh:message "is kept by nobody known" .
"""
PERSON = f"<{EX}quill> <{RDF.type}> <{EX}Person> .\n"
LAMP = f"<{EX}lamp> <{RDF.type}> <{EX}Lamp> .\n<{EX}lamp> <{EX}keeper> <{EX}quill> .\n"


def job(own: str, around: str = "", shapes: str = SHAPES) -> Job:
    return Job("x", own, around, shapes)


def test_a_finding_says_severity_node_path_value_message_and_shape() -> None:
    first, second = validate_job(job(LAMP))
    assert (first.severity, first.focus, first.path, first.value) == (
        "violation", f"<{EX}lamp>", f"<{EX}keeper>", f"<{EX}quill>",
    )  # fmt: skip
    assert (first.message, first.source) == ("is kept by nobody known", f"<{EX}Lit>")
    assert (second.severity, second.value, second.message) == ("warning", "", "has no name")


def test_what_stands_around_is_looked_up_but_not_judged() -> None:
    other = f"<{EX}other> <{RDF.type}> <{EX}Lamp> .\n"
    found = validate_job(job(LAMP, PERSON + other))
    assert [(one.focus, one.message) for one in found] == [(f"<{EX}lamp>", "has no name")]


def test_a_graph_that_meets_the_shapes_has_no_findings() -> None:
    assert validate_job(job(f'{LAMP}<{EX}lamp> <{EX}name> "north" .\n', PERSON)) == ()


def test_the_tiny_publication_conforms_but_for_one_abstract() -> None:
    found = [
        (one.severity, one.focus, one.message.split(":")[0]) for each in jobs().values() for one in validate_job(each)
    ]
    assert found == [("info", f"<{BASE}document/L2>", "The document has no abstract")]


def plain(each: Job) -> set[tuple[str, ...]]:
    """Ask pySHACL over plain rdflib graphs, without any of our code."""
    data = rdflib.Graph().parse(data=each.own + each.around, format="nt")
    shapes = rdflib.Graph().parse(data=each.shapes, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    own = {line.split(" ", 1)[0] for line in each.own.splitlines()}
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        values = [report.value(result, one) for one in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)]
        focus, path, value = (one.n3() if isinstance(one, rdflib.URIRef | rdflib.Literal) else "" for one in values[:3])
        if focus in own:
            found.add((focus, path, value, str(values[3])))
    return found


BROKEN = [
    # The message arrives before it leaves; the sender is long dead; the day is outside the span; no sender.
    ("1893-02-03T08:40:00", "1893-02-03T01:40:00"),
    ("1893-02-03", "1921-02-03"),
    ("ontology#sender>", "ontology#seeAlso>"),
]


@pytest.mark.parametrize(("old", "new"), [("", ""), *BROKEN])
def test_the_fast_queries_give_the_same_report_as_plain_rdflib(old: str, new: str) -> None:
    each = jobs()["L1"]
    each = replace(each, own=each.own.replace(old, new)) if old else each
    ours = {(one.focus, one.path, one.value, one.message) for one in validate_job(each)}
    assert ours == plain(each)
    assert bool(ours) == bool(old)


def test_a_query_gives_the_same_rows_as_plain_rdflib() -> None:
    text = "PREFIX ex: <https://example.org/> SELECT ?s ?o WHERE { ?s ex:keeper ?o OPTIONAL { ?s ex:none ?o } } ORDER BY ?s"
    fast = module._FastGraph(LAMP)
    usual = rdflib.Graph().parse(data=LAMP, format="nt")
    assert [row.asdict() for row in fast.query(text)] == [row.asdict() for row in usual.query(text)] != []
    assert list(fast.query(text, initBindings={"s": rdflib.URIRef(f"{EX}other")})) == []


def test_an_ask_and_every_kind_of_literal_come_back_as_rdflib_has_them() -> None:
    text = 'SELECT ?a ?b ?c WHERE { VALUES (?a ?b ?c) { ("x" "x"@en 1) } }'
    (fast,), (usual,) = module._FastGraph(LAMP).query(text), rdflib.Graph().query(text)
    assert fast.asdict() == usual.asdict()
    for term in usual:
        assert module._from_engine(module._to_engine(term)) == term
    assert module._FastGraph(LAMP).query("ASK { ?s ?p ?o }").askAnswer is True


def test_a_job_travels_to_a_worker_and_its_key_knows_all_parts() -> None:
    each = job(LAMP, PERSON)
    assert pickle.loads(pickle.dumps(each)) == each
    others = [job(LAMP), job(LAMP + PERSON), job(LAMP, PERSON, SHAPES + "#"), job("", LAMP + PERSON)]
    assert len({each.key(), *(one.key() for one in others)}) == 5


def test_settings_are_filled_in_and_other_dollars_stay(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('@prefix : <https://example.org/> .\n:a :from "${span_from}" ; :select "$this", "${unknown}" .\n')
    graph = rdflib.Graph().parse(data=read_shapes([file], SPAN, "document"), format="turtle")
    assert {str(value) for value in graph.objects()} == {"1893-01-01", "$this", "${unknown}"}


def test_a_file_says_in_its_head_for_which_graphs_it_is(tmp_path: Path) -> None:
    for name, head in (("both", "#+ graph: document, authority"), ("one", "#+ graph: authority"), ("all", "# none")):
        (tmp_path / f"{name}.ttl").write_text(f"{head}\n<https://example.org/{name}> a <https://example.org/S> .\n")
    files = sorted(tmp_path.glob("*.ttl"))

    def names(kind: str) -> set[str]:
        graph = rdflib.Graph().parse(data=read_shapes(files, {}, kind), format="turtle")
        return {str(one).rpartition("/")[2] for one in graph.subjects()}

    assert names("document") == {"both", "all"}
    assert names("authority") == {"both", "one", "all"}


def test_all_shapes_files_are_one_text_that_says_the_same(tmp_path: Path) -> None:
    texts = {"a.ttl": SHAPES, "b.ttl": SHAPES.replace(":Lit", ":Lit2").replace(":Named", ":Named2")}
    whole = rdflib.Graph()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        whole.parse(data=text, format="turtle")
    again = rdflib.Graph().parse(data=read_shapes(sorted(tmp_path.glob("*.ttl")), {}, "document"), format="turtle")
    assert to_isomorphic(again) == to_isomorphic(whole)


@pytest.mark.parametrize("text", ["<a> <b>", "<a> <b> nonsense:c .", "@prefix : <x"])
def test_broken_turtle_is_told_by_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.ttl").write_text(text)
    with pytest.raises(BadInput, match=r"a\.ttl: not valid Turtle") as caught:
        read_shapes([tmp_path / "a.ttl"], {}, "document")
    assert caught.value.advice == "Mend the line it names."
