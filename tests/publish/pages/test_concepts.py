"""The pages of terms, and of the ontology."""

from __future__ import annotations

from kgpub.project import Project
from kgpub.publish.pages import concepts, ontology
from tests.publish.pages.rendered import HOSTILE, Seen, assert_sound, rendered
from tests.publish.pages.samples import book

BOOK = book(
    f"""
    :concept/topic a skos:ConceptScheme
    :concept/topic skos:prefLabel "Topics"@en
    :concept/topic/war a skos:Concept
    :concept/topic/war skos:prefLabel "war"@en
    :concept/topic/war skos:inScheme :concept/topic
    :concept/topic/air a skos:Concept
    :concept/topic/air skos:prefLabel "{HOSTILE}"@en
    :concept/topic/air skos:definition "{HOSTILE}"@en
    :concept/topic/air skos:inScheme :concept/topic
    :concept/topic/air skos:broader :concept/topic/war
    :concept/stage/typed a skos:Concept
    :concept/stage/typed skos:prefLabel "typed"@en
    :document/X1 a cwc:Document
    :document/X1 dcterms:identifier "X1"
    :document/X1 dcterms:title "First"@en
    :document/X1 dcterms:subject :concept/topic/air
    :document/X1#t cwc:stage :concept/stage/typed
    :document/X2 a cwc:Document
    :document/X2 dcterms:identifier "X2"
    :document/X2 dcterms:title "Second"@en
    :document/X2 dcterms:date "1950-07-01"
    :document/X2 dcterms:subject :concept/topic/war
    :ontology a owl:Ontology
    :ontology dcterms:title "Terms"@en
    cwc:Actor a owl:Class
    cwc:Actor rdfs:label "actor"@en
    cwc:Person a owl:Class
    cwc:Person rdfs:label "{HOSTILE}"@en
    cwc:Person rdfs:subClassOf cwc:Actor
    cwc:Person rdfs:subClassOf foaf:Person
    cwc:born a owl:DatatypeProperty
    cwc:born rdfs:domain cwc:Person
    cwc:born rdfs:range xsd:date
    :person/ann a cwc:Person
    :person/ann cwc:born "1900-01-01"
    :person/bob a cwc:Person
    """,
    *("concept/topic", "concept/topic/war", "concept/topic/air", "concept/stage/typed"),
)
HTML = rendered(BOOK, [*concepts.pages(BOOK), *ontology.pages(BOOK)])


def test_pages_are_sound() -> None:
    assert sorted(HTML) == [
        "concept/stage/typed.html",
        "concept/topic.html",
        "concept/topic/air.html",
        "concept/topic/war.html",
        "ontology.html",
    ]
    for path, html in HTML.items():
        assert_sound(html, 1 if path == "ontology.html" else 2)


def test_a_term_has_its_letters_and_those_of_narrower_terms() -> None:
    text = Seen(HTML["concept/topic/war.html"]).text
    assert "Letters on this topic: 2 1 of them by a narrower term." in text
    assert text.index("1 July 1950 Second X2") < text.index("undated First X1")


def test_a_step_of_the_way_has_the_letters_on_whose_way_it_is() -> None:
    assert "Letters on whose way this step is printed: 1" in Seen(HTML["concept/stage/typed.html"]).text


def test_a_list_shows_terms_below_wider_ones() -> None:
    text = Seen(HTML["concept/topic.html"]).text
    assert text.index("war 1 letter") < text.index(f"{HOSTILE} 1 letter")


def test_the_ontology_counts_the_things_of_a_class_with_those_of_its_kinds() -> None:
    text = Seen(HTML["ontology.html"]).text
    assert "actor cwc:Actor Used here 2 things" in text
    assert "Kind of Actor Properties born In other vocabularies is a kind of foaf:Person Used here 2 things" in text
    assert "cwc:born Of Person Leads to xsd:date Used here 1 time" in text
    assert 'id="born"' in HTML["ontology.html"]


def test_the_real_ontology_has_every_term_and_is_light(publication: Project) -> None:
    html = (publication.outputs.dist / "ontology.html").read_text("utf-8")
    assert_sound(html, 1)
    assert len(html.encode()) < 150_000
    assert {"Document", "sender", "via"} <= set(Seen(html).named("id"))
    for path in (publication.outputs.dist / "concept").rglob("*.html"):
        assert_sound(path.read_text("utf-8"), 2)
