"""Measure the extraction on texts in the layouts of other journals, with no layout file beside them, and print a table.

    python bench/layouts.py [FOLDER] [--differences]

Each text has a YAML file beside it that says what is right: number, date, opening words of first and last line, parties.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kgpub.collect.texts import read_layout, read_text
from kgpub.convert.fields.names import NameIndex, build_index
from kgpub.convert.formats.bulletin import read_bulletin
from kgpub.convert.formats.bulletin.lines import parse_lines

__all__ = ["Score", "main", "measure", "table"]

FOLDER = Path(__file__).parents[1] / "tests" / "convert" / "formats" / "bulletin" / "layouts"
FIELDS = ("found", "dated", "first", "last", "parties")


@dataclass
class Score:
    """What was right in one text: counts by field, of how many, how many documents were invented, and what differs."""

    name: str
    expected: int = 0
    invented: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    differences: list[str] = field(default_factory=list)

    def count(self, name: str, right: bool, told: str) -> None:
        """Count one value; `told` says what differs where it is not right."""
        self.of[name] += 1
        self.right[name] += right
        if not right:
            self.differences.append(f"{name}: {told}")

    def share(self, name: str) -> float:
        """Return the share of right values of a field, 1 where there are none."""
        return self.right[name] / self.of[name] if self.of[name] else 1.0


def measure(text_file: Path, names: NameIndex) -> Score:
    """Return how the records of one text compare with what its YAML file says; documents are matched by first line."""
    expected = yaml.safe_load(text_file.with_suffix(".yaml").read_text(encoding="utf-8"))["documents"]
    text = read_text(text_file)
    lines = text.split("\n")
    layout = text_file.with_suffix(".toml")
    reading = read_bulletin(text, read_layout(layout), names, text_file.name)
    records = {min(parse_lines(record["lines"])): record for record in reading.records}
    score = Score(text_file.stem, len(expected))
    for document in expected:
        first = _line(lines, document["first"], document.get("nth", 1))
        record = records.pop(first, None)
        # A heading that was found some lines off is found, but its first line is wrong.
        near = next((line for line in records if record is None and abs(line - first) <= 4), None)
        record = records.pop(near) if near is not None else record
        score.count("found", record is not None, f"{document['first']!r} in line {first}")
        if record is not None:
            score.count("first", near is None, f"{document['first']!r}: line {near}, not {first}")
            _compare(score, document, record, lines)
    score.invented = len(records)
    score.differences += [f"invented: line {line}: {lines[line - 1].strip()[:60]!r}" for line in records]
    return score


def _compare(score: Score, document: Mapping[str, Any], record: Mapping[str, Any], lines: Sequence[str]) -> None:
    told = document["first"]
    number = str(record["edition"]["number"])
    if "number" in document and number != document["number"]:
        score.count("first", False, f"{told!r}: number {number}")
    date = record.get("date", {}).get("value")
    if "date" in document:
        score.count("dated", date == str(document["date"]), f"{told!r}: {date}, not {document['date']}")
    else:
        score.count("dated", date is None, f"{told!r}: {date}, though none is printed")
    wanted = _line(lines, document["last"], document.get("nthlast", 1), after=min(parse_lines(record["lines"])))
    last = max(parse_lines(record["lines"]))
    score.count("last", last == wanted, f"{told!r}: line {last}, not {wanted}")
    for key, role in (("sender", "senders"), ("recipient", "recipients")):
        if key in document:
            printed = "; ".join(str(one.get("printed", one.get("actor"))) for one in record.get(role, ()))
            score.count("parties", document[key] in printed, f"{told!r}: {role} {printed!r}")


def _line(lines: Sequence[str], opening: str, nth: int, after: int = 0) -> int:
    """Return the number of the line that opens so: the nth of the text, or the first at or after a line."""
    numbers = [number for number, line in enumerate(lines, 1) if line.startswith(opening) and number >= after]
    if not numbers:
        raise SystemExit(f"no line opens with {opening!r}")
    return numbers[0 if after else nth - 1]


def table(scores: Sequence[Score]) -> str:
    """Return the scores as a Markdown table, a row for each text and one for all."""
    rows = ["| layout | documents | invented | " + " | ".join(FIELDS) + " |", "| --- " + "| ---: " * 7 + "|"]
    for score in scores:
        shares = " | ".join(f"{score.share(name):.2f}" for name in FIELDS)
        rows.append(f"| {score.name} | {score.expected} | {score.invented} | {shares} |")
    total = Score("**all**", sum(s.expected for s in scores), sum(s.invented for s in scores))
    for name in FIELDS:
        total.right[name] = sum(score.right[name] for score in scores)
        total.of[name] = sum(score.of[name] for score in scores)
    shares = " | ".join(f"{total.share(name):.2f}" for name in FIELDS)
    return "\n".join([*rows, f"| {total.name} | {total.expected} | {total.invented} | {shares} |"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of a folder's texts; 1 where something was invented or not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--differences", action="store_true", help="say what differs, text by text")
    given = parser.parse_args(arguments)
    scores = [measure(path, build_index({})) for path in sorted(given.folder.glob("*.txt"))]
    print(table(scores))
    for told in (f"{score.name}: {told}" for score in scores for told in score.differences if given.differences):
        print(told)
    return int(any(score.invented or score.share("found") < 1 for score in scores))


if __name__ == "__main__":
    sys.exit(main())
