"""The first publication as it is built from this repository: what readers of the graph rely on."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
import rdflib
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.namespace import SH

from kgpub.collect.corpus import LAYERS
from kgpub.extraction import extract
from kgpub.project import Project
from kgpub.publish.contents import read_contents
from kgpub.publish.counts import count
from kgpub.publish.dumps import MEDIA_TYPES
from kgpub.publish.entities import KINDS
from kgpub.queries import Query, load_queries, run
from kgpub.serve.describe import triples
from kgpub.serve.site import Site
from kgpub.vocabulary import CLASSES, CWC, PREFIXES, PROPERTIES
from tests.parts import journal_text, need
from tests.tiny import PROJECT

pytestmark = pytest.mark.slow

CORPUS = PROJECT / "corpus" / "cwihp-6-7"
IDS = [f"W{number:03}" for number in range(1, 116)] + [f"M{number:02}" for number in range(1, 22)]
QUERIES = load_queries(PROJECT / "queries" / "site", relative_to=PROJECT)
TYPE = NamedNode(f"{PREFIXES['rdf']}type")
PARTLY_USED = {"Actor"}
"""Terms that only the ontology uses: an actor is a person or an organisation, and is published as that."""


def cwc(local: str) -> NamedNode:
    return NamedNode(CWC + local)


def term(prefixed: str) -> NamedNode:
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@pytest.fixture(scope="session")
def quads(publication: Project) -> list[Quad]:
    return list(parse((publication.outputs.dist / "cwcorr.nq").read_bytes(), format=RdfFormat.N_QUADS))


@pytest.fixture
def store(real_store: Store) -> Store:
    return real_store


@pytest.fixture(scope="session")
def graphs(quads: list[Quad]) -> dict[str, list[Quad]]:
    """The quads of each named graph, by its path below `graph/`."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        found[quad.graph_name.value.rpartition("/graph/")[2]].append(quad)
    return found


# -- what there is --------------------------------------------------------------------------------------------------------


def test_all_documents_are_there(publication: Project) -> None:
    """115 of Weathersby and 21 of Mansourov are printed; W018 and M07 are one telegram."""
    counts = count(read_contents((publication.outputs.dist / "cwcorr.nq").read_text(encoding="utf-8")))
    assert counts["Documents as printed"] == 136
    assert counts["Archival items"] == 135


def test_each_document_has_a_named_graph_with_its_provenance(
    publication: Project, graphs: dict[str, list[Quad]]
) -> None:
    """prov:wasDerivedFrom names the files that the record was made from, each with the digest of what is on disk."""
    derived, digest = term("prov:wasDerivedFrom"), cwc("digest")
    for identifier in IDS:
        graph = NamedNode(f"{publication.base}graph/{identifier}")
        held = graphs[identifier]
        files = {q.object.value.partition("/file/")[2] for q in held if q.subject == graph and q.predicate == derived}
        there = {
            f"corpus/cwihp-6-7/{layer}/{identifier}.yaml"
            for layer in LAYERS
            if (CORPUS / layer / f"{identifier}.yaml").is_file()
        }
        assert files == there, identifier
        for name in files:
            (stated,) = [
                q.object.value for q in held if q.predicate == digest and q.subject.value.endswith(f"/file/{name}")
            ]
            assert stated == hashlib.sha256((PROJECT / name).read_bytes()).hexdigest(), name


def test_nothing_stands_outside_the_graphs_that_are_documented(graphs: dict[str, list[Quad]]) -> None:
    """One graph for each document, for what each article cites and for each printed index, and six more."""
    articles = {f"citations-{file.stem}" for file in (CORPUS / "citations").iterdir()}
    indexes = {f"index-{file.stem}" for file in (CORPUS / "indexes").iterdir()}
    assert len(articles) == 6
    assert set(graphs) == {
        *IDS,
        *articles,
        *indexes,
        "authority",
        "archives",
        "ontology",
        "derived",
        "provenance",
        "tombstones",
    }


def test_an_id_that_was_merged_leads_to_an_entry_that_is_there(
    graphs: dict[str, list[Quad]], quads: list[Quad]
) -> None:
    """Tepuges was a place of its own once; a link to it still finds the county."""
    base = "https://w3id.org/cwcorr/"
    leads = {q.subject.value: q.object for q in graphs["tombstones"] if q.predicate == term("dcterms:isReplacedBy")}
    assert leads[f"{base}place/tepuges"].value == f"{base}place/cheorwon-county"
    classes = {(q.subject, q.object) for q in quads if q.predicate == term("rdf:type")}
    assert set(leads.values()) <= {subject for subject, _ in classes}


def test_what_articles_cite_is_there_and_said_with_cito_too(publication: Project, quads: list[Quad]) -> None:
    """Mansourov cites his document 3 at three places; what is known only from being cited is no document."""
    stated = {(q.subject, q.predicate, q.object) for q in quads}
    article = NamedNode(f"{publication.base}edition/mansourov-1995")
    cited = NamedNode(f"{publication.base}document/M03")
    places = {subject for subject, predicate, obj in stated if (predicate, obj) == (term("cito:hasCitedEntity"), cited)}
    own = {node for node in places if node.value.startswith(f"{article.value}#")}
    pages = {q.object.value for q in quads if q.subject in own and q.predicate == cwc("page")}
    assert pages == {"95", "97"}
    assert (article, term("cito:discusses"), cited) in stated
    assert (article, term("cito:includesQuotationFrom"), cited) in stated
    attested = {subject for subject, predicate, obj in stated if (predicate, obj) == (TYPE, cwc("AttestedDocument"))}
    cited_by_articles = {obj for _, predicate, obj in stated if predicate == term("cito:hasCitedEntity")}
    assert len(attested & cited_by_articles) == 35
    assert not {subject for subject in attested if (subject, TYPE, cwc("Document")) in stated}
    assert (publication.outputs.dist / "attested" / "tsamo-1950-12-17-krasovsky.ttl").is_file()


def test_the_printed_index_names_whom_its_editors_mean(quads: list[Quad]) -> None:
    """54 entries; two abbreviations lead to no entry of the authority files."""
    entries = {q.subject for q in quads if q.predicate == TYPE and q.object == cwc("IndexEntry")}
    named = {q.subject for q in quads if q.predicate == cwc("identifies")}
    printed = {q.object.value for q in quads if q.subject in entries - named and q.predicate == cwc("printedForm")}
    assert len(entries) == 54
    assert printed == {"CC", "VVS"}


@pytest.mark.parametrize(
    "property_", ["cwc:form", "dcterms:date", "cwc:sender", "cwc:heldAs", "cwc:edition", "dcterms:title"]
)
def test_every_document_has_its_form_date_sender_place_in_an_archive_edition_and_title(
    quads: list[Quad], property_: str
) -> None:
    """Enclosures may lack them; documents may not, and of most they have one."""
    enclosed = {quad.subject for quad in quads if quad.predicate == cwc("enclosedIn")}
    documents = {q.subject for q in quads if q.predicate == TYPE and q.object == cwc("Document")} - enclosed
    values: dict[object, set[object]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == term(property_):
            values[quad.subject].add(quad.object)
    assert len(documents) > 100
    assert [document.value for document in documents if not values[document]] == []
    if property_ in ("cwc:form", "dcterms:date", "dcterms:title"):
        assert [document.value for document in documents if len(values[document]) > 1] == []


def test_the_publication_conforms_to_its_shapes(publication: Project) -> None:
    """The report says so, and holds no violation; its warnings are each traced to a file."""
    report = rdflib.Graph().parse(publication.outputs.dist / "report.ttl")
    (node,) = report.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert report.value(node, SH.conforms) == rdflib.Literal(True)
    assert (None, SH.resultSeverity, SH.Violation) not in report
    sources = {str(source) for source in report.objects(None, rdflib.DCTERMS.source)}
    assert [source for source in sources if not (PROJECT / source.rpartition(":")[0]).is_file()] == []


@pytest.mark.parametrize("format_", sorted(MEDIA_TYPES))
def test_no_dump_has_a_blank_node(publication: Project, format_: str) -> None:
    """Every node has an IRI, so that differences between releases can be read."""
    dump = publication.outputs.dist / f"cwcorr.{format_}"
    read = list(parse(dump.read_bytes(), format=RdfFormat.from_extension(format_)))
    assert len(read) > 50_000
    assert not any(isinstance(one, BlankNode) for quad in read for one in (quad.subject, quad.object, quad.graph_name))


def test_the_five_dumps_hold_the_same_statements(publication: Project, quads: list[Quad]) -> None:
    """As pyoxigraph reads them back: quads from three, triples from two."""
    for format_ in MEDIA_TYPES:
        read = set(
            parse((publication.outputs.dist / f"cwcorr.{format_}").read_bytes(), RdfFormat.from_extension(format_))
        )
        if format_ in ("nq", "trig", "jsonld"):
            assert read == set(quads), format_
        else:
            assert {quad.triple for quad in read} == {quad.triple for quad in quads}, format_


def test_the_turtle_files_of_entities_parse(publication: Project) -> None:
    """All of them with pyoxigraph; rdflib, which is slower, reads those of a document, a person and an archive."""
    files = sorted(publication.outputs.dist.rglob("*.ttl"))
    assert len(files) > 500
    for file in files:
        assert any(True for _ in parse(file.read_bytes(), format=RdfFormat.TURTLE)), file.name
    for name in ("document/W016", "person/joseph-stalin", "archive/APRF"):
        assert len(rdflib.Graph().parse(publication.outputs.dist / f"{name}.ttl")) > 3


def test_the_sums_are_those_of_the_files(publication: Project) -> None:
    """`sha256sum -c` says so, of every file but the list itself."""
    program = need("sha256sum", "it is part of GNU coreutils")
    dist = publication.outputs.dist
    subprocess.run([str(program), "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=dist, check=True)
    listed = [line[66:] for line in (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    there = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    assert set(listed) == there - {"SHA256SUMS"}


@pytest.mark.parametrize("query", [query for query in QUERIES if not query.endpoint], ids=lambda query: query.name)
def test_every_canned_query_has_an_answer(publication: Project, store: Store, query: Query) -> None:
    """With its defaults: a first click on it must not show an empty table."""
    assert run(store, query, base=publication.base).rows


# -- vocabulary and data ------------------------------------------------------------------------------------------------


def test_every_term_in_the_data_is_in_the_vocabulary(graphs: dict[str, list[Quad]]) -> None:
    """As a property, a class or a value: no slip of the pen in the ontology's namespace."""
    used = {
        node.value.removeprefix(CWC)
        for name, held in graphs.items()
        if name != "ontology"
        for quad in held
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(CWC)
    }
    assert used - {*CLASSES, *PROPERTIES} == set()


def test_every_class_of_the_vocabulary_is_used(graphs: dict[str, list[Quad]]) -> None:
    """A class without a member promises what the graph does not hold."""
    used = {
        quad.object for name, held in graphs.items() if name != "ontology" for quad in held if quad.predicate == TYPE
    }
    assert {name for name in CLASSES if cwc(name) not in used} - PARTLY_USED == set()


def test_every_property_of_the_vocabulary_is_used(graphs: dict[str, list[Quad]]) -> None:
    """Nor a property without a statement."""
    used = {quad.predicate for name, held in graphs.items() if name != "ontology" for quad in held}
    assert {name for name in PROPERTIES if cwc(name) not in used} == set()


def test_the_datatype_for_uncertain_dates_is_used_for_nothing_else(quads: list[Quad]) -> None:
    """A whole and certain day is an xsd:date."""
    days = {q.object.value for q in quads if isinstance(q.object, Literal) and q.object.datatype == cwc("edtf")}
    assert days
    assert [day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)] == []


def test_documents_link_to_exactly_the_pages_that_were_verified(publication: Project, quads: list[Quad]) -> None:
    """Each address of the table of the archive's pages, and no other; one that carries another translation is not the same."""
    beside = PROJECT.parent / "shared" / "data" / "digital-archive-links.csv"
    how = "set KGPUB_PAGES_TABLE to the table of the archive's pages, or lay it into ../shared/data/"
    table = need(Path(os.environ.get("KGPUB_PAGES_TABLE", beside)), how)
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["url"]]
    assert len(rows) == 40
    documents = {row["url"]: f"{publication.base}document/{row['doc_id']}" for row in rows}
    other = {row["url"] for row in rows if "another translation" in row["discrepancies"].split("; ")[0]}
    assert len(other) == 1

    def pairs(predicate: str) -> set[tuple[str, str]]:
        return {(q.object.value, q.subject.value) for q in quads if q.predicate == term(predicate)}

    assert pairs("cwc:archivePage") == set(documents.items())
    assert pairs("schema:sameAs") == {(url, documents[url]) for url in documents if url not in other}


def test_no_page_or_claim_holds_an_address_that_was_not_verified(quads: list[Quad]) -> None:
    """Copies of the archive's site are proof, not addresses to link to."""
    archive = "https://digitalarchive.wilsoncenter.org/document/"
    linked = {q.object.value for q in quads if q.predicate == cwc("archivePage")}
    sources = {
        q.object.value for q in quads if q.predicate == term("dcterms:source") and isinstance(q.object, NamedNode)
    }
    assert sources
    assert sources <= linked
    assert [one for one in linked if not one.startswith(archive)] == []


# -- the corpus -----------------------------------------------------------------------------------------------------------


def test_the_schemas_beside_the_corpus_are_those_of_the_package() -> None:
    """An editor's YAML plug-in must say what the build says."""
    package = {path.name: path.read_bytes() for path in (PROJECT / "src/kgpub/collect/schemas").glob("*.json")}
    assert len(package) == 16
    assert {path.name: path.read_bytes() for path in (PROJECT / "corpus" / "schema").glob("*.json")} == package


def test_every_corpus_file_points_an_editor_at_its_schema() -> None:
    """The first line names it, relative to the file."""
    files = sorted((PROJECT / "corpus").rglob("*.yaml"))
    assert len(files) > 270
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named, file
        assert json.loads((file.parent / named[1]).read_text(encoding="utf-8")), file


def test_records_are_extracted_from_the_text_byte_for_byte(tmp_path: Path) -> None:
    """The records layer is generated: whoever has the journal's text gets these very files, and no other."""
    text = journal_text()
    shutil.copy(CORPUS / "layout.toml", tmp_path)
    extract(text, tmp_path, PROJECT / "corpus" / "authority", "bulletin")
    made = {path.name: path.read_bytes() for path in (tmp_path / "records").iterdir()}
    kept = {path.name: path.read_bytes() for path in (CORPUS / "records").iterdir()}
    assert set(made) == set(kept)
    assert [name for name in sorted(made) if made[name] != kept[name]] == []


def test_every_description_of_an_enclosure_is_published(quads: list[Quad]) -> None:
    """One that no record has would be lost without a word."""
    title = term("dcterms:title")
    titles = {q.subject.value.rpartition("/")[2]: q.object.value for q in quads if q.predicate == title}
    described = {
        identifier: words["title"]
        for file in sorted((CORPUS / "descriptions").glob("*.yaml"))
        for identifier, words in yaml.safe_load(file.read_text(encoding="utf-8")).get("enclosures", {}).items()
    }
    assert len(described) > 40
    assert {identifier for identifier, words in described.items() if titles.get(identifier) != words} == set()


# -- the corpus rule -------------------------------------------------------------------------------------------------------

RUN = 14
"""Words in a row; fewer are found by chance in titles and dates."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def words(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"(\w)-\n(\w)", r"\1\2", text))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words, but those that are mostly names and numbers, as a copy list or a citation is: they are facts."""
    found = words(text)
    every = (found[start : start + RUN] for start in range(len(found) - RUN + 1))
    return {
        tuple(word.lower() for word in one)
        for one in every
        if sum(word[0].isupper() or word[0].isdigit() for word in one) <= 0.55 * RUN
    }


def copied(text: str, source: set[tuple[str, ...]]) -> list[str]:
    found = [word.lower() for word in words(text)]
    every = (tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1))
    return [" ".join(one) for one in every if one in source]


def test_no_file_of_the_project_copies_a_sentence_of_the_journal() -> None:
    """Neither tracked nor new files, nor what is published from them; the translations stay with their publisher."""
    source = runs(journal_text().read_text(encoding="utf-8"))
    git = need("git", "apt-get install git")
    command = [str(git), "-C", str(PROJECT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    found = {}
    read = 0
    for name in filter(None, names):
        try:
            text = (PROJECT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        read += 1
        if same := copied(text, source):
            found[name] = same[0]
    assert read > 400
    assert found == {}


def test_a_copied_sentence_would_be_found() -> None:
    """The rule above bites: across a line break, a hyphen, and other capitals."""
    text = "The lamp burned low that winter and nobody came to the point to trim it or bring oil from the harbour."
    source = runs(text)
    assert copied("so: The lamp\nburned low that win-\nter and nobody came to the point to trim it", source)
    assert copied(text.upper(), source)
    assert not copied("The lamp burned low that winter and nobody came to the harbour", source)


def test_the_files_of_an_entity_and_the_service_without_them_say_the_same(publication: Project, store: Store) -> None:
    """All formats of all entities, against what is told from the store where there is no dist."""
    dist, site = publication.outputs.dist, Site(store=store, base=publication.base, title=publication.title)
    formats = {".ttl": RdfFormat.TURTLE, ".jsonld": RdfFormat.JSON_LD, ".nt": RdfFormat.N_TRIPLES}
    files = sorted(file for kind in KINDS for file in (dist / kind).rglob("*.nt"))
    assert len(files) > 1000
    for file in files:
        path = file.relative_to(dist).as_posix().removesuffix(".nt")
        told = triples(site, NamedNode(publication.base + path))
        for ending, form in formats.items():
            content = file.with_name(f"{file.name.removesuffix('.nt')}{ending}").read_bytes()
            assert {quad.triple for quad in parse(content, format=form)} == told, f"{path}{ending}"
