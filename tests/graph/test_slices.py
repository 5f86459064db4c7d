"""What stands around a document's graph: enough for every shape to look up, and no more."""

from __future__ import annotations

from kgpub.graph.slices import LOOKED_UP, Neighbourhood, triples_of
from kgpub.vocabulary import CWC, PREFIXES

EX = "https://example.org/"
TYPE, LABEL = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['skos']}altLabel>"


def t(subject: str, predicate: str, obj: str) -> str:
    return f"<{EX}{subject}> {predicate} <{EX}{obj}> .\n"


def c(local: str) -> str:
    return f"<{CWC}{local}>"


AUTHORITY = "".join(
    [
        t("quill", TYPE, "Person"),
        f'<{EX}quill> {c("died")} "1920" .\n',
        f'<{EX}quill> {LABEL} "Квилл"@ru .\n',
        t("tenure-1", c("holder"), "quill"),
        t("tenure-1", c("office"), "keeper"),
        t("keeper", TYPE, "Office"),
        t("tenure-2", c("office"), "keeper"),
        t("tenure-2", c("holder"), "sand"),
        t("sand", TYPE, "Person"),
        t("old-gull", c("pseudonymOf"), "quill"),
        t("nobody", TYPE, "Person"),
        f"<{EX}Person> <{PREFIXES['rdfs']}subClassOf> <{EX}Actor> .\n",
    ]
)
OWN = t("L1", c("sender"), "quill")


def test_triples_of_one_graph_are_cut_out_without_its_name() -> None:
    text = '<s> <p> "in <g1> ." <g1> .\n<s> <p> <g1> <g2> .\n<s> <p> "x" <g1> .\n'
    assert triples_of(text, "<g1>") == '<s> <p> "in <g1> ." .\n<s> <p> "x" .\n'
    assert triples_of(text, "<g3>") == ""


def test_a_person_comes_with_tenures_their_offices_and_who_else_held_them() -> None:
    around = Neighbourhood(AUTHORITY).around(OWN)
    subjects = {line.split(" ")[0].removeprefix(f"<{EX}").rstrip(">") for line in around.splitlines()}
    assert subjects == {"quill", "tenure-1", "tenure-2", "keeper", "sand", "old-gull", "Person"}


def test_only_what_shapes_look_up_comes_along() -> None:
    around = Neighbourhood(AUTHORITY).around(OWN)
    assert f'<{EX}quill> {c("died")} "1920" .\n' in around
    assert "Квилл" not in around
    assert {line.split(" ")[1] for line in around.splitlines()} <= LOOKED_UP


def test_the_classes_always_come_along() -> None:
    hood = Neighbourhood(AUTHORITY)
    assert hood.axioms == f"<{EX}Person> <{PREFIXES['rdfs']}subClassOf> <{EX}Actor> .\n"
    assert hood.around("") == hood.axioms


def test_a_node_that_the_graph_describes_itself_is_not_taken_from_elsewhere() -> None:
    around = Neighbourhood(AUTHORITY).around(OWN + t("quill", TYPE, "Person"))
    assert f"<{EX}quill> {c('died')}" not in around


def test_the_slice_is_sorted_and_the_same_from_texts_in_any_order() -> None:
    lines = AUTHORITY.splitlines(keepends=True)
    one, other = Neighbourhood(*lines), Neighbourhood("".join(lines[::-1]))
    assert one.around(OWN) == other.around(OWN) == "".join(sorted(set(one.around(OWN).splitlines(keepends=True))))
