"""What an article cites, as quads; and every value that leads nowhere, named with what to do."""

from __future__ import annotations

import pytest

from kgpub.convert.citations import CITO, convert_citations
from kgpub.model import Conversion
from tests.convert.samples import BASE, layer, sample_context

FILE = "citations/fog-papers.yaml"
DOCUMENTS = {"L1": "L1", "L2": "L2", "L4": "L3"}
TEXT = """\
id: fog-papers
pages: [{page: 9, lines: 1-20}, {page: 10, lines: 21-40}]
attested:
- id: lba-f2-l7
  title: "Letter, Quill to Sand, 1892: oil"
  form: letter
  date: "1892"
  number: "41"
  senders: [ada-quill]
  recipients: [bruno-sand]
  heldAs: [{archive: LBA, fond: "2", listy: "7"}]
citations:
- {cites: [L1, L4], kind: quotes, printed: "letters 1, 4", lines: 20-21}
- {cites: [lba-f2-l7], kind: discusses, note: "3", lines: 39, certainty: inferred, remark: No number is given.}
"""
ARTICLE = f"<{BASE}edition/fog-papers>"
CWC = "https://w3id.org/cwcorr/ontology#"
A_COPY = '{archive: LBA, fond: "2", listy: "7"}'


def converted(text: str = TEXT) -> Conversion:
    return convert_citations("citations-fog-papers", layer(FILE, text), sample_context(), DOCUMENTS)


def about(conversion: Conversion, start: str) -> set[tuple[str, str]]:
    """Predicate (its last step) and object (the base left out) of the nodes whose IRI begins so."""
    found = set()
    for line in conversion.nquads.splitlines():
        subject, predicate, rest = line.split(" ", 2)
        if subject.startswith(f"<{BASE}{start}"):
            obj = rest.rpartition(" <")[0].replace(BASE, "")
            found.add((predicate[1:-1].replace("#", "/").rpartition("/")[2], obj))
    return found


def test_each_document_cited_is_a_citation_with_its_place_and_a_statement_of_cito() -> None:
    conversion = converted()
    assert conversion.problems == ()
    assert (conversion.id, conversion.item) == ("citations-fog-papers", "citations-fog-papers")
    assert about(conversion, "edition/fog-papers>") >= {
        ("includesQuotationFrom", "<document/L1>"),
        ("includesQuotationFrom", "<document/L3>"),
        ("discusses", "<attested/lba-f2-l7>"),
    }
    assert about(conversion, "edition/fog-papers#citation-") == {
        ("type", f"<{CWC}Citation>"),
        ("hasCitingEntity", "<edition/fog-papers>"),
        ("hasCitedEntity", "<document/L1>"),
        ("hasCitedEntity", "<document/L3>"),
        ("hasCitedEntity", "<attested/lba-f2-l7>"),
        ("hasCitationCharacterization", "<http://purl.org/spar/cito/includesQuotationFrom>"),
        ("hasCitationCharacterization", "<http://purl.org/spar/cito/discusses>"),
        ("certainty", '"printed"'),
        ("certainty", '"inferred"'),
        ("lines", '"20-21"'),
        ("lines", '"39"'),
        ("page", '"9"'),
        ("page", '"10"'),
        ("printedForm", '"letters 1, 4"'),
        ("noteNumber", '"3"'),
        ("description", '"No number is given."@en'),
    }


def test_what_is_not_published_here_is_described_as_far_as_the_article_says() -> None:
    assert about(converted(), "attested/lba-f2-l7>") >= {
        ("type", f"<{CWC}AttestedDocument>"),
        ("identifier", '"lba-f2-l7"'),
        ("title", '"Letter, Quill to Sand, 1892: oil"@en'),
        ("form", "<https://w3id.org/cwcorr/concept/form/letter>"),
        ("citedDate", f'"1892"^^<{CWC}edtf>'),
        ("citedNumber", '"41"'),
        ("citedSender", "<person/ada-quill>"),
        ("citedRecipient", "<person/bruno-sand>"),
    }
    assert about(converted(), "attested/lba-f2-l7#archival-copy-") >= {
        ("inUnit", "<archive/LBA/fond-2>"),
        ("archive", '"LBA"'),
        ("fond", '"2"'),
        ("listy", '"7"'),
    }


def test_the_graph_says_which_file_and_publication_it_was_made_from() -> None:
    conversion = converted()
    assert f"<{BASE}graph/citations-fog-papers>" == conversion.graph
    assert ("wasDerivedFrom", f"<file/{FILE}>") in about(conversion, "graph/citations-fog-papers")
    assert ("wasDerivedFrom", "<edition/fog-papers>") in about(conversion, "file/")
    assert "_:" not in conversion.nquads


def test_one_that_is_printed_elsewhere_says_where() -> None:
    text = TEXT.replace("lba-f2-l7", "lamp-gazette-9").replace(
        f"heldAs: [{A_COPY}]", 'publishedIn: lamp-gazette\n  numberThere: "9"'
    )
    assert about(converted(text), "attested/lamp-gazette-9") >= {
        ("isPartOf", "<edition/lamp-gazette>"),
        ("numberInEdition", '"9"'),
    }


@pytest.mark.parametrize("kind", CITO)
def test_every_kind_has_its_property(kind: str) -> None:
    conversion = converted(TEXT.replace("kind: quotes", f"kind: {kind}"))
    assert (CITO[kind].partition(":")[2], "<document/L1>") in about(conversion, "edition/fog-papers>")


WRONG = [
    (
        "cites: [L1, L4]", "cites: [L1, L44]",
        "13: citations[0].cites[1]: 'L44' is not a known document\n"
        "    Did you mean 'L4'? Else describe it under attested, with an id of its own.",
    ),
    (
        "cites: [lba-f2-l7]", "cites: [lba-f2-l7, lba-f2-l8]",
        "14: citations[1].cites[1]: 'lba-f2-l8' is not a known document under attested\n"
        "    Did you mean 'lba-f2-l7'? Else add it there.",
    ),
    (
        "cites: [lba-f2-l7]", "cites: [L2]",
        "4: attested[0].id: 'lba-f2-l7' is cited nowhere in this file\n"
        "    Name it under cites where the article cites it, or take it out.",
    ),
    (
        "lines: 39,", "lines: 41,",
        "14: citations[1].lines: '41' stands on no page of the table under pages\n"
        "    Mend the lines, or add their page.",
    ),
    (
        "lines: 20-21}", "lines: 21-20}",
        "13: citations[0].lines: '21-20' is not a range of lines: 21-20 ends before it begins\n"
        "    Write first-last, as 1573-1575.",
    ),
    (
        "form: letter", "form: lettre",
        "6: attested[0].form: 'lettre' is not a known form\n"
        "    Did you mean 'letter'? Else add it to ontology/concepts.ttl.",
    ),
    (
        'date: "1892"', "date: 1892-02-30",
        "7: attested[0].date: '1892-02-30' is not a day of the calendar: day is out of range for month\n"
        "    Write it as YYYY-MM-DD, or EDTF where it is partial.",
    ),
    (
        "senders: [ada-quill]", "senders: [ada-quil]",
        "9: attested[0].senders[0]: 'ada-quil' is not a known person or organisation\n"
        "    Did you mean 'ada-quill'? Else add it to corpus/authority/persons.yaml, corpus/authority/organisations.yaml.",
    ),
    (
        "archive: LBA", "archive: LBB",
        "11: attested[0].heldAs[0].archive: 'LBB' is not a known archive\n"
        "    Did you mean 'LBA'? Else add it to corpus/authority/archives.yaml.",
    ),
    (
        "id: fog-papers", "id: fog-paper",
        "1: id: 'fog-paper' is not a known publication\n"
        "    Did you mean 'fog-papers'? Else add it to corpus/authority/publications.yaml.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[one[1] for one in WRONG])
def test_what_is_wrong_is_told_with_file_line_field_and_the_nearest_value(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    conversion = converted(TEXT.replace(old, new))
    assert f"{FILE}:{said}" in [str(problem) for problem in conversion.problems]
    assert conversion.nquads == ""


def test_the_id_of_an_attested_document_begins_with_where_it_is_known_from() -> None:
    problems = converted(TEXT.replace("lba-f2-l7", "quill-sand-1892")).problems
    assert [str(one) for one in problems] == [
        f"{FILE}:4: attested[0].id: 'quill-sand-1892' does not begin with where it is known from\n"
        "    Let it begin with lba-."
    ]
    bare = TEXT.replace(f"  heldAs: [{A_COPY}]\n", "")
    assert [one.advice for one in converted(bare).problems] == ["Let it begin with fog-papers-."]
    assert converted(bare.replace("lba-f2-l7", "fog-papers-quill-1892")).problems == ()


def test_an_attested_document_stands_once() -> None:
    text = TEXT.replace("citations:\n", "- {id: lba-f2-l7, title: Again, heldAs: [{archive: LBA}]}\ncitations:\n")
    assert [(one.field, one.message) for one in converted(text).problems] == [("attested[1].id", "stands twice")]
