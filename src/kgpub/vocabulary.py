"""The names that kgpub publishes: namespaces, and every class and property of the `cwc:` ontology.

The ontology (`ontology/cwc.ttl`) defines the terms; this module is how code spells them. A test holds the two, the shapes and
what is published to the same list.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CLASSES",
    "CWC",
    "EDTF",
    "ONTOLOGY",
    "PREFIXES",
    "PROPERTIES",
    "PROVENANCE",
    "SCHEMES",
    "VOCABULARY_BASE",
    "concept_iri",
    "expand",
]

VOCABULARY_BASE: Final = "https://w3id.org/cwcorr/"
"""Where the ontology and its concepts live, whatever base a publication's own data has."""

ONTOLOGY: Final = f"{VOCABULARY_BASE}ontology"
CWC: Final = f"{ONTOLOGY}#"
EDTF: Final = f"{CWC}edtf"

PREFIXES: Final[dict[str, str]] = {
    "cito": "http://purl.org/spar/cito/",
    "cwc": CWC,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PROVENANCE: Final = (("graph/citations-", "edition"), ("graph/index-", "edition"), ("graph/", "document"))
"""How the path of a named graph begins, and the kind of thing whose description says where the graph is from.

The first that fits counts: `graph/W016` is told with `document/W016`, `graph/index-6-7` with the publication `edition/6-7`.
"""

SCHEMES: Final = ("form", "classification", "urgency", "stage", "topic")

CLASSES: Final = (
    "Actor",
    "ArchivalCopy",
    "ArchivalUnit",
    "AttestedDocument",
    "Citation",
    "Claim",
    "CopyAllotment",
    "DatedName",
    "Document",
    "Edition",
    "Emendation",
    "Event",
    "IndexEntry",
    "LinkEvidence",
    "Match",
    "Mention",
    "MergedIdentifier",
    "Note",
    "Office",
    "Organisation",
    "Person",
    "Place",
    "Pseudonym",
    "PseudonymUse",
    "Publication",
    "Reading",
    "Reference",
    "RegistryNumber",
    "Tenure",
    "Transmission",
)

PROPERTIES: Final = (
    # of a document
    "addressedAs",
    "archivePage",
    "claim",
    "classification",
    "copyTo",
    "distribution",
    "edition",
    "emendation",
    "enclosedIn",
    "encloses",
    "form",
    "headingDate",
    "heldAs",
    "inReplyTo",
    "mention",
    "mentions",
    "note",
    "outgoingNumber",
    "reading",
    "recipient",
    "refersTo",
    "registryNumber",
    "sender",
    "sentFrom",
    "sentTo",
    "seriesMark",
    "signedAs",
    "signer",
    "telegramNumber",
    "transmission",
    "urgency",
    "via",
    # of a document's parts
    "agent",
    "archive",
    "at",
    "certainty",
    "citedDate",
    "citedIn",
    "citedNumber",
    "citedNumberEnd",
    "citedRecipient",
    "citedSender",
    "claimedValue",
    "copyCount",
    "copyRecipient",
    "correctedValue",
    "delo",
    "editionValue",
    "fond",
    "inUnit",
    "lines",
    "listy",
    "matchOf",
    "matchedTo",
    "means",
    "mentioned",
    "noteBy",
    "noteKind",
    "numberInEdition",
    "numberKind",
    "onProperty",
    "onValue",
    "opis",
    "page",
    "pages",
    "papka",
    "place",
    "position",
    "printedForm",
    "printedValue",
    "reason",
    "referenceKind",
    "resolvedTo",
    "rule",
    "stage",
    "translator",
    # of an article and an index
    "citation",
    "identifiedAs",
    "identifies",
    "indexEntry",
    "noteNumber",
    # of actors, places, archives
    "accreditedTo",
    "born",
    "coordinateSource",
    "died",
    "from",
    "holder",
    "level",
    "nameOf",
    "office",
    "officeOf",
    "pseudonymOf",
    "seat",
    "singleHolder",
    "unidentified",
    "until",
    "useOf",
    "usedAs",
    "usedWith",
    # of links and files
    "agreedOn",
    "decidedBy",
    "decidedOn",
    "digest",
    "linkStatus",
    "linkSubject",
    "linkTarget",
)


def concept_iri(scheme: str, notation: str) -> str:
    """Return the IRI of a concept of one of the ontology's schemes (`form`, `ciphered-telegram`)."""
    return f"{VOCABULARY_BASE}concept/{scheme}/{notation}"


def expand(name: str) -> str:
    """Return the IRI of a prefixed name (`cwc:sender`); raise KeyError where the prefix is not one of ours."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
