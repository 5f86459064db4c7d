"""`cwc:Transmission`: one step of a message's way, with its time, place and agent."""

from __future__ import annotations

from kgpub.convert.describe.readings import describe_reading
from kgpub.convert.records import Document
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, integer, iri, literal, moment
from kgpub.vocabulary import concept_iri

__all__ = ["describe_transmissions"]


def describe_transmissions(sheet: Sheet, document: Document) -> None:
    """Write the steps of a message's way in the order of the record."""
    subject = sheet.iris.document(document.subject)
    for position, step in enumerate(document.transmissions, 1):
        pairs = [(cwc("stage"), iri(concept_iri("stage", step.stage))), (cwc("position"), integer(position))]
        if step.at:
            pairs.append((cwc("at"), moment(step.at)))
        if step.place:
            pairs.append((cwc("place"), sheet.iris.entity("place", step.place)))
        if step.agent:
            pairs.append((cwc("agent"), sheet.iris.entity(step.agent_kind or "person", step.agent)))
        if step.means:
            pairs.append((cwc("means"), literal(step.means)))
        if step.copies:
            pairs.append((cwc("copyCount"), integer(step.copies)))
        where = step.evidence.file, step.evidence.path
        node = sheet.part(subject, "Transmission", pairs, *where)
        sheet.add(subject, cwc("transmission"), node, *where)
        describe_reading(sheet, document, cwc("transmission"), node, step.evidence)
