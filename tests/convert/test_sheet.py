"""The sheet of statements: sorted, said once, each with where it comes from."""

from __future__ import annotations

from kgpub.convert.iris import Iris
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, literal

IRIS = Iris("https://example.org/letters/")
L1, GRAPH = IRIS.document("L1"), IRIS.graph("L1")


def test_statements_are_sorted_whatever_order_they_were_written_in() -> None:
    pairs = [(cwc("telegramNumber"), literal(number)) for number in ("2", "10", "1")]
    texts = []
    for order in (pairs, pairs[::-1]):
        sheet = Sheet(IRIS, GRAPH)
        for predicate, obj in order:
            sheet.add(L1, predicate, obj)
        texts.append(sheet.nquads())
    assert texts[0] == texts[1] == "".join(sorted(texts[0].splitlines(keepends=True)))
    assert texts[0].count("\n") == 3


def test_a_triple_said_twice_stands_once_with_its_first_origin() -> None:
    sheet = Sheet(IRIS, GRAPH)
    sheet.add(L1, cwc("sender"), IRIS.entity("person", "x"), "a.yaml", "senders[0]")
    sheet.add(L1, cwc("sender"), IRIS.entity("person", "x"), "a.yaml", "signers[0]")
    assert sheet.nquads().count("\n") == 1
    (origin,) = sheet.origins()
    assert (origin.file, origin.field) == ("a.yaml", "senders[0]")


def test_what_names_no_file_has_no_origin() -> None:
    sheet = Sheet(IRIS, GRAPH)
    sheet.add(L1, cwc("lines"), literal("1-2"))
    assert sheet.origins() == ()


def test_a_part_is_named_by_its_class_and_content_alone() -> None:
    pairs = [(cwc("position"), literal("1")), (cwc("printedForm"), literal("Sand (2)"))]
    one, other = Sheet(IRIS, GRAPH), Sheet(IRIS, GRAPH)
    assert one.part(L1, "CopyAllotment", pairs) == other.part(L1, "CopyAllotment", [*pairs[::-1], pairs[0]])
    assert one.nquads() == other.nquads()
    assert one.part(L1, "CopyAllotment", pairs) != one.part(L1, "Mention", pairs)
    assert one.part(L1, "CopyAllotment", pairs) != one.part(L1, "CopyAllotment", pairs[:1])
    assert one.part(L1, "CopyAllotment", pairs).startswith("<https://example.org/letters/document/L1#copy-allotment-")


def test_a_statement_may_stand_in_another_graph() -> None:
    sheet = Sheet(IRIS, GRAPH)
    sheet.add(L1, cwc("lines"), literal("1"), graph=IRIS.graph("archives"))
    assert sheet.nquads().endswith(" <https://example.org/letters/graph/archives> .\n")
