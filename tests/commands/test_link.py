"""`kgpub link` from end to end: against a real SPARQL server, into the ledger, and through a build."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result

from kgpub import pipeline
from kgpub.cli import cli
from kgpub.collect.authority import read_authority
from kgpub.commands import deciding, shared
from kgpub.link.entities import Entity, read_entities
from kgpub.link.propose import TIE, unlinked
from kgpub.link.score import CAP
from kgpub.project import Project, load_project
from tests.link.reconciliation_service import Service
from tests.link.servers import oxigraph_server, told_server
from tests.link.world import WORLD, item
from tests.parts import need
from tests.tiny import PROJECT, make_tiny

LEDGER = "corpus/authority/links.yaml"
SLICE = "corpus/authority/wikidata-slice.nt"
WD = rdflib.Namespace("http://www.wikidata.org/entity/")
ADA = rdflib.URIRef("https://example.org/letters/person/ada-quill")


def run(file: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["--project", str(file), "link", *arguments], input=stdin, prog_name="kgpub")


def build(file: Path) -> None:
    pipeline.build(load_project(file), "2024-02-29", workers=1)


def ledger(file: Path) -> str:
    return (file.parent / LEDGER).read_text(encoding="utf-8")


@pytest.fixture
def publication_file(rebuilt: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A tiny publication of its own, built, without a slice."""
    return rebuilt(tmp_path / "publication")


@pytest.fixture
def sliced(publication_file: Path) -> Path:
    """The same with the invented world as its pinned slice."""
    (publication_file.parent / SLICE).write_text(WORLD, encoding="utf-8")
    return publication_file


# -- one run on a connected machine -----------------------------------------------------------------------------------------


def test_one_run_finishes_the_work(publication_file: Path, world: str) -> None:
    """Refresh from the endpoint, look, accept, reject, build: the graph says what was decided; offline from then on."""
    refreshed = run(publication_file, "--refresh", "--endpoint", world, "--rate", "50")
    assert refreshed.exit_code == 1, refreshed.stderr
    assert "merged: bruno-sand: Q999999999 redirects to Q910002" in refreshed.stdout
    assert f"Written to {SLICE}." in refreshed.stdout
    shown = run(publication_file, "ada-quill")
    assert re.search(r"1\. Q900001 Ada Quill \(born 1851; died 1920\)  0\.9\d", shown.stdout)
    assert "L1 1893-02-03 sender of, signer of" in shown.stdout
    accepted = run(publication_file, "--accept", "ada-quill", "Q900001", "--by", "the board", "--on", "2026-11-24")
    assert accepted.exit_code == 0, accepted.stderr
    assert run(publication_file, "--defer", "bruno-sand", "Q999999999", "--reason", "it was merged").exit_code == 0
    assert run(publication_file, "--accept", "bruno-sand", "Q910002").exit_code == 0
    assert run(publication_file, "--reject", "lowport", "Q930002", "--reason", "on another shore").exit_code == 0
    again = run(publication_file, "--refresh", "--endpoint", world, "--rate", "50")
    assert (again.exit_code, again.stderr.count("Error")) == (0, 0)
    assert "2 linked items looked up: 2 unchanged, 0 merged, 0 deleted." in again.stdout
    build(publication_file)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(publication_file.parent / "dist" / "letters.nq", format="nquads")
    assert (ADA, rdflib.SKOS.exactMatch, WD.Q900001) in graph
    assert (rdflib.URIRef("https://example.org/letters/person/bruno-sand"), rdflib.SKOS.exactMatch, WD.Q910002) in graph
    assert (rdflib.URIRef("https://example.org/letters/place/lowport"), rdflib.OWL.differentFrom, WD.Q930002) in graph
    assert not set(graph.triples((None, None, WD.Q999999999)))
    evidence = {str(one) for one in graph.objects(None, rdflib.DCTERMS.source)}
    assert f"{SLICE}: Q900001 Ada Quill (born 1851; died 1920)" in evidence


def test_what_was_accepted_is_not_proposed_and_not_listed(sliced: Path) -> None:
    assert run(sliced, "--accept", "ada-quill", "Q900001").exit_code == 0
    for arguments in (["--kind", "person"], ["--list", "--kind", "person"]):
        assert not re.search(r"^ada-quill ", run(sliced, *arguments).stdout, re.MULTILINE)
    shown = run(sliced, "--all", "--kind", "person").stdout
    assert re.search(r"^ada-quill ", shown, re.MULTILINE)


# -- showing ----------------------------------------------------------------------------------------------------------------


def test_a_proposal_shows_the_parts_of_the_score_and_why_not(sliced: Path) -> None:
    text = run(sliced, "ada-quill").stdout
    assert re.search(r"names +0\.99  Ада Квилл ~ Квилл, Ада 0\.98; Ada Quill ~ Ada Quill 1\.00", text)
    assert re.search(r"dates +1\.00  born 1851-03-04, there 1851-03-04; died 1920, there 1920", text)
    assert re.search(r"offices +1\.00  keeper of Skerry Point", text)
    assert "born 1903-05-02, but ours is seen from 1880-05-31 (contradicts)" in text
    assert "decided     reject: a namesake, born ten years after the letter" in text
    assert "kind        0.00  it is a disambiguation page (contradicts)" in text


def test_the_rest_is_said_in_words(sliced: Path) -> None:
    text = run(sliced, "--kind", "person").stdout
    assert "Q920001 and Q920002 fit equally: the score cannot tell which" in text
    assert "known by a printed name only: nothing is looked for" in text
    assert text.splitlines()[-1] == (
        "3 looked for: 2 with a candidate that may be it (1 where two fit equally), 1 without."
    )
    assert "no item bears one of its names" in run(sliced, "skerry-point").stdout


def test_json_has_everything(sliced: Path) -> None:
    (ada,) = json.loads(run(sliced, "ada-quill", "--json", "--limit", "2").stdout)
    assert (ada["entity"], ada["born"], ada["letters"][0]["id"]) == ("ada-quill", "1851-03-04", "L1")
    best, second = ada["candidates"]
    assert (best["item"], best["agreed"], best["excluded"]) == ("Q900001", ["name", "dates", "office"], [])
    assert ada["margin"] == pytest.approx(best["score"] - second["score"], abs=0.001)
    assert {one["part"] for one in best["parts"]} == {"names", "kind", "dates", "offices", "activity"}


def test_the_list_needs_no_source_and_has_all_that_is_known(publication_file: Path) -> None:
    result = run(publication_file, "--list")
    assert result.exit_code == 0
    assert (
        "ada-quill  (person)\n  Ada Quill; Ада Квилл\n  keeper of the lamp on Skerry Point; born 1851-03-04; died 1920\n"
        in result.stdout
    )
    assert "  Keeper of Skerry Point, 1880-05 to 1901-06-30\n" in result.stdout
    assert "bruno-sand  (" not in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "8 without a link: person 3 (1 known by a printed name only), organisation 2, place 2, event 1"
    )
    listed = json.loads(run(publication_file, "--list", "--json", "--kind", "place").stdout)
    assert [one["entity"] for one in listed] == ["lowport", "skerry-point"]
    assert (listed[0]["latitude"], listed[0]["longitude"]) == (54.5, -3.25)


def test_a_reconciliation_service_is_a_source_too(publication_file: Path) -> None:
    with told_server(Service().answer) as address:
        result = run(publication_file, "ada-quill", "--service", address, "--rate", "50")
        assert "1. Q900001 Ada Quill (born 1851; 54.500, -3.250)" in result.stdout
        accepted = run(publication_file, "--accept", "ada-quill", "Q900001", "--service", address, "--rate", "50")
    assert accepted.exit_code == 0, accepted.stderr
    assert "item: Q900001, decision: accept, agreed: [name, dates], score: " in ledger(publication_file)


def test_answers_are_kept_so_that_a_second_look_asks_nothing(publication_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    with oxigraph_server(folder, WORLD) as address:
        first = run(publication_file, "--kind", "person", "--endpoint", address, "--rate", "50")
    assert first.exit_code == 0, first.stderr
    # The server has stopped.
    second = run(publication_file, "--kind", "person", "--endpoint", address, "--rate", "50")
    assert second.stdout == first.stdout
    assert any((publication_file.parent / ".kgpub" / "cache" / "link").rglob("*"))


# -- deciding ---------------------------------------------------------------------------------------------------------------


def test_interactive_walks_through_and_writes_what_is_answered(sliced: Path) -> None:
    answers = "a 9\na 3\na 2\nn\na 1\na\nn\nr 2\nanother woman\n"
    more = ("--by", "the board", "--on", "2026-11-24")
    result = run(sliced, "ada-quill", "dora-finch", "--interactive", *more, stdin=answers)
    assert result.exit_code == 0, result.stderr
    assert "Answer as a 1, r 2, d 1, s or q; there are 5 candidates." in result.stdout
    assert "Not written: Q900002: born 1851-03-04, there 1903-05-02: years apart" in result.stdout
    assert result.stdout.count("Only the name agrees, and a namesake's would too. Accept it all the same?") == 2
    text = ledger(sliced)
    assert re.search(
        r"item: Q900001, decision: accept, agreed: \[name, dates, office\], score: 0\.988, evidence: ", text
    )
    assert (
        'entity: dora-finch, item: Q920002, decision: reject, score: 0.45, reason: "another woman", by: the board'
        in text
    )
    assert "Q900003" not in text
    assert "Q920001" not in text


def test_q_stops_the_walk(sliced: Path) -> None:
    before = ledger(sliced)
    result = run(sliced, "ada-quill", "dora-finch", "--interactive", stdin="q\n")
    assert "dora-finch" not in result.stdout
    assert ledger(sliced) == before


def test_a_decision_with_its_ground_needs_no_source(publication_file: Path) -> None:
    result = run(
        publication_file,
        *("--accept", "lowport", "Q930001", "--agreed", "name, coordinates", "--evidence", "seen on the map"),
        *("--by", "the board", "--on", "2026-11-24", "--match", "close"),
    )
    assert result.stdout == f"{LEDGER}:6: accept lowport Q930001. `kgpub build` publishes it.\n"
    assert ledger(publication_file).splitlines()[5] == (
        "- {entity: lowport, item: Q930001, decision: accept, match: close, agreed: [name, coordinates], "
        'evidence: "seen on the map", by: the board, on: 2026-11-24}'
    )
    build(publication_file)


def test_who_decides_is_the_publisher_unless_named(publication_file: Path) -> None:
    assert run(publication_file, "--defer", "lowport", "Q930001", "--reason", "later").exit_code == 0
    assert "by: The Lamp Society, on: 20" in ledger(publication_file)


MISTAKES = [
    (["--accept", "ada-quil", "Q900001"], "'ada-quil' is no person, organisation, place or event of the built graph"),
    (["ada-quil"], "Did you mean 'ada-quill'?"),
    (["zzzz"], "`kgpub link --list` has those without a link."),
    (["--accept", "ada-quill", "Q900002"], "Q900002: born 1851-03-04, there 1903-05-02: years apart"),
    (
        ["--accept", "ada-quill", "Q900003"],
        "Q900003: only the name agrees, and a namesake's would too\n  If it is the same",
    ),
    (["--accept", "ada-quill", "Q1"], f"{SLICE}: says nothing of Q1\n  See whether the id is right"),
    (["--accept", "bruno-sand", "Q999999999"], "Q999999999 was merged into Q910002\n  Look at Q910002"),
    (
        ["--accept", "bruno-sand", "Q910002"],
        "bruno-sand is matched exactly with Q999999999 already, by the board on 2024-01-02",
    ),
    (["--reject", "ada-quill", "Q900002"], "ada-quill and Q900002: reject needs a reason"),
    (
        ["--reject", "ada-quill", "Q999999998", "--reason", "x"],
        "this was decided already: reject by the board on 2024-01-03",
    ),
    (["--reject", "ada-quill", "900002", "--reason", "x"], "'900002' is no item of Wikidata"),
    (["--reject", "nobody", "Q1", "--reason", "x"], "'nobody' stands in no authority file"),
    (
        ["--accept", "lowport", "Q5", "--agreed", "colour", "--evidence", "x"],
        "--agreed: 'colour' is nothing that can agree",
    ),
    (["--defer", "lowport", "Q5", "--on", "yesterday", "--reason", "x"], "'yesterday' is not a day as 2026-11-24"),
    (["--list", "--beacon"], "--list and --beacon are two things to do; give one of them."),
    (
        ["--endpoint", "http://127.0.0.1:1/", "--service", "http://127.0.0.1:1/"],
        "--endpoint and --service are two sources",
    ),
    (["--refresh", "--service", "http://127.0.0.1:1/"], "--refresh needs a SPARQL endpoint"),
    (["--endpoint", "query.wikidata.org"], "'query.wikidata.org' is not an address"),
    (
        ["--endpoint", "https://query.example.org/sparql"],
        "query.example.org asks programs to say whom to write to, and nobody is named",
    ),
]


@pytest.mark.parametrize(("arguments", "told"), MISTAKES, ids=[" ".join(one[0]) for one in MISTAKES])
def test_a_mistake_is_named_and_nothing_written(mistaken: Path, arguments: list[str], told: str) -> None:
    before = ledger(mistaken)
    result = run(mistaken, *arguments)
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert ledger(mistaken) == before


@pytest.fixture(scope="module")
def mistaken(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built publication with a slice, in which nothing changes."""
    folder = shutil.copytree(built.parent, tmp_path_factory.mktemp("mistaken") / "publication")
    file = folder / built.name
    (file.parent / SLICE).write_text(WORLD, encoding="utf-8")
    return file


def test_without_a_slice_it_is_said_how_to_make_one(publication_file: Path) -> None:
    result = run(publication_file)
    assert result.exit_code == 2
    assert f"Error: {SLICE}: is not there\n  There is no pinned slice. On a machine with a network run" in result.stderr


def test_without_a_build_it_is_said_to_build(tmp_path: Path) -> None:
    result = run(make_tiny(tmp_path / "publication"), "--list")
    assert (result.exit_code, "Run `kgpub build` first." in result.stderr) == (2, True)


def test_a_broken_ledger_is_told_with_its_line(publication_file: Path) -> None:
    file = publication_file
    (file.parent / LEDGER).write_text("links:\n- {entity: ada-quill}\n", encoding="utf-8")
    result = run(file, "--list")
    assert result.exit_code == 1
    assert f"{LEDGER}:2" in result.stderr


def test_an_endpoint_that_knows_none_of_it_makes_no_slice(publication_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    with oxigraph_server(folder, item("Q1", {"en": "Somebody Else"})) as address:
        result = run(publication_file, "--refresh", "--endpoint", address, "--rate", "50")
    assert result.exit_code == 2
    assert "says nothing of any item that we look for" in result.stderr
    assert not (publication_file.parent / SLICE).exists()


def test_contact_and_endpoint_may_stand_in_the_settings(publication_file: Path, world: str) -> None:
    text = publication_file.read_text(encoding="utf-8")
    publication_file.write_text(f'{text}\n[link]\ncontact = "a@example.org"\nendpoint = "{world}"\n', encoding="utf-8")
    assert "merged: bruno-sand" in run(publication_file, "--refresh", "--rate", "50").stdout
    assert "#CONTACT: a@example.org" in run(publication_file, "--beacon").stdout


# -- the other direction ----------------------------------------------------------------------------------------------------


def test_quickstatements_go_to_a_file_and_remarks_beside(publication_file: Path) -> None:
    result = run(publication_file, "--quickstatements")
    assert result.stdout == 'Q999999999\tP973\t"https://example.org/letters/person/bruno-sand"\n'
    assert "LBA: has no accepted item of its own, so P485 was left out for 1 linked actors" in result.stderr
    assert "No pinned slice" in result.stderr


def test_with_a_slice_only_names_that_are_not_there_are_written(sliced: Path) -> None:
    assert run(sliced, "--accept", "ada-quill", "Q900001").exit_code == 0
    result = run(sliced, "--quickstatements")
    assert 'Q900001\tAru\t"Ада Квилл"' in result.stdout.splitlines()
    assert "No pinned slice" not in result.stderr
    with (sliced.parent / SLICE).open("a", encoding="utf-8") as file:
        file.write(item("Q900001", {}, aliases=[("ru", "Ада Квилл")]))
    assert "Aru" not in run(sliced, "--quickstatements").stdout


def test_a_candidate_that_another_has_is_shown_as_taken(sliced: Path) -> None:
    ground = ("--agreed", "name", "--evidence", "invented")
    assert run(sliced, "--accept", "ada-quill", "Q920001", *ground).exit_code == 0
    text = run(sliced, "dora-finch").stdout
    assert "taken       ada-quill is matched with it" in text
    assert "1. Q920002 Dora Finch" in text


def test_a_beacon_has_the_day_of_the_release(publication_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    lines = run(publication_file, "--beacon").stdout.splitlines()
    assert "#TIMESTAMP: 2023-11-14" in lines
    assert lines[-1] == "Q999999999||person/bruno-sand"


# -- the real publication, on a slice made from what was found of its links ---------------------------------------------------


def slice_of(rows: list[dict[str, str]]) -> str:
    """Return facts of the table as items in Wikidata's model, each person with a namesake a generation older and one younger."""
    made = []
    for row in rows:
        human = row["kind"] == "person"
        times = {name: row[key] for name, key in (("P569", "birth"), ("P570", "death")) if row[key]}
        point = (float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
        labels, types = {"en": row["label"]}, ["Q5" if human else "Q35120"]
        made.append(item(row["qid"], labels, types=types, times=times, point=point))
        if human and "P569" in times:
            year = int(times["P569"][:4])
            trap = row["qid"].replace("Q", "Q99000")
            made.append(item(f"{trap}1", labels, types=types, times={"P569": str(year - 31)}))
            made.append(item(f"{trap}2", labels, types=types, times={"P569": str(year + 28)}))
        if point:
            trap = row["qid"].replace("Q", "Q98000")
            made.append(item(trap, labels, types=types, point=(point[0] - 20, point[1] + 40)))
    return "".join(made)


@pytest.mark.slow
def test_accepted_links_come_first_and_no_trap_is_open(
    publication: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every link of the real ledger whose item stands in the table, against a real server with namesakes beside it."""
    beside = PROJECT.parent / "shared" / "data" / "wikidata-links.csv"
    how = "set KGPUB_LINKS_TABLE to the table of links that were looked up, or lay it into ../shared/data/"
    table = need(Path(os.environ.get("KGPUB_LINKS_TABLE", beside)), how)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if re.fullmatch(r"Q\d+", row["qid"])]
    layers, _ = read_authority(publication.root, publication.authority)
    links = {one["entity"]: one["item"] for one in layers["links"].data["links"] if one["decision"] == "accept"}
    monkeypatch.setattr(shared, "project_of", lambda ctx: publication)
    with oxigraph_server(tmp_path, slice_of(rows)) as address:
        arguments = ["link", "--all", "--json", "--endpoint", address, "--rate", "50", "--limit", "20"]
        result = CliRunner().invoke(cli, arguments, prog_name="kgpub")
    assert result.exit_code == 0, result.stderr
    proposals = {one["entity"]: one for one in json.loads(result.stdout)}
    there = {entity for entity, item_ in links.items() if item_ in {row["qid"] for row in rows}}
    found = {entity for entity in there if proposals[entity]["candidates"]}
    first = {entity for entity in found if proposals[entity]["candidates"][0]["item"] == links[entity]}
    print(f"{len(there)} linked, {len(found)} found by name, {len(first)} first")
    assert len(there) > 200
    assert len(found) > 0.95 * len(there)
    wrong = {entity: proposals[entity]["candidates"][0]["item"] for entity in found - first}
    assert wrong == {}
    for one in proposals.values():
        for candidate in one["candidates"]:
            if re.match(r"Q99000\d+", candidate["item"]) and one["born"]:
                assert candidate["score"] <= CAP, (one["entity"], candidate)


def invented(entities: Sequence[Entity]) -> tuple[str, dict[str, str]]:
    """Return an invented item for each entity, with the facts that we have, and one of its name that cannot be it."""
    made, items = [], {}
    for number, one in enumerate(entities, 1):
        own, trap = f"Q77{number:06}", f"Q88{number:06}"
        human = one.kind == "person"
        labels = {"en": one.name}
        aliases = [(name.lang.lower(), name.text) for name in one.names[1:] if "Latn" not in name.lang]
        days = {"P569": one.born, "P570": one.died} if human else {"P580": one.start, "P582": one.end}
        times = {name: day for name, day in days.items() if re.fullmatch(r"\d{4}(-\d\d){0,2}", day)}
        point = (one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else None
        held = [(f"Q66{number:06}", one.names[0].text, "", "") for one in one.tenures]
        types = ["Q5" if human else "Q35120"]
        made.append(item(own, labels, aliases=aliases, types=types, times=times, point=point, positions=held))
        made.append(item(trap, labels, types=["Q35120" if human else "Q5"]))
        items[one.id] = own
    return "".join(made), items


@pytest.mark.slow
def test_one_refresh_covers_every_entry_without_a_link(
    publication: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were each of them in Wikidata under one of its names, one run would bring every one of them before the editor."""
    shutil.copytree(publication.authority, tmp_path / "authority")
    project = replace(publication, authority=tmp_path / "authority")
    monkeypatch.setattr(shared, "project_of", lambda ctx: project)
    known = read_entities(shared.store_of(project), project.base)
    left = [one for one in unlinked(known, deciding.decisions_of(project)) if not one.unidentified]
    content, items = invented(left)
    with oxigraph_server(tmp_path, content) as address:
        arguments = ["link", "--refresh", "--endpoint", address, "--rate", "50"]
        refreshed = CliRunner().invoke(cli, arguments, prog_name="kgpub")
    # The real items are not in this invented world, and that is said of each.
    assert refreshed.exit_code == 1, refreshed.output
    assert refreshed.stdout.count("deleted: ") == sum(1 for one in deciding.decisions_of(project) if one.exact)
    shown = CliRunner().invoke(cli, ["link", "--json"], prog_name="kgpub")
    proposals = {one["entity"]: one for one in json.loads(shown.stdout)}
    assert set(items) <= set(proposals)
    for entity, own in items.items():
        fit = [one for one in proposals[entity]["candidates"] if not one["excluded"]]
        assert fit, entity
        best = {one["item"] for one in fit if one["score"] >= fit[0]["score"] - TIE}
        assert own in best, (entity, own, fit)
    alone = sum(1 for entity in items if not proposals[entity]["tied"])
    print(f"{len(items)} without a link, {alone} with one candidate before all others")
    assert alone > 0.9 * len(items)


# -- a first slice where no endpoint can be reached -----------------------------------------------------------------------------


def test_a_slice_is_made_of_the_ledger_and_weighs_the_links_that_stand(publication_file: Path) -> None:
    evidence = 'evidence: "github a/b c: Q77 Finch, Dora (1870-1950; x)"'
    line = f"- {{entity: dora-finch, item: Q77, decision: accept, agreed: [name], {evidence}, by: me, on: 2024-01-01}}"
    with (publication_file.parent / LEDGER).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    made = run(publication_file, "--seed")
    assert made.exit_code == 0, made.stderr
    assert f"written to {SLICE}; none of them from Wikidata itself." in made.stdout
    assert "1. Q77 Dora Finch" in run(publication_file, "dora-finch", "--all").stdout
    assert run(publication_file, "--seed").exit_code == 0


def test_a_slice_of_an_endpoint_is_not_replaced_by_one_of_the_ledger(sliced: Path) -> None:
    result = run(sliced, "--seed")
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: {SLICE}: is there already\n"
        "  It came from an endpoint and knows more than the ledger. Delete it first if you mean it.\n"
    )
    assert (sliced.parent / SLICE).read_text(encoding="utf-8") == WORLD


def test_the_slice_that_is_shipped_is_what_the_ledger_quotes(tmp_path: Path) -> None:
    """A decision added by hand without the slice made anew would be weighed on yesterday's ledger."""
    from kgpub.link.seed import first_slice
    from kgpub.link.slice import is_seed

    project = load_project(PROJECT / "kgpub.toml")
    file = project.authority / "wikidata-slice.nt"
    assert not is_seed(file) or file.read_text(encoding="utf-8") == first_slice(deciding.decisions_of(project))
