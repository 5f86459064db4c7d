"""A decision on a link as statements: the match or the difference, and `cwc:LinkEvidence` beside it."""

from __future__ import annotations

from kgpub.convert.ledger import Link
from kgpub.convert.sheet import Sheet
from kgpub.convert.terms import cwc, date, iri, literal, name
from kgpub.vocabulary import PREFIXES

__all__ = ["describe_link"]

_STATUS = {"accept": "verified", "reject": "rejected"}
_PREDICATE = {"exact": "skos:exactMatch", "close": "skos:closeMatch"}


def describe_link(sheet: Sheet, node: str, link: Link) -> None:
    """Write an accepted or rejected link, never without its evidence; a deferred one is not published.

    An item that nobody has accepted yet would be read as a link by whoever follows it, so it stays in the ledger.
    """
    if link.decision not in _STATUS:
        return
    target = iri(PREFIXES["wd"] + link.item)
    predicate = _PREDICATE[link.match] if link.decision == "accept" else "owl:differentFrom"
    sheet.add(node, name(predicate), target, link.file, link.field)
    pairs = [
        (cwc("linkSubject"), node),
        (cwc("linkTarget"), target),
        (cwc("linkStatus"), literal(_STATUS[link.decision])),
        (cwc("decidedBy"), literal(link.by)),
        (cwc("decidedOn"), date(link.on)),
    ]
    pairs += [(cwc("agreedOn"), literal(what)) for what in link.agreed]
    if link.evidence:
        pairs.append((name("dcterms:source"), literal(link.evidence)))
    if link.reason:
        pairs.append((cwc("reason"), literal(link.reason, lang="en")))
    sheet.part(node, "LinkEvidence", pairs, link.file, link.field)
