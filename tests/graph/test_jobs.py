"""Which graphs are validated one by one."""

from __future__ import annotations

from dataclasses import replace

from kgpub.graph.jobs import make_jobs
from tests.graph.built import ARCHIVES, BASE, jobs, ontology, records, shapes


def test_there_is_a_job_for_the_authority_data_the_units_and_each_item() -> None:
    assert list(jobs()) == ["authority", "archives", "L1", "L2", "L3"]


def test_two_editions_of_one_item_are_judged_together() -> None:
    own = jobs()["L1"].own
    assert f"<{BASE}edition/L1>" in own
    assert f"<{BASE}edition/L4>" in own
    assert f"<{BASE}graph/L4>" in own


def test_a_document_is_judged_with_the_persons_and_units_it_points_to() -> None:
    around = jobs()["L2"].around
    assert f"<{BASE}person/bruno-sand> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in around
    assert f"<{BASE}archive/LBA/fond-7/opis-1/delo-12>" in around
    assert f"<{BASE}archive/LBA/fond-7/opis-1/delo-13>" not in around
    assert "concept/form/telegram>" in around
    assert f"<{BASE}document/L1>" not in around


def test_units_that_several_records_cite_stand_once() -> None:
    own = jobs()["archives"].own
    assert own.count(f'<{BASE}archive/LBA/fond-7> <http://purl.org/dc/terms/identifier> "7" .\n') == 1
    assert own.count("ontology#ArchivalUnit> .\n") == 4
    assert "document/" not in own


def test_authority_data_has_shapes_of_its_own() -> None:
    assert jobs()["authority"].shapes == jobs()["archives"].shapes == shapes("authority")
    assert jobs()["L1"].shapes == shapes("document") != shapes("authority")


def test_a_changed_record_changes_the_job_of_its_item_alone() -> None:
    first, *others = records()
    changed = [replace(one, nquads=one.nquads.replace('"31"', '"32"')) if one.id == "L2" else one for one in others]
    again = make_jobs(first, changed, ontology(), ARCHIVES, {one.id: shapes() for one in others}, shapes("authority"))
    assert [job.id for job in again if job.key() != jobs()[job.id].key()] == ["L2"]


def test_without_an_ontology_there_are_still_jobs() -> None:
    first, *others = records()
    made = make_jobs(first, others, "", ARCHIVES, {one.id: "" for one in others}, "")
    assert [job.id for job in made] == list(jobs())
