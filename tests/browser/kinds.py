"""One page of each type, with facts that stand in it whether or not a script runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["KINDS", "Kind", "named"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of page: the page that stands for it, its heading, and facts that a reader finds there."""

    name: str
    path: str
    heading: str
    facts: tuple[str, ...]

    @property
    def engine(self) -> bool:
        """Whether the page loads the query engine's scripts."""
        return self.path == "sparql.html" or self.path.startswith("queries/")


KINDS: Final = (
    Kind("start", "index.html", "Cold War Correspondence", ("signed as Filippov in 1951", "Letters by month")),
    Kind("letters", "letters.html", "Letters", ("Shtykov to Stalin, 1 July 1950", "405809")),
    Kind("timeline", "timeline.html", "Timeline", ("1950", "1953")),
    Kind("places", "places.html", "Places", ("Pyongyang", "Beijing")),
    Kind("network", "network.html", "Who wrote to whom", ("Joseph Stalin", "Mao Zedong")),
    Kind("people", "people.html", "People", ("Stalin", "Zhou Enlai")),
    Kind("search", "search.html", "Search", ("Zhou Enlai", "周恩来")),
    Kind("questions", "queries.html", "Questions", ("Letters between two people",)),
    Kind("question", "queries/letters-between.html", "Letters between", ("Joseph Stalin", "SELECT")),
    Kind("question-bars", "queries/documents-by-month.html", "month", ("1950-07",)),
    Kind("question-matrix", "queries/who-wrote-to-whom.html", "Who wrote to whom", ("Terenty Shtykov",)),
    Kind("question-network", "queries/threads.html", "Threads", ("Roshchin",)),
    Kind("question-elsewhere", "queries/wikidata-beside-ours.html", "Wikidata", ("query.wikidata.org",)),
    Kind("sparql", "sparql.html", "Ask in SPARQL", ("The editor needs JavaScript", "cwcorr.nq")),
    Kind("downloads", "downloads.html", "Take it along", ("cwcorr.nq", "SHA256SUMS", "BibTeX")),
    Kind("ontology", "ontology.html", "Ontology", ("cover name",)),
    Kind("archives", "archives.html", "Where the letters lie", ("Archive of the President",)),
    Kind("archive", "archive/APRF.html", "Archive of the President", ("fond 45",)),
    Kind("file", "archive/APRF/fond-45/opis-1/delo-346.html", "delo 346", ("Shtykov to Stalin, 1 July 1950", "105")),
    Kind("letter", "document/W016.html", "Shtykov to Stalin, 1 July 1950", ("405809", "Fyn Si", "delo 346", "BibTeX")),
    Kind("letter-enclosed", "document/W050a.html", "4 January 1951", ("APRF",)),
    Kind("letter-twice", "document/M04.html", "27 September 1950", ("APRF",)),
    Kind("attested", "attested/from-andrey-vyshinsky-no-353-1950.html", "Known only from its mention", ("W031a",)),
    Kind("edition", "edition/W016.html", "Edition W016", ("W016", "New Russian Documents")),
    Kind("publication", "edition/mansourov-1995.html", "Stalin, Mao, Kim", ("Mansourov",)),
    Kind("person", "person/joseph-stalin.html", "Joseph Stalin", ("Filippov", "Сталин", "Q855")),
    Kind("person-small", "person/kim-tu-bong.html", "Kim Tu-bong", ("Shtykov",)),
    Kind("organisation", "organisation/eighth-directorate-of-the-general-staff.html", "Eighth Directorate", ("W016",)),
    Kind("office", "office/acting-chief-of-general-staff-of-the-peoples-liberation-army.html", "Acting Chief", ()),
    Kind("place", "place/pyongyang.html", "Pyongyang", ("39", "North Korea")),
    Kind("place-merged", "place/tepuges.html", "tepuges", ("merged",)),
    Kind("event", "event/attack-on-the-sui-ho-dam.html", "Sui-ho Dam", ()),
    Kind("scheme", "concept/form.html", "Forms", ("ciphered telegram",)),
    Kind("concept", "concept/form/ciphered-telegram.html", "iphered telegram", ("Shtykov to Stalin, 1 July 1950",)),
    Kind("report", "report.html", "Validation report", ("warning",)),
)


def named(*names: str) -> tuple[Kind, ...]:
    """Return some types of pages."""
    kinds = {one.name: one for one in KINDS}
    return tuple(kinds[name] for name in names)
