"""What an article cites: `cwc:Citation`, the CiTO statement beside each, and documents known only from being cited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgpub.convert.article import Article
from kgpub.convert.context import Context
from kgpub.convert.describe.holdings import describe_units
from kgpub.convert.read import unit_steps
from kgpub.convert.terms import A, cwc, date, integer, iri, literal, name
from kgpub.model import Conversion, RawLayer
from kgpub.vocabulary import concept_iri

__all__ = ["CITO", "convert_citations"]

CITO = {
    "evidence": "cito:citesAsEvidence",
    "quotes": "cito:includesQuotationFrom",
    "discusses": "cito:discusses",
    "cites": "cito:cites",
}
"""Kind of citation, and the property of CiTO that says it (https://sparontologies.github.io/cito/current/cito.html)."""


def convert_citations(identifier: str, layer: RawLayer, context: Context, documents: Mapping[str, str]) -> Conversion:
    """Return the graph of what an article cites.

    `documents` leads from each record's id to that of the document it is published as.
    """
    article = Article(identifier, layer, context)
    attested = _ids_of_attested(article)
    cited: set[str] = set()
    for index, item in enumerate(layer.data["citations"]):
        _describe_citation(article, item, f"citations[{index}]", attested, documents)
        cited.update(item["cites"])
    for index, item in enumerate(layer.data.get("attested", ())):
        path = f"attested[{index}]"
        if item["id"] not in cited:
            advice = "Name it under cites where the article cites it, or take it out."
            article.problem(f"{path}.id", item["id"], "is cited nowhere in this file", advice)
        _describe_attested(article, item, path)
    return article.conversion()


def _ids_of_attested(article: Article) -> set[str]:
    """Return the ids of the documents that this file attests; each begins with where it is known from."""
    seen: set[str] = set()
    for index, item in enumerate(article.layer.data.get("attested", ())):
        path, own = f"attested[{index}].id", str(item["id"])
        if own in seen:
            article.problem(path, own, "stands twice", "Merge the two, or give one another id.")
        seen.add(own)
        held = [str(copy["archive"]).lower() for copy in item.get("heldAs", ())]
        # So that ids of several files, and of documents known from other documents, never meet.
        start = held[0] if held else str(item.get("publishedIn", article.layer.data["id"]))
        if not own.startswith(f"{start}-"):
            article.problem(path, own, "does not begin with where it is known from", f"Let it begin with {start}-.")
    return seen


def _describe_citation(
    article: Article, item: Mapping[str, Any], path: str, attested: set[str], documents: Mapping[str, str]
) -> None:
    sheet, file = article.sheet, article.layer.file
    property_ = name(CITO[item["kind"]])
    common = [
        (name("cito:hasCitingEntity"), article.publication),
        (name("cito:hasCitationCharacterization"), property_),
        (cwc("certainty"), literal(item.get("certainty", "printed"))),
        *article.place(str(item["lines"]), f"{path}.lines"),
    ]
    if "printed" in item:
        common.append((cwc("printedForm"), literal(item["printed"])))
    if "note" in item:
        common.append((cwc("noteNumber"), literal(item["note"])))
    if "remark" in item:
        common.append((name("dcterms:description"), literal(item["remark"], lang="en")))
    for number, one in enumerate(item["cites"]):
        where = f"{path}.cites[{number}]"
        if one in documents:
            cited = sheet.iris.document(documents[one])
        elif one in attested:
            cited = sheet.iris.entity("attested", one)
        else:
            _unknown(article, one, where, attested, documents)
            continue
        node = sheet.part(article.publication, "Citation", [*common, (name("cito:hasCitedEntity"), cited)], file, where)
        sheet.add(article.publication, cwc("citation"), node, file, where)
        sheet.add(article.publication, property_, cited, file, where)


def _unknown(article: Article, one: str, path: str, attested: set[str], documents: Mapping[str, str]) -> None:
    if one[:1].isupper():
        article.unknown(one, path, "document", sorted(documents), "describe it under attested, with an id of its own")
    else:
        article.unknown(one, path, "document under attested", sorted(attested), "add it there")


def _describe_attested(article: Article, item: Mapping[str, Any], path: str) -> None:
    sheet, file, iris = article.sheet, article.layer.file, article.context.iris
    node = iris.entity("attested", item["id"])
    pairs = [
        (A, cwc("AttestedDocument")),
        (name("dcterms:identifier"), literal(item["id"])),
        (name("dcterms:title"), literal(item["title"], lang="en")),
    ]
    if form := item.get("form"):
        forms = article.context.concepts.get("form", frozenset())
        if form not in forms:
            article.unknown(form, f"{path}.form", "form", sorted(forms), "add it to ontology/concepts.ttl")
        pairs.append((cwc("form"), iri(concept_iri("form", form))))
    if day := str(item.get("date", "")):
        article.day(day, f"{path}.date")
        pairs.append((cwc("citedDate"), date(day)))
    if "number" in item:
        pairs.append((cwc("citedNumber"), literal(item["number"])))
    for key, local in (("senders", "citedSender"), ("recipients", "citedRecipient")):
        for index, actor in enumerate(item.get(key, ())):
            pairs.append((cwc(local), article.entity(actor, f"{path}.{key}[{index}]", "person", "organisation")))
    if "publishedIn" in item:
        pairs.append((name("dcterms:isPartOf"), article.entity(item["publishedIn"], f"{path}.publishedIn", "edition")))
    if "numberThere" in item:
        pairs.append((cwc("numberInEdition"), literal(item["numberThere"])))
    for predicate, obj in pairs:
        sheet.add(node, predicate, obj, file, path)
    for index, held in enumerate(item.get("heldAs", ())):
        _describe_copy(article, node, held, f"{path}.heldAs[{index}]", index + 1)


def _describe_copy(article: Article, node: str, held: Mapping[str, Any], path: str, position: int) -> None:
    article.known(held["archive"], f"{path}.archive", "archive")
    pairs = [
        (cwc("inUnit"), describe_units(article.sheet, unit_steps(held))),
        (cwc("position"), integer(position)),
        *(
            (cwc(key), literal(held[key]))
            for key in ("archive", "fond", "opis", "papka", "delo", "listy")
            if key in held
        ),
    ]
    copy = article.sheet.part(node, "ArchivalCopy", pairs, article.layer.file, path)
    article.sheet.add(node, cwc("heldAs"), copy, article.layer.file, path)
