"""How well references are resolved: the built graph held against the golden cases, as counts, precision and recall.

`python bench/references.py dist/cwcorr.nq tests/golden/references.yaml [--write docs/references.md]`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import yaml
from pyoxigraph import Store

from kgpub.graph.load import load_store
from kgpub.vocabulary import CWC

__all__ = ["Case", "Found", "cases", "compare", "found", "page"]

_PAGE = """# References resolved

Made by `python bench/references.py dist/cwcorr.nq tests/golden/references.yaml --write docs/references.md` after a build.

"To No. 362", "your telegram of 4 January", "I have received your telegram": each such reference is a node of the graph. The
queries under `queries/construct/` match it to a document by number, date and parties; each match has a node that says what
agreed, how certain it is and which query gave it. Where no rule can tell and a reader can, an editor says so in the
correction layer (`resolutions`, see [records](records.md)). What is left is a letter known only from its mention.

| | references |
| --- | ---: |
{counts}

Each reference was also decided by reading the text, whether a document of this publication is meant and which
(`tests/golden/references.yaml`). Precision is the share of the documents found that the reader found too, recall the share
of the reader's documents that were found. The first reader saw what the rules had found, and the rules were made on
the same references, so the figures say that nothing is lost, not how the rules would do elsewhere. A second reader
decided all 92 without seeing rules, graph or these cases: 89 the same, three otherwise. Of those, one showed a wrong
match (M18), which was mended; two are matters of judgement (M15a, W080) and stay as they were.

| | documents found | right | precision | recall |
| --- | ---: | ---: | ---: | ---: |
{measures}
"""

_FOUND = f"""
PREFIX cwc: <{CWC}>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?citing ?lines ?number ?date ?document ?rule {{
  ?document_ cwc:refersTo ?reference ; cwc:reading ?reading .
  ?reading cwc:onValue ?reference ; cwc:lines ?lines .
  OPTIONAL {{ ?reference cwc:citedNumber ?number }}
  OPTIONAL {{ ?reference cwc:citedDate ?date }}
  OPTIONAL {{
    ?match cwc:matchOf ?reference ; cwc:matchedTo/dcterms:identifier ?document ; cwc:rule ?rule .
    ?reference cwc:resolvedTo ?resolved . ?match cwc:matchedTo ?resolved .
  }}
  BIND(REPLACE(STR(?document_), "^.*/", "") AS ?citing)
}}
"""


class Case(NamedTuple):
    """One reference: its document, where it stands, what it cites."""

    document: str
    lines: str
    number: str
    date: str


class Found(NamedTuple):
    """One document that a reference was found to mean, and the rule that found it."""

    case: Case
    document: str
    rule: str


def cases(golden: Path) -> dict[Case, frozenset[str]]:
    """Return each golden case with the documents that the reader found; none where it is not published."""
    found: dict[Case, frozenset[str]] = {}
    for one in yaml.safe_load(golden.read_text(encoding="utf-8")):
        resolved = one["resolved"]
        documents = frozenset([resolved] if isinstance(resolved, str) else resolved or ())
        found[Case(one["document"], one["lines"], one.get("number", ""), one.get("date", ""))] = documents
    return found


def found(store: Store) -> tuple[set[Case], set[Found]]:
    """Return every reference of the graph, and what each was found to mean."""
    references: set[Case] = set()
    matches: set[Found] = set()
    for row in store.query(_FOUND, use_default_graph_as_union=True):  # type: ignore[union-attr]
        value = {name: row[name].value if row[name] is not None else "" for name in ("citing", "lines", "number")}
        date = row["date"].value if row["date"] is not None else ""
        case = Case(value["citing"], value["lines"], value["number"], date)
        references.add(case)
        if row["document"] is not None:
            matches.add(Found(case, row["document"].value, row["rule"].value))
    return references, matches


def compare(golden: dict[Case, frozenset[str]], matches: set[Found]) -> tuple[int, int, float, float]:
    """Return documents found, how many of them are right, precision and recall."""
    said = {(one.case, one.document) for one in matches}
    true = {(case, document) for case, documents in golden.items() for document in documents}
    right = len(said & true)
    return len(said), right, right / len(said) if said else 1.0, right / len(true) if true else 1.0


def page(golden: dict[Case, frozenset[str]], references: set[Case], matches: set[Found], letters: int) -> str:
    """Return the page of figures."""
    by_rule = Counter(rule for _, rule in {(one.case, one.rule) for one in matches})
    rules = {rule: number for rule, number in sorted(by_rule.items()) if rule != "editor"}
    matched = {one.case for one in matches}
    lines = [f"| references in all | {len(references)} |", f"| resolved by a rule | {sum(rules.values())} |"]
    lines += [f"| … `{rule}` | {number} |" for rule, number in rules.items()]
    lines += [
        f"| resolved by an editor | {by_rule['editor']} |",
        f"| to letters known only from their mention ({letters} letters) | {len(references - matched)} |",
    ]
    measures = []
    for name, some in (
        ("rules", {one for one in matches if one.rule != "editor"}),
        ("rules and editor", matches),
    ):
        number, right, precision, recall = compare(golden, some)
        measures.append(f"| {name} | {number} | {right} | {precision:.3f} | {recall:.3f} |")
    return _PAGE.format(counts="\n".join(lines), measures="\n".join(measures))


def letters(store: Store) -> int:
    """Return how many letters are known only from their mention."""
    query = f"SELECT DISTINCT ?letter {{ ?letter a <{CWC}AttestedDocument> ; <{CWC}citedIn> ?document }}"
    return sum(1 for _ in store.query(query, use_default_graph_as_union=True))  # type: ignore[union-attr,misc]


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path)
    parser.add_argument("golden", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    store = load_store(given.dump.read_text(encoding="utf-8"))
    references, matches = found(store)
    text = page(cases(given.golden), references, matches, letters(store))
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
