"""How good the extraction is: its records held against the settled readings, field by field, as precision, recall and F1.

`python bench/quality.py READINGS RECORDS [--differences] [--write docs/quality.md]` compares two folders of records; a
field's values count as sets. The page it writes holds the table, what still differs in words (READINGS/../differences.yaml),
and what the lines of the text belong to (READINGS/../account.yaml, which `--account TEXT` counts anew).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from kgpub.collect.names import read_name_entries
from kgpub.collect.texts import read_layout, read_text
from kgpub.convert.fields.names import build_index
from kgpub.convert.formats.bulletin import read_bulletin
from kgpub.convert.lines import parse_runs

Fact = tuple[str, str]
Difference = tuple[str, str, str, str]
"""Document, field, side that has it (reading or record), and the value."""

_ACCOUNT = "# How many lines of the journal's text are of each kind; bench/quality.py --account TEXT counts them.\n"

_PAGE = """# How good the extraction is

Made by `python bench/quality.py tests/golden/readings corpus/cwihp-6-7/records --write docs/quality.md`.

Two readers read every document into a record, independently of each other and of the program; an arbiter went back to the
text for each difference between them and settled it. The settled readings are in `tests/golden/readings`. The records that
`kgpub extract` writes are held against them field by field: a field's values count as a set per document, precision is the
share of the record's values that the reading has too, recall the share of the reading's values that the record has, F1 their
harmonic mean. Fields of messages inside a document stand apart, as `enclosed.…`. Printed forms, lines of a value and
summaries are not compared; `lines` counts the lines of the text that belong to each document.

The rules were improved on the same documents that they are measured on, so the figures say how well the rules describe this
journal, not how they would do on another. What the rules cannot know stands as data in `corpus/cwihp-6-7/layout.toml`.

{table}

## What still differs

{differences}

Of the mentions, {missed} are missed and {extra} are too many. Missed are mostly persons named by an office alone, bodies named in
part where the context says whose they are, units of a list that share one noun, and names that the print broke or glued
together; too many are mostly names in an address, a signature or an editor's gloss, and bodies of one country taken for
another's of the same name.

## Where every line of the text belongs

`kgpub extract … --account` lists it run by run; `python bench/quality.py … --account TEXT` counts it. Each of the {total:,}
lines of the journal's text stands in it once, and the lines of the documents are those that the records name.

{account}
"""

_KINDS = {
    "document": "the documents, from the heading to the source note",
    "article": "articles, introductions and their notes, which are not documents",
    "other": "what else the issue prints after the documents",
    "index": "indexes of names and abbreviations",
    "editor": "editors' notes between the documents",
    "caption": "captions of facsimiles",
    "running-head": "running heads and page numbers",
    "blank": "blank lines between two of these",
}
"""Kinds of lines in the order of the page, and what they are."""

_LISTS = {
    "senders": ("actor",),
    "recipients": ("actor",),
    "relays": ("actor",),
    "signers": ("actor",),
    "sentFrom": ("place",),
    "sentTo": ("place",),
    "telegramNumber": ("value",),
    "outgoingNumber": ("value",),
    "registryNumbers": ("kind", "value"),
    "references": ("relation", "number", "date"),
    "classifications": ("value",),
    "urgency": ("value",),
    "seriesMarks": ("value",),
    "transmissions": ("stage", "at"),
    "citations": ("archive", "fond", "opis", "papka", "delo", "listy"),
    "notes": ("kind", "by"),
}
"""Fields that are lists, and the keys of an item that are compared."""


def load(file: Path) -> dict[str, Any]:
    """Return a record with every scalar as text."""
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)
    return data


def facts(record: Mapping[str, Any], prefix: str = "") -> Iterator[Fact]:
    """Yield what a record says as (field, value); enclosures' fields stand under `enclosures`."""
    for field in ("form", "headingDate", "date"):
        if field in record:
            value = record[field]
            yield prefix + field, value["value"] if isinstance(value, dict) else value
    for field, keys in _LISTS.items():
        for item in record.get(field) or ():
            yield prefix + field, " ".join(_plain(item.get(key, "")) for key in keys).strip() or "unidentified"
    for field in ("senders", "recipients", "relays", "signers"):
        for item in record.get(field) or ():
            if "as" in item:
                yield prefix + "coverNames", f"{item.get('actor', '')} as {item['as']}"
    for position, item in enumerate(record.get("copies") or (), 1):
        yield prefix + "copies", f"{position} {item.get('actor', 'unidentified')} {item.get('count', '')}".strip()
    for item in record.get("mentions") or ():
        key = next(key for key in ("actor", "place", "organisation", "event") if key in item)
        yield prefix + "mentions", item[key]
    if not prefix:
        for page in record.get("pages") or ():
            yield "pages", str(page["page"])
        for first, last in parse_runs(str(record["lines"])):
            for line in range(first, last + 1):
                yield "lines", str(line)
    for enclosed in record.get("enclosures") or ():
        yield "enclosures", _whole(enclosed)
        yield from facts(enclosed, "enclosed.")


def _whole(enclosed: Mapping[str, Any]) -> str:
    """An enclosure in one word, whatever its letter: who wrote it to whom and when."""
    names = [
        ",".join(sorted(p.get("actor", "?") for p in enclosed.get(key) or ())) for key in ("senders", "recipients")
    ]
    day = enclosed.get("date", "")
    return f"{names[0]} > {names[1]} {day['value'] if isinstance(day, dict) else day}"


def _plain(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def compare(readings: Path, records: Path) -> tuple[dict[str, list[int]], list[Difference]]:
    """Return for each field [both, only in the reading, only in the record], and every difference (id, field, side, value)."""
    counts: dict[str, list[int]] = {}
    differences: list[Difference] = []
    for file in sorted(readings.glob("*.yaml")):
        wanted = list(facts(load(file)))
        other = records / file.name
        found = list(facts(load(other))) if other.is_file() else []
        for field in sorted({one for one, _ in wanted} | {one for one, _ in found}):
            left, right = ({v for f, v in side if f == field} for side in (wanted, found))
            tally = counts.setdefault(field, [0, 0, 0])
            tally[0] += len(left & right)
            tally[1] += len(left - right)
            tally[2] += len(right - left)
            differences += [(file.stem, field, "reading", value) for value in sorted(left - right)]
            differences += [(file.stem, field, "record", value) for value in sorted(right - left)]
    return counts, differences


def table(counts: Mapping[str, list[int]]) -> str:
    """Return the figures as a Markdown table."""
    rows = ["| field | values read | precision | recall | F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    total = [0, 0, 0]
    for field in sorted(counts, key=lambda one: (one.startswith("enclosed."), one)):
        rows.append(_row(field, counts[field]))
        if field not in ("lines", "mentions", "enclosed.mentions"):
            total = [a + b for a, b in zip(total, counts[field], strict=True)]
    rows.append(_row("**all but lines and mentions**", total))
    return "\n".join(rows)


def scores(tally: list[int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of [both, only in the reading, only in the record]."""
    both, missed, extra = tally
    precision, recall = (both / (both + other) if both + other else 1.0 for other in (extra, missed))
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def page(readings: Path, records: Path) -> str:
    """Return docs/quality.md: the table, and each difference with the reason that differences.yaml gives for it."""
    counts, differences = compare(readings, records)
    listed = readings.parent / "differences.yaml"
    entries = yaml.load(listed.read_text(encoding="utf-8"), yaml.CBaseLoader) if listed.is_file() else []
    reasons = {(entry["document"], entry["field"]): entry["reason"] for entry in entries}
    named = [one for one in differences if not one[1].endswith(("mentions", "lines"))]
    places = list(dict.fromkeys((document, field) for document, field, _, _ in named))
    rows = [
        f"- {document}, `{field}` ({_counted(named, document, field)}): {reasons.get((document, field), 'not explained yet.')}"
        for document, field in places
    ]
    mentions = [counts.get(field, [0, 0, 0]) for field in ("mentions", "enclosed.mentions")]
    missed, extra = (sum(tally[side] for tally in mentions) for side in (1, 2))
    account = readings.parent / "account.yaml"
    kinds = yaml.load(account.read_text(encoding="utf-8"), yaml.CBaseLoader) if account.is_file() else {}
    return _PAGE.format(
        table=table(counts),
        differences="\n".join(rows) or "Nothing.",
        missed=missed,
        extra=extra,
        total=sum(int(one["lines"]) for one in kinds.values()),
        account=account_table(kinds),
    )


def _counted(differences: list[Difference], document: str, field: str) -> str:
    sides = [side for one, name, side, _ in differences if (one, name) == (document, field)]
    counts = ((sides.count("reading"), "missed"), (sides.count("record"), "too many"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _row(name: str, tally: list[int]) -> str:
    precision, recall, mean = scores(tally)
    return f"| {name} | {tally[0] + tally[1]} | {precision:.3f} | {recall:.3f} | {mean:.3f} |"


def counted(text: Path, layout: Path, authority: Path) -> dict[str, dict[str, int]]:
    """Return for each kind of line how many lines of a text are of it, and in how many runs they stand."""
    reading = read_bulletin(read_text(text), read_layout(layout), build_index(read_name_entries(authority)), text.name)
    kinds: dict[str, dict[str, int]] = {}
    for run in reading.coverage:
        tally = kinds.setdefault(run.kind, {"lines": 0, "runs": 0})
        tally["lines"] += run.last - run.first + 1
        tally["runs"] += 1
    return dict(sorted(kinds.items()))


def account_table(kinds: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the account as a Markdown table, the kinds that nobody has described last."""
    rows = ["| kind | lines | runs | what it is |", "| --- | ---: | ---: | --- |"]
    for kind in [*(one for one in _KINDS if one in kinds), *sorted(set(kinds) - set(_KINDS))]:
        lines, runs = int(kinds[kind]["lines"]), int(kinds[kind]["runs"])
        rows.append(f"| {kind} | {lines:,} | {runs} | {_KINDS.get(kind, '')} |")
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print the table, and the differences where asked for; or write the page of the documentation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--differences", action="store_true", help="list every difference")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of the documentation")
    parser.add_argument("--account", type=Path, metavar="TEXT", help="count the lines of the journal's text anew")
    given = parser.parse_args(arguments)
    if given.account:
        kinds = counted(given.account, given.records.parent / "layout.toml", given.records.parents[1] / "authority")
        text = yaml.safe_dump(kinds, default_flow_style=None, sort_keys=True)
        (given.readings.parent / "account.yaml").write_text(f"{_ACCOUNT}{text}", encoding="utf-8")
    if given.write:
        given.write.write_text(page(given.readings, given.records), encoding="utf-8")
        return 0
    counts, differences = compare(given.readings, given.records)
    if given.differences:
        for document, field, side, value in differences:
            if field != "lines":
                print(f"{document}\t{field}\t{side}\t{value}")
    print(table(counts))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
