"""What a conversion knows of the rest, and the digest that tells when it knows something else."""

from __future__ import annotations

from dataclasses import replace

from kgpub.convert.context import build_context
from tests.convert.samples import BASE, CONCEPTS, authority, layer, sample_context


def test_ids_have_kinds_labels_and_cover_names() -> None:
    context = sample_context()
    assert context.kinds["ada-quill"] == "person"
    assert context.kinds["LBA"] == "archive"
    assert context.kinds["lamp-gazette"] == "edition"
    assert context.labels["lowport"] == "Lowport"
    assert context.labels["lamp-gazette"] == "Lamp Gazette"
    assert context.cover_names == {"ada-quill": ("old-gull",)}
    assert context.files["edition"] == "corpus/authority/publications.yaml"


def test_ids_of_some_kinds_are_sorted() -> None:
    assert sample_context().ids("place", "office") == ["keeper-of-skerry-point", "lowport", "skerry-point"]


def test_iris_stand_below_the_base() -> None:
    assert sample_context().iris.document("L1") == f"<{BASE}document/L1>"


def test_the_digest_changes_with_everything_a_conversion_depends_on() -> None:
    context = sample_context()
    others = [
        replace(context, base="https://example.org/other/"),
        replace(context, version="0.2.0"),
        replace(context, kinds={**context.kinds, "new": "person"}),
        replace(context, labels={**context.labels, "lowport": "Low Port"}),
        replace(context, cover_names={}),
        replace(context, concepts={**context.concepts, "topic": frozenset({"other"})}),
    ]
    assert len({context.digest(), *(one.digest() for one in others)}) == len(others) + 1


def test_the_digest_does_not_depend_on_the_order_of_entries() -> None:
    text = "events:\n- {id: a, name: A}\n- {id: b, name: B}\n"
    swapped = "events:\n- {id: b, name: B}\n- {id: a, name: A}\n"
    digests = {
        build_context(BASE, "0", {**authority(), "events": layer("e", one)}, CONCEPTS).digest()
        for one in (text, swapped)
    }
    assert len(digests) == 1


def test_a_gloss_of_the_authority_files_makes_no_record_new() -> None:
    text = "events:\n- {id: great-fog, name: Great Fog, gloss: GLOSS}\n"
    digests = {
        build_context(BASE, "0", {**authority(), "events": layer("e", text.replace("GLOSS", gloss))}, CONCEPTS).digest()
        for gloss in ("one", "two")
    }
    assert len(digests) == 1
