"""An invented book of three people, an office, a harbour and a flood."""

from __future__ import annotations

from tests.publish.pages.samples import BASE, book

__all__ = ["ANN", "BOB", "BOOK", "CAI", "HOSTILE", "WIKIDATA"]

HOSTILE = "<script>alert(1)</script><b onclick=x>&amp;"
WIKIDATA = "http://www.wikidata.org/entity/"
DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"
BOOK = book(
    f"""
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "{HOSTILE}"@en
    :document/X1 dcterms:date "1950-07-01"{DAY}
    :document/X1 cwc:sender :person/ann
    :document/X1 cwc:signer :person/ann
    :document/X1 cwc:via :person/bob
    :document/X1 cwc:signer :person/bob
    :document/X1 cwc:recipient :person/cai
    :document/X1 cwc:signedAs :person/ann#moth
    :document/X1 cwc:sentFrom :place/harbour
    :document/X1 cwc:reading :document/X1#r1
    :document/X1#r1 a cwc:Reading
    :document/X1#r1 cwc:onProperty cwc:sentFrom
    :document/X1#r1 cwc:onValue :place/harbour
    :document/X1#r1 cwc:certainty "inferred"
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:title "Second"@en
    :document/X2 dcterms:date "1950-07-20"{DAY}
    :document/X2 cwc:sender :person/ann
    :document/X2 cwc:recipient :person/bob
    :document/X2 cwc:signedAs :person/ann#moth
    :document/X2 cwc:sentTo :place/harbour
    :document/X2 cwc:mentions :event/flood
    :document/X2 cwc:copyTo :person/cai
    :document/X2 cwc:reading :document/X2#r1
    :document/X2#r1 a cwc:Reading
    :document/X2#r1 cwc:onProperty cwc:office
    :document/X2#r1 cwc:onValue :office/clerk
    :document/X3 a cwc:Document
    :document/X3 dcterms:identifier "X3"
    :document/X3 dcterms:title "Third"@en
    :document/X3 dcterms:date "1951"
    :document/X3 cwc:sender :person/cai
    :document/X3 cwc:recipient :person/ann
    :document/X4 a cwc:Document
    :document/X4 dcterms:identifier "X4"
    :document/X4 dcterms:title "Fourth"@en
    :document/X4 dcterms:date "1950-07-03"{DAY}
    :document/X4 cwc:sender :organisation/office-of-ships
    :document/X4 cwc:recipient :person/cai
    :document/X4 cwc:signedAs :person/ann#moth
    :person/ann a cwc:Person
    :person/ann dcterms:identifier "ann"
    :person/ann skos:prefLabel "Ann {HOSTILE}"@en
    :person/ann skos:altLabel "Анна"@ru
    :person/ann skos:altLabel "Anna"@ru-latn
    :person/ann skos:altLabel "Annie"@en
    :person/ann skos:hiddenLabel "{HOSTILE}"@en
    :person/ann cwc:born "1900-02-03"{DAY}
    :person/ann cwc:died "1960~"^^<https://w3id.org/cwcorr/ontology#edtf>
    :person/ann dcterms:description "{HOSTILE}"@en
    :person/ann owl:differentFrom wd:Q2
    :person/ann skos:exactMatch wd:Q1
    :person/ann#l1 a cwc:LinkEvidence
    :person/ann#l1 cwc:linkSubject :person/ann
    :person/ann#l1 cwc:linkTarget wd:Q1
    :person/ann#l1 cwc:agreedOn "dates"
    :person/ann#l1 cwc:agreedOn "name"
    :person/ann#l1 cwc:decidedBy "The editors"
    :person/ann#l1 cwc:decidedOn "2030-01-01"
    :person/ann#l1 dcterms:source "one list | another list"
    :person/ann#l2 a cwc:LinkEvidence
    :person/ann#l2 cwc:linkSubject :person/ann
    :person/ann#l2 cwc:linkTarget wd:Q2
    :person/ann#l2 cwc:reason "{HOSTILE}"@en
    :person/ann#moth a cwc:Pseudonym
    :person/ann#moth cwc:pseudonymOf :person/ann
    :person/ann#moth skos:prefLabel "Moth"@en
    :person/ann#u1 a cwc:PseudonymUse
    :person/ann#u1 cwc:useOf :person/ann#moth
    :person/ann#u1 cwc:usedWith :person/bob
    :person/ann#u1 cwc:usedAs "signature"
    :person/ann#u1 cwc:from "1950-07-01"
    :person/ann#u1 cwc:until "1950-07-20"
    :person/ann#tenure-clerk-1950 a cwc:Tenure
    :person/ann#tenure-clerk-1950 cwc:holder :person/ann
    :person/ann#tenure-clerk-1950 cwc:office :office/clerk
    :person/ann#tenure-clerk-1950 cwc:from "1949"
    :person/ann#tenure-clerk-1950 cwc:until "1950-07-10"
    :person/ann#tenure-clerk-1950 cwc:certainty "inferred"
    :person/ann#tenure-clerk-1950 dcterms:source "{HOSTILE}"
    :person/bob a cwc:Person
    :person/bob skos:prefLabel "Bob"@en
    :person/bob cwc:unidentified "true"
    :person/bob#tenure-clerk-1950 a cwc:Tenure
    :person/bob#tenure-clerk-1950 cwc:holder :person/bob
    :person/bob#tenure-clerk-1950 cwc:office :office/clerk
    :person/bob#tenure-clerk-1950 cwc:from "1950-07-11"
    :person/cai a cwc:Person
    :person/cai skos:prefLabel "Cai"@en
    :person/old a cwc:Person
    :person/old skos:prefLabel "Old"@en
    :person/old#tenure-clerk-1900 a cwc:Tenure
    :person/old#tenure-clerk-1900 cwc:holder :person/old
    :person/old#tenure-clerk-1900 cwc:office :office/clerk
    :person/old#tenure-clerk-1900 cwc:from "1900"
    :person/old#tenure-clerk-1900 cwc:until "1901"
    :office/clerk a cwc:Office
    :office/clerk skos:prefLabel "Clerk of ships"@en
    :office/clerk cwc:officeOf :organisation/office-of-ships
    :office/clerk cwc:seat :place/harbour
    :organisation/office-of-ships a cwc:Organisation
    :organisation/office-of-ships skos:prefLabel "Office of Ships"@en
    :organisation/office-of-ships dcterms:isPartOf :organisation/crown
    :organisation/crown a cwc:Organisation
    :organisation/crown skos:prefLabel "Crown"@en
    :place/harbour a cwc:Place
    :place/harbour skos:prefLabel "Harbour"@en
    :place/harbour skos:altLabel "Oldhaven"@en
    :place/harbour geo:lat "-10.5"
    :place/harbour geo:long "20.25"
    :place/harbour cwc:coordinateSource "A chart"
    :place/harbour#n1 a cwc:DatedName
    :place/harbour#n1 cwc:nameOf :place/harbour
    :place/harbour#n1 rdf:value "Oldhaven"@en
    :place/harbour#n1 cwc:until "1945"
    :place/harbour#n1 dcterms:source "A gazetteer"
    :place/nearby a cwc:Place
    :place/nearby skos:prefLabel "Nearby"@en
    :place/nearby geo:lat "-10.2"
    :place/nearby geo:long "20.9"
    :place/lost a cwc:Place
    :place/lost skos:prefLabel "Lost"@en
    :place/lost cwc:unidentified "true"
    :place/lost cwc:reason "Nothing confirms it."@en
    :place/former a cwc:MergedIdentifier
    :place/former dcterms:identifier "former"
    :place/former dcterms:isReplacedBy :place/harbour
    :event/flood a cwc:Event
    :event/flood skos:prefLabel "Flood"@en
    :event/flood cwc:from "1950-07-02"
    :event/flood cwc:until "1950-07-04"
    """,
    *("person/ann", "person/bob", "person/cai", "person/old", "office/clerk", "organisation/office-of-ships"),
    *("organisation/crown", "place/harbour", "place/nearby", "place/lost", "place/former", "event/flood"),
)
ANN, BOB, CAI = f"{BASE}person/ann", f"{BASE}person/bob", f"{BASE}person/cai"
