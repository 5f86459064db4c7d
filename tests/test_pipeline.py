"""The whole road on the tiny publication: what it makes, what it makes anew, and what stops it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import RDF, SH

from kgpub import pipeline
from kgpub.errors import BadInput, CorpusErrors
from kgpub.model import Problem, Spot
from kgpub.project import load_project
from kgpub.vocabulary import CWC

Tiny = Callable[..., Path]
Rebuilt = Callable[[Path], Path]
DAY = "2024-02-29"
RECORDS, CORRECTIONS = "corpus/letters/records", "corpus/letters/corrections"
PERSONS = "corpus/authority/persons.yaml"


def build(file: Path) -> pipeline.Built:
    return pipeline.build(load_project(file), DAY, workers=1)


def change(file: Path, name: str, old: str, new: str) -> None:
    path = file.parent / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(CorpusErrors) as raised:
        build(file)
    return raised.value.problems


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def line_with(file: Path, name: str, text: str) -> int:
    lines = (file.parent / name).read_text(encoding="utf-8").splitlines()
    (number,) = [number for number, line in enumerate(lines, 1) if text in line]
    return number


# -- what a build makes ---------------------------------------------------------------------------------------------


def test_a_first_build_converts_and_validates_everything(tiny: Tiny, tmp_path: Path) -> None:
    """Four records of three items; beside the items, the authority data and the archival units are validated."""
    built = build(tiny(tmp_path))
    assert (built.converted, built.validated) == (4, 5)
    assert built.dist == tmp_path / "dist"
    assert (
        built.counts.items()
        >= {
            "Documents as printed": 4,
            "Archival items": 3,
            "Messages enclosed in them": 1,
            "Persons": 4,
            "Places": 2,
        }.items()
    )
    quads = list(parse((tmp_path / "dist" / "letters.nq").read_bytes(), format=RdfFormat.N_QUADS))
    assert built.counts["Triples"] == len({quad.triple for quad in quads})


def test_the_corpus_itself_is_not_touched(tiny: Tiny, tmp_path: Path) -> None:
    """A build writes below dist and cache only."""
    file = tiny(tmp_path)
    before = tree(tmp_path)
    build(file)
    after = tree(tmp_path)
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert {name.partition("/")[0] for name in after.keys() - before.keys()} == {"dist", ".kgpub"}


def test_progress_tells_what_is_done_and_how_far(tiny: Tiny, tmp_path: Path) -> None:
    """Each kind of work ends with all of its total."""
    told: list[tuple[str, int, int]] = []
    pipeline.build(
        load_project(tiny(tmp_path)),
        DAY,
        workers=1,
        progress=lambda what, done, total: told.append((what, done, total)),
    )
    assert [one for one in told if one[0] == "convert"] == [("convert", done, 4) for done in range(1, 5)]
    assert [one for one in told if one[0] == "validate"][-1] == ("validate", 5, 5)
    assert told[-1] == ("publish", 1, 1)


def test_the_day_is_in_the_catalogue(warm: Tiny, tmp_path: Path) -> None:
    """And nowhere the day of the build."""
    pipeline.build(load_project(warm(tmp_path)), "2001-02-03", workers=1)
    assert '"2001-02-03"' in (tmp_path / "dist" / "catalogue.ttl").read_text(encoding="utf-8")
    assert "3 February 2001" in (tmp_path / "dist" / "index.html").read_text(encoding="utf-8")


# -- what it makes anew ------------------------------------------------------------------------------------------------


def test_a_second_build_makes_nothing_anew_and_the_same_bytes(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """Everything comes from the cache, and the cache changes nothing."""
    file = rebuilt(tmp_path)
    first = tree(tmp_path / "dist")
    again = build(file)
    assert (again.converted, again.validated) == (0, 0)
    assert tree(tmp_path / "dist") == first


def test_a_changed_record_is_converted_and_its_item_validated(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """One of each; the others come from the cache."""
    file = rebuilt(tmp_path)
    change(file, f"{RECORDS}/L3.yaml", 'value: "204"', 'value: "205"')
    again = build(file)
    assert (again.converted, again.validated) == (1, 1)
    assert '"205"' in (tmp_path / "dist" / "document" / "L3.ttl").read_text(encoding="utf-8")


def test_a_changed_second_edition_has_its_item_validated(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """L4 is another edition of L1: the two are judged as one item."""
    file = rebuilt(tmp_path)
    change(file, f"{RECORDS}/L4.yaml", "printed: Sand,", "printed: B. Sand,")
    again = build(file)
    assert (again.converted, again.validated) == (1, 1)
    assert "B. Sand" in (tmp_path / "dist" / "document" / "L1.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("layer", ["corrections/L2", "descriptions/L1", "pages/L1"])
def test_a_change_in_any_layer_counts(rebuilt: Rebuilt, tmp_path: Path, layer: str) -> None:
    """A comment is a change too: the provenance holds the digest of the file."""
    file = rebuilt(tmp_path)
    path = tmp_path / "corpus" / "letters" / f"{layer}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    again = build(file)
    assert (again.converted, again.validated) == (1, 1)


def test_a_record_that_is_taken_out_is_gone(warm: Tiny, tmp_path: Path) -> None:
    """Nothing of it is left in the publication, though it is still in the cache."""
    file = warm(tmp_path, **{"kgpub.toml": ('documents = ["L1-L4"]', "documents = []")})
    build(file)
    (tmp_path / RECORDS / "L2.yaml").unlink()
    (tmp_path / CORRECTIONS / "L2.yaml").unlink()
    again = build(file)
    assert (again.converted, again.counts["Documents as printed"]) == (0, 3)
    assert "document/L2" not in (tmp_path / "dist" / "letters.nq").read_text(encoding="utf-8")


def test_a_changed_authority_file_has_all_records_converted(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """Any record may name the entry; only what then reads differently is validated anew."""
    file = rebuilt(tmp_path)
    change(file, PERSONS, "name: Clara Vane", "name: Clara M. Vane")
    again = build(file)
    assert again.converted == 4
    assert 1 <= again.validated < 5
    assert "Clara M. Vane" in (tmp_path / "dist" / "person" / "clara-vane.ttl").read_text(encoding="utf-8")


def test_another_span_has_all_items_validated_and_nothing_converted(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """The span is part of the shapes of documents; authority data and archival units have no dates in it."""
    file = rebuilt(tmp_path)
    change(file, "kgpub.toml", 'until = "1893-12-31"', 'until = "1894-12-31"')
    again = build(file)
    assert (again.converted, again.validated) == (0, 3)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"key": 1}', '"text"', "\0\1\2"])
def test_a_corrupt_cache_file_is_made_anew(rebuilt: Rebuilt, tmp_path: Path, content: str) -> None:
    """Cut short by a full disk, or not ours at all: the publication is the same."""
    file = rebuilt(tmp_path)
    first = tree(tmp_path / "dist")
    kept = sorted((tmp_path / ".kgpub" / "cache").rglob("*.json"))
    assert len(kept) > 9
    for path in kept:
        path.write_text(content, encoding="utf-8")
    again = build(file)
    assert (again.converted, again.validated) == (4, 5)
    assert tree(tmp_path / "dist") == first


def test_without_a_cache_the_bytes_are_the_same(tiny: Tiny, warm: Tiny, tmp_path: Path) -> None:
    """Whoever takes the corpus from the repository gets what we publish."""
    build(tiny(tmp_path / "one"))
    two = warm(tmp_path / "two")
    change(two, f"{RECORDS}/L3.yaml", 'value: "204"', 'value: "205"')
    build(two)
    change(two, f"{RECORDS}/L3.yaml", 'value: "205"', 'value: "204"')
    build(two)
    assert tree(tmp_path / "one" / "dist") == tree(tmp_path / "two" / "dist")


def test_the_store_and_the_text_of_the_graph_say_the_same(warm: Tiny, tmp_path: Path) -> None:
    """The store has been enriched where it is; the text has what was derived added to it."""
    graph = pipeline.make_graph(load_project(warm(tmp_path)), workers=1)
    assert set(graph.store) == set(parse(graph.nquads.encode(), format=RdfFormat.N_QUADS)) != set()


@pytest.mark.slow
def test_builds_of_other_processes_seeds_and_workers_are_byte_for_byte_the_same(tiny: Tiny, tmp_path: Path) -> None:
    """From empty caches, with the hash seed of strings set to 1 and 2, in one process and in three."""
    trees = []
    for seed, workers in (("1", 1), ("2", 3)):
        file = tiny(tmp_path / seed)
        program = (
            "import sys; from pathlib import Path; from kgpub import pipeline; from kgpub.project import load_project\n"
            "from functools import partial; from kgpub.execute.local import map_local\n"
            # Nine items are too few for a pool to be worth its start; here it has to be one.
            "pipeline.map_local = partial(map_local, serial_below=2)\n"
            "if __name__ == '__main__':\n"
            "    built = pipeline.build(load_project(Path(sys.argv[1])), '2024-02-29', workers=int(sys.argv[2]))\n"
            "    assert (built.converted, built.validated) == (4, 5), built\n"
        )
        script = tmp_path / f"build_{seed}.py"
        script.write_text(program, encoding="utf-8")
        subprocess.run(
            [sys.executable, str(script), str(file), str(workers)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        trees.append(tree(file.parent / "dist"))
    assert trees[0] == trees[1]
    assert len(trees[0]) > 50


# -- what stops it ------------------------------------------------------------------------------------------------------


def test_every_broken_file_is_told_at_once_and_nothing_is_written(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """A broken date, an unknown person, a missing file and YAML that is none: one error with all four, file and line."""
    file = rebuilt(tmp_path)
    before = tree(tmp_path / "dist")
    change(
        file,
        f"{RECORDS}/L1.yaml",
        "date: {value: 1893-02-03, printed: 3.II.93",
        "date: {value: 1893-02-30, printed: 3.II.93",
    )
    change(file, f"{RECORDS}/L2.yaml", "recipients: [{actor: ada-quill", "recipients: [{actor: ada-quil")
    (tmp_path / RECORDS / "L3.yaml").unlink()
    change(file, f"{RECORDS}/L4.yaml", "pages: [{page: 9,", "pages: [{page: 9")
    shown = {(one.file, one.line): str(one) for one in problems_of(file)}
    assert set(shown) == {
        (f"{RECORDS}/L1.yaml", line_with(file, f"{RECORDS}/L1.yaml", "1893-02-30")),
        (f"{RECORDS}/L2.yaml", line_with(file, f"{RECORDS}/L2.yaml", "ada-quil")),
        (f"{RECORDS}/L3.yaml", 1),
        (f"{RECORDS}/L4.yaml", line_with(file, f"{RECORDS}/L4.yaml", "page: 9")),
    }
    date, person, missing, broken = (shown[key] for key in sorted(shown))
    assert "1893-02-30" in date
    assert "'ada-quil'" in person
    assert "ada-quill" in person.partition("'ada-quil'")[2], "the nearest id is named"
    assert "is missing" in missing
    assert "git checkout" in missing
    assert "not valid YAML" in broken
    assert tree(tmp_path / "dist") == before


def test_the_error_counts_and_says_what_to_do(tiny: Tiny, tmp_path: Path) -> None:
    """Its text is what the command line prints last."""
    file = tiny(tmp_path, **{f"{RECORDS}/L3.yaml": None})
    with pytest.raises(CorpusErrors, match=r"\d problems? in the corpus\n.*nothing was written"):
        build(file)
    assert not (tmp_path / "dist").exists()


def test_problems_come_in_the_order_of_files_and_lines(tiny: Tiny, tmp_path: Path) -> None:
    """An editor works from the top of a file down."""
    file = tiny(tmp_path)
    change(file, f"{RECORDS}/L2.yaml", "senders: [{actor: bruno-sand", "senders: [{actor: nobody-one")
    change(file, f"{RECORDS}/L2.yaml", "recipients: [{actor: ada-quill", "recipients: [{actor: nobody-two")
    change(file, f"{RECORDS}/L1.yaml", "mentions:\n- {event: great-fog", "mentions:\n- {event: great-frog")
    found = problems_of(file)
    assert len(found) == 3
    assert list(found) == sorted(found)
    assert [Path(one.file).stem for one in found] == ["L1", "L2", "L2"]


def test_a_violation_stops_the_build_and_is_traced_to_the_corpus(rebuilt: Rebuilt, tmp_path: Path) -> None:
    """The sender died before the letter: file, line and field that name him, what is wrong, what would be right."""
    file = rebuilt(tmp_path)
    before = tree(tmp_path / "dist")
    change(file, PERSONS, 'died: "1920"', "died: 1893-01-15")
    found = problems_of(file)
    (problem,) = [one for one in found if one.file == f"{RECORDS}/L1.yaml"]
    assert problem.severity == "violation"
    assert problem.line == line_with(file, f"{RECORDS}/L1.yaml", "senders:")
    assert problem.field.startswith("senders[0]")
    assert problem.value == "person/ada-quill"
    assert problem.message == (
        "Ada Quill stands as cwcorr/ontology#sender of document/L1 on 1893-02-03 but died 1893-01-15; "
        "nobody known fits better: name the right person, or mend the date."
    )
    assert tree(tmp_path / "dist") == before
    change(file, PERSONS, "died: 1893-01-15", 'died: "1920"')
    build(file)
    assert tree(tmp_path / "dist") == before


def test_a_violation_that_is_in_the_cache_stops_the_build_again(warm: Tiny, tmp_path: Path) -> None:
    """Running the command twice does not make a fault go away."""
    file = warm(tmp_path, **{PERSONS: ('died: "1920"', "died: 1893-01-15")})
    assert problems_of(file) == problems_of(file) != ()


def test_a_date_outside_the_span_of_the_collection_stops_the_build(tiny: Tiny, tmp_path: Path) -> None:
    """The span of kgpub.toml is part of the message."""
    file = tiny(tmp_path, **{"kgpub.toml": ('from = "1893-01-01"', 'from = "1893-02-04"')})
    (problem,) = problems_of(file)
    assert (problem.file, problem.field) == (f"{RECORDS}/L1.yaml", "date")
    assert "1893-02-04 to 1893-12-31: mend the date, or the span in kgpub.toml" in problem.message


def test_a_warning_is_published_in_both_reports_with_its_place(warm: Tiny, tmp_path: Path) -> None:
    """Dispatched after it was received: the print may have it so, so it is told, not refused."""
    file = warm(tmp_path, **{f"{RECORDS}/L1.yaml": ("at: '1893-02-03T06:15'", "at: '1893-02-03T10:15'")})
    built = build(file)
    assert built.found["warning"] == 1
    line = line_with(file, f"{RECORDS}/L1.yaml", "1893-02-03T10:15")
    page = (tmp_path / "dist" / "report.html").read_text(encoding="utf-8")
    assert "dispatched (1893-02-03T10:15:00) comes after received (1893-02-03T08:40:00)" in page
    assert f"<code>{RECORDS}/L1.yaml:{line}</code>" in page
    report = rdflib.Graph().parse(tmp_path / "dist" / "report.ttl")
    (node,) = report.subjects(SH.resultSeverity, SH.Warning)
    assert (node, RDF.type, SH.ValidationResult) in report
    assert "See whether they are printed so" in str(report.value(node, SH.resultMessage))
    (told,) = [one for one in pipeline.check(load_project(file), workers=1) if one.severity == "warning"]
    assert (told.file, told.line) == (f"{RECORDS}/L1.yaml", line)


def test_the_line_of_a_warning_follows_the_file(warm: Tiny, tmp_path: Path) -> None:
    """Also in one process that builds twice, as an editor's tool would."""
    file = warm(tmp_path)
    name = f"{RECORDS}/L2.yaml"
    (before,) = pipeline.check(load_project(file), workers=1)
    path = tmp_path / name
    path.write_text(f"# one line more\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    (after,) = pipeline.check(load_project(file), workers=1)
    assert after == replace(before, line=before.line + 1)


def test_markup_in_the_corpus_stays_text_on_every_page(warm: Tiny, tmp_path: Path) -> None:
    """In a printed name, and in a title that stands in the list of letters."""
    evil = "<script>alert(1)</script>"
    file = warm(tmp_path)
    change(file, "corpus/letters/descriptions/L3.yaml", "Letter, Vane to Quill", evil)
    change(file, f"{RECORDS}/L1.yaml", "printed: Lowport", f'printed: "{evil}"')
    build(file)
    assert evil in (tmp_path / "dist" / "document" / "L1.ttl").read_text(encoding="utf-8")
    for page in ("index.html", "report.html", "letters.html", "timeline.html", "document/L1.html", "document/L3.html"):
        assert "<script>" not in (tmp_path / "dist" / page).read_text(encoding="utf-8")
    for page in ("letters.html", "document/L3.html"):
        assert "&lt;script&gt;" in (tmp_path / "dist" / page).read_text(encoding="utf-8")


def test_check_writes_nothing_but_the_cache(tiny: Tiny, tmp_path: Path) -> None:
    """It finds what a build would find."""
    file = tiny(tmp_path)
    found = pipeline.check(load_project(file), workers=1)
    assert [one.severity for one in found] == ["info"]
    assert not (tmp_path / "dist").exists()


def test_an_ontology_that_is_not_turtle_stops_the_build(tiny: Tiny, tmp_path: Path) -> None:
    """The file is named; it is not the corpus that is wrong."""
    project = load_project(tiny(tmp_path))
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "broken.ttl").write_text("<a> <b>\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"broken\.ttl: not valid Turtle"):
        pipeline.build(replace(project, ontology=tmp_path / "ontology"), DAY, workers=1)


# -- where a triple stands in the corpus --------------------------------------------------------------------------------------


def test_a_triple_is_found_in_the_file_that_said_it(tiny: Tiny, tmp_path: Path) -> None:
    """With line, field and rule; only the records asked for are looked into."""
    file = tiny(tmp_path, **{f"{RECORDS}/L2.yaml": ("printed: SAND, lines", "printed: SAND, rule: signature, lines")})
    project = load_project(file)
    spots = pipeline.spots(project, ["L2"])
    sender = (f"<{project.base}document/L2>", f"<{CWC}sender>", f"<{project.base}person/bruno-sand>")
    line = line_with(file, f"{RECORDS}/L2.yaml", "senders:")
    assert spots[sender] == Spot(f"{RECORDS}/L2.yaml", line, "senders[0]", "signature")
    assert not [subject for subject, _, _ in spots if subject.startswith(f"<{project.base}document/L1")]
    assert pipeline.spots(project, []) == {}


# -- what stands around the documents ----------------------------------------------------------------------------------

CITING = "corpus/letters/citations/fog-papers.yaml"
CITES = """\
# yaml-language-server: $schema=../../schema/citations.schema.json
id: fog-papers
pages: [{page: 9, lines: 900-999}]
attested:
- {id: lba-f1-l9, title: "Letter, 1892: oil", senders: [ada-quill], heldAs: [{archive: LBA, fond: "1", listy: "9"}]}
citations:
- {cites: [L2, lba-f1-l9], kind: evidence, lines: 910}
"""


def test_what_an_article_cites_is_built_validated_and_kept_like_a_record(tiny: Tiny, tmp_path: Path) -> None:
    """One conversion and one validation more; an entity file for what is known only from it; nothing anew the second time."""
    file = tiny(tmp_path, **{CITING: CITES})
    built = build(file)
    assert (built.converted, built.validated) == (5, 6)
    assert built.counts["Documents as printed"] == 4
    attested = rdflib.Graph().parse(tmp_path / "dist" / "attested" / "lba-f1-l9.ttl")
    assert (None, RDF.type, rdflib.URIRef("https://w3id.org/cwcorr/ontology#AttestedDocument")) in attested
    article = rdflib.Graph().parse(tmp_path / "dist" / "edition" / "fog-papers.ttl")
    cited = set(article.objects(None, rdflib.URIRef("http://purl.org/spar/cito/citesAsEvidence")))
    assert {str(one).rpartition("/letters/")[2] for one in cited} == {"document/L2", "attested/lba-f1-l9"}
    first = tree(tmp_path / "dist")
    again = build(file)
    assert (again.converted, again.validated) == (0, 0)
    assert tree(tmp_path / "dist") == first


def test_a_changed_citation_makes_only_its_own_file_anew(warm: Tiny, tmp_path: Path) -> None:
    """The documents stay as they are."""
    file = warm(tmp_path, **{CITING: CITES})
    build(file)
    change(file, CITING, "kind: evidence", "kind: quotes")
    built = build(file)
    assert (built.converted, built.validated) == (1, 1)


def test_a_citation_of_an_unknown_document_stops_the_build(tiny: Tiny, tmp_path: Path) -> None:
    """The message names the file, the line and the nearest document."""
    (problem,) = problems_of(tiny(tmp_path, **{CITING: CITES.replace("cites: [L2,", "cites: [L22,")}))
    assert str(problem) == (
        f"{CITING}:7: citations[0].cites[0]: 'L22' is not a known document\n"
        "    Did you mean 'L2'? Else describe it under attested, with an id of its own."
    )


def test_a_finding_on_an_attested_document_is_traced_to_its_line(warm: Tiny, tmp_path: Path) -> None:
    """What a shape complains of stands in the file of the article."""
    text = CITES.replace(', listy: "9"', "")
    problems = pipeline.check(load_project(warm(tmp_path, **{CITING: text})), workers=1)
    (found,) = [one for one in problems if one.file == CITING]
    assert (found.line, found.field, found.severity) == (5, "attested[0].heldAs[0]", "warning")
    assert found.message.startswith("The citation gives no leaves")


# -- ids that are gone ---------------------------------------------------------------------------------------------------

TOMBSTONE = "- {{id: {}, state: merged, successor: {}, since: 2024-01-02, reason: Both meant one place.}}\n"


def entombed(tiny: Tiny, folder: Path, *pairs: tuple[str, str]) -> Path:
    text = "tombstones:\n" + "".join(TOMBSTONE.format(*pair) for pair in pairs)
    return tiny(folder, **{"corpus/tombstones.yaml": text})


def test_a_tombstone_is_published_in_a_graph_of_its_own_and_as_a_file(warm: Tiny, tmp_path: Path) -> None:
    """Who has only the files, or another store, learns what the id leads to."""
    built = build(entombed(warm, tmp_path, ("place/the-point", "place/skerry-point")))
    base = "https://example.org/letters/"
    leads = "http://purl.org/dc/terms/isReplacedBy"
    said = f"<{base}place/the-point> <{leads}> <{base}place/skerry-point> <{base}graph/tombstones> ."
    assert said in (built.dist / "letters.nq").read_text(encoding="utf-8").splitlines()
    assert "isReplacedBy place:skerry-point" in (built.dist / "place" / "the-point.ttl").read_text(encoding="utf-8")
    release = f"<{base}dataset> <http://www.w3.org/ns/prov#hadMember> <{base}graph/tombstones>"
    assert release in (built.dist / "letters.nq").read_text(encoding="utf-8")


def test_no_tombstones_and_an_empty_list_are_the_same_publication(warm: Tiny, tmp_path: Path) -> None:
    """A graph that says nothing is not published."""
    built = [build(warm(tmp_path / "a")), build(warm(tmp_path / "b", **{"corpus/tombstones.yaml": "tombstones: []\n"}))]
    assert tree(built[0].dist) == tree(built[1].dist)
    assert "graph/tombstones" not in (built[0].dist / "letters.nq").read_text(encoding="utf-8")


def test_a_tombstone_of_what_is_still_an_entry_stops_the_build(warm: Tiny, tmp_path: Path) -> None:
    """With the line that says so; a chain that is a loop too, and both are told at once."""
    file = entombed(
        warm, tmp_path, ("place/lowport", "place/skerry-point"), ("place/a", "place/b"), ("place/b", "place/a")
    )
    told = [(one.file, one.line, one.field, one.message.partition(":")[0]) for one in problems_of(file)]
    assert told == [
        ("corpus/tombstones.yaml", 2, "tombstones[0].id", "is said to be gone, but it is still an entry"),
        ("corpus/tombstones.yaml", 3, "tombstones[1].successor", "leads back to where it began"),
        ("corpus/tombstones.yaml", 4, "tombstones[2].successor", "leads back to where it began"),
    ]
    assert not (tmp_path / "dist").exists()


def test_a_letter_that_no_mention_leads_to_is_found_by_the_check_of_the_whole(warm: Tiny, tmp_path: Path) -> None:
    """It is known only after the queries of queries/construct have run; the line is that of the tombstone."""
    problems = problems_of(entombed(warm, tmp_path, ("place/the-point", "attested/from-nobody")))
    described = [one for one in problems if "nothing describes it" in one.message]
    assert [(one.file, one.line, one.field) for one in described] == [
        ("corpus/tombstones.yaml", 2, "tombstones[0].successor")
    ]


def test_a_tombstones_file_that_cannot_be_read_is_told_with_the_other_problems(tiny: Tiny, tmp_path: Path) -> None:
    """What it leads to is not looked up before the corpus is whole."""
    file = tiny(tmp_path, **{"corpus/tombstones.yaml": "tombstones:\n- {id: place/a}\n", PERSONS: None})
    told = {(one.file, one.message) for one in problems_of(file)}
    assert ("corpus/tombstones.yaml", "lacks state, since, reason") in told
    assert (PERSONS, "is missing") in told
