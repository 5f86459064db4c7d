"""An invented Wikidata in Wikidata's true RDF model: namesakes, a father and a son, a merged item, one of another time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from kgpub.link.items import ENTITY, GEO_WKT, PQ, PS, WDT, P
from kgpub.link.wikidata import to_ntriples

__all__ = ["HUMAN", "WORLD", "item", "redirect", "store_of"]

HUMAN = "Q5"
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ALIAS = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_SAME = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
_TIME = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")

Position = tuple[str, str, str, str]


def _time(day: str) -> Literal:
    """As the RDF export writes a day, a month or a year: the first day of it."""
    parts = [*day.split("-"), "01", "01"][:3]
    return Literal(f"{'-'.join(parts)}T00:00:00Z", datatype=_TIME)


def item(
    id_: str,
    labels: Mapping[str, str],
    *,
    aliases: Sequence[tuple[str, str]] = (),
    types: Sequence[str] = (),
    times: Mapping[str, str] | None = None,
    point: tuple[float, float] | None = None,
    within: Mapping[str, str] | None = None,
    positions: Sequence[Position] = (),
) -> str:
    """Return the N-Triples of one item: `times` by property, `positions` as (item, label, from, until)."""
    node = NamedNode(ENTITY + id_)
    made = [Triple(node, _LABEL, Literal(text, language=lang)) for lang, text in labels.items()]
    made += [Triple(node, _ALIAS, Literal(text, language=lang)) for lang, text in aliases]
    made += [Triple(node, NamedNode(f"{WDT}P31"), NamedNode(ENTITY + one)) for one in types]
    made += [Triple(node, NamedNode(WDT + name), _time(day)) for name, day in (times or {}).items()]
    if point:
        wkt = Literal(f"Point({point[1]} {point[0]})", datatype=NamedNode(GEO_WKT))
        made.append(Triple(node, NamedNode(f"{WDT}P625"), wkt))
    for other, label in (within or {}).items():
        made.append(Triple(node, NamedNode(f"{WDT}P131"), NamedNode(ENTITY + other)))
        made.append(Triple(NamedNode(ENTITY + other), _LABEL, Literal(label, language="en")))
    for number, (office, label, start, end) in enumerate(positions):
        statement = NamedNode(f"{ENTITY}statement/{id_}-{number}")
        made.append(Triple(node, NamedNode(f"{P}P39"), statement))
        made.append(Triple(statement, NamedNode(f"{PS}P39"), NamedNode(ENTITY + office)))
        made.append(Triple(NamedNode(ENTITY + office), _LABEL, Literal(label, language="en")))
        made += [
            Triple(statement, NamedNode(PQ + name), _time(day)) for name, day in (("P580", start), ("P582", end)) if day
        ]
    return to_ntriples(made)


def redirect(id_: str, target: str) -> str:
    """Return the N-Triples of an item that was merged into another: nothing but the redirect is left of it."""
    return to_ntriples([Triple(NamedNode(ENTITY + id_), _SAME, NamedNode(ENTITY + target))])


WORLD = "".join(
    (
        # Ada Quill, as the tiny publication knows her.
        item(
            "Q900001",
            {"en": "Ada Quill", "ru": "Квилл, Ада"},
            types=[HUMAN],
            times={"P569": "1851-03-04", "P570": "1920"},
            positions=[("Q950001", "keeper of Skerry Point", "1880", "1901")],
        ),
        # A namesake of another time, a namesake of whom nothing is known, a page that only tells them apart.
        item("Q900002", {"en": "Ada Quill"}, types=[HUMAN], times={"P569": "1903-05-02", "P570": "1980-01-02"}),
        item("Q900003", {"en": "Ada Quill"}, types=[HUMAN]),
        item("Q900004", {"en": "Ada Quill"}, types=["Q4167410"]),
        # One that the ledger has rejected.
        item("Q999999998", {"en": "Ada Quill"}, types=[HUMAN], times={"P569": "1903"}),
        # A father and his son; the son's item took in the one that the ledger names.
        item("Q910001", {"en": "Bruno Sand"}, types=[HUMAN], times={"P569": "1810", "P570": "1880-07"}),
        item("Q910002", {"en": "Bruno Sand"}, types=[HUMAN], times={"P569": "1840", "P570": "1899-07-12"}),
        redirect("Q999999999", "Q910002"),
        # Two of whom the same is known.
        item("Q920001", {"en": "Dora Finch"}, types=[HUMAN]),
        item("Q920002", {"en": "Dora Finch"}, types=[HUMAN]),
        # Two towns of one name, and a man named after them.
        item("Q930001", {"en": "Lowport"}, types=["Q940009"], point=(54.51, -3.24), within={"Q940001": "Mereland"}),
        item("Q930002", {"en": "Lowport"}, types=["Q940009"], point=(-33.1, 151.2)),
        item("Q930003", {"en": "Lowport"}, types=[HUMAN]),
        item("Q940002", {"en": "Great Fog"}, types=["Q940008"], times={"P580": "1893-02-01", "P582": "1893-02-20"}),
        item("Q940003", {"en": "Great Fog"}, types=["Q940008"], times={"P585": "1952-12-05"}),
        item("Q940004", {"en": "Lamp Board"}, types=["Q940007"], times={"P571": "1836"}),
        item("Q940005", {"en": "Lamp Board"}, types=["Q940007"], times={"P571": "1950-04"}),
    )
)
"""The items that `kgpub link` meets for the tiny publication."""


def store_of(content: str) -> Store:
    """Return N-Triples as a store."""
    store = Store()
    store.extend(parse(content.encode(), format=RdfFormat.N_TRIPLES))
    return store
