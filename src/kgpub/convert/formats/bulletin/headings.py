"""Lines that could be a document's heading: the ways to number one, and the title with its form, parties and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgpub.convert.fields.heading_dates import heading_day, mend
from kgpub.convert.formats.bulletin.lines import Line, Passage
from kgpub.convert.formats.bulletin.source import is_source_line

__all__ = ["LABELLED", "LABELS", "UNNUMBERED", "Candidate", "find_candidates", "number_of"]

_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_FIGURE = r"\d{1,4}"
_WORD = r"(?i:document|dokument|doc\.|doc(?=\s)|dok\.|pièce)"
_SIGN = r"(?:(?i:no\.?|nos\.|nr\.?|number)|#|№|n°|N°)"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ANY_NUMBER = rf"(?:{_FIGURE}|{_ROMAN}|(?i:{'|'.join(_WORDS)})|[A-Z])"
_END = r"\s*(?:\]|[:.,)](?=\s|$)|\s[-–—](?=\s)|[-–—](?=\s)|(?=\s|$))\s*[.:]?\s*"
LABELS: dict[str, re.Pattern[str]] = {
    "labelled": re.compile(
        rf"^\s*(?P<page>\d{{0,3}})[\[(*]{{0,2}}{_WORD}\s*{_SIGN}?\s*(?P<number>{_ANY_NUMBER}){_END}"
    ),
    "sign": re.compile(rf"^\s*\[?{_SIGN}\s*(?P<number>{_FIGURE})(?:\]|[:.])?(?:\s+|$)"),
    "figure": re.compile(r"^\s*[(\[]?(?P<number>\d{1,7})[.)\]](?:\s+(?=\S)|(?=[A-Z]))"),
    "figure-alone": re.compile(rf"^\s*[\[(]?(?P<number>{_FIGURE})[\])]?\.?\s*$"),
    "roman": re.compile(rf"^\s*(?P<number>{_ROMAN})(?:[.):]\s*(?=\S)|[.):]?\s*$)"),
    "letter": re.compile(r"^\s*(?P<number>[A-Z])(?:[.):]\s+(?=\S)|[.)]?\s*$)"),
}
LABELLED = frozenset({"labelled"})
# A heading without a number is known by its form or its date at its beginning.
UNNUMBERED = "unnumbered"
FORM = (
    r"(?:telegram|telegramme|letter|message|note|memorandum|memo|report|cable|decision|resolution|protocol|directive"
    r"|record|minutes|memcon|diary|transcript|stenogram|stenographic|speech|excerpts?|aide-m[ée]moire|appeal|statement"
    r"|order|reply|despatch|dispatch|airgram|instructions?|circular|proclamation|communiqu[ée]|information|summary"
    r"|draft|extracts?|meeting|talks|notes|journal|conversation|proposals?|plan|list of"
    r"|lettre|t[ée]l[ée]gramme|rapport|proc[èe]s-verbal|brief|telegramm|bericht|niederschrift|vermerk|protokoll|notatka)"
)
_FORM = re.compile(rf"(?<!\w){FORM}(?!\w)", re.IGNORECASE)
_LEADING = re.compile(
    r"^[\"“„«(\[]?(?:(?:(?i:the|an?|top|secret|strictly|urgent|ciphered|coded|draft|handwritten|soviet|unsigned|official"
    rf"|personal|joint|final|short|first|last)|[A-Z][\w’'-]*[A-Za-z]\.?)\s+){{0,3}}(?i:{FORM})(?!\w)"
)
_PARTIES = re.compile(
    r"(?<!\w)(?:to|from|between|with|by|of|à|von|an|TO|FROM|BETWEEN|WITH|BY|OF)\s+(?:the\s+|THE\s+)?[^\W\d_a-z]", 0
)
# "Ryde to Holm, 3 March 1956": believed only where a source note follows.
_CORRESPONDENTS = re.compile(r"[A-Z][^.;:,]{1,60} to (?:the )?[A-Z][^.;:]{1,60}, \S")
# Lower case only: May is a month.
_SENTENCE = re.compile(r"\b(?:is|was|were|has|have|had|are|will|would|shall|should|may|can|says)\b")
# An entry of a table of contents ends in leaders or, after a gap, in a page number.
_ENTRY = re.compile(r"(?:\.\s?){3,}\s*\d*\s*$|…+\s*\d*\s*$|\s{3,}\d{1,4}\s*$|\t\d{1,4}\s*$")
# Where a heading's date stands at its end, little follows it: a bracket, an hour, a stop.
_AFTER_DATE = 28
_UNDATED = re.compile(r"(?i)\b(?:no date|undated|not dated|n\.\s?d\.|date unknown|without date)")
# What opens a list of notes, books or documents.
NOTES = re.compile(
    r"^\s*(?i:notes|endnotes|footnotes|references|bibliography|works cited|further reading|documents cited"
    r"|(?:table of )?contents|list of documents)\s*:?\s*$"
)
_MOST_TITLE = 6
# A title of more lines than this, closed by a source note alone, is a heading with its whole text below it.
_MOST_UNBROKEN = 3
# Where the date opens a heading, form or parties follow within so many characters.
_NAMED_WITHIN = 200
_DATELINE = 8
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may open a document: how it is numbered, its title's lines, and what the title shows."""

    style: str
    number: str
    value: int
    line: int
    title: tuple[int, ...]
    end: int
    fixed: bool
    dated: bool
    full: bool
    leads: bool
    parties: bool
    apart: bool
    broken: bool
    key: str

    @property
    def weight(self) -> float:
        """How much the title looks like a heading's."""
        return 1 + 1.5 * self.dated + self.full + 1.5 * self.leads + 0.5 * self.parties + self.apart - self.broken


def number_of(printed: str) -> int:
    """Return the value of a printed number: figures, a word, a Roman numeral, or a letter's place in the alphabet; 0 for none."""
    if printed.isdigit():
        return int(printed)
    if printed.lower() in _WORDS:
        return _WORDS.index(printed.lower()) + 1
    if len(printed) == 1 and "A" <= printed <= "Z" and printed not in "IVX":
        return ord(printed) - 64
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if printed and all(letter in values for letter in printed):
        figures = [values[letter] for letter in printed]
        following = [*figures[1:], 0]
        return sum(-one if one < after else one for one, after in zip(figures, following, strict=True))
    return 0


def find_candidates(lines: Sequence[Line], style: str, first: int, last: int, barred: set[int]) -> Iterator[Candidate]:
    """Yield the lines in a stretch that may be headings of a style, in order; each costs a look at a dozen lines."""
    for line in lines[first - 1 : last]:
        if line.number in barred or line.blank or len(line.text) > _LONGEST_LINE or NOTES.match(line.text):
            continue
        if style == UNNUMBERED:
            found = _unnumbered(lines, line, last, barred)
        else:
            match = LABELS[style].match(line.text)
            found = _candidate(lines, line, style, match["number"], match.end(), last, barred) if match else None
        if found:
            yield found


def _unnumbered(lines: Sequence[Line], line: Line, last: int, barred: set[int]) -> Candidate | None:
    text = re.sub(r"^\s*\d{0,3}(?=[A-Z])", "", line.text)
    opening = heading_day(text[:40])
    dated_first = opening is not None and len(opening.value) >= 10 and opening.start == 0
    correspondents = _CORRESPONDENTS.match(text.strip()) is not None
    if not dated_first and not correspondents and not _LEADING.match(text.strip()):
        return None
    if not dated_first and not _blank_before(lines, line.number, barred):
        return None
    found = _candidate(lines, line, UNNUMBERED, "", len(line.text) - len(text), last, barred)
    if not found or not found.fixed or not found.full or not (found.leads or dated_first or correspondents):
        return None
    title = _title_text(lines, found.title, line.number, len(line.text) - len(text))
    sentence = _SENTENCE.search(title) or (dated_first and not _FORM.search(title[:80]))
    return None if sentence or len(title) > 300 else found


def _candidate(
    lines: Sequence[Line], line: Line, style: str, number: str, after: int, last: int, barred: set[int]
) -> Candidate | None:
    rest = line.text[after:].strip()
    if rest and not re.match(r"[^\W\d_a-z]|[\"“„«(\[\d*]", rest):
        return None
    if style in ("figure-alone", "letter", "roman") and not rest and not _blank_before(lines, line.number, barred):
        return None
    title = _title(lines, line.number, bool(rest), last, barred)
    if not title:
        return None
    text = _title_text(lines, title, line.number, after)
    numbers, fixed = _ended(lines, title, line.number, after)
    block = _title_text(lines, numbers, line.number, after)
    if any(_ENTRY.search(lines[n - 1].text) for n in title[:3]) and not heading_day(text[-30:]):
        return None
    found, end = heading_day(block if fixed else text), numbers[-1]
    if (not found or len(found.value) < 10) and not _UNDATED.search(block):
        dateline = _dateline(lines, numbers[-1], last, barred)
        if dateline:
            numbers, fixed, found = (*numbers, dateline), True, heading_day(lines[dateline - 1].text)
    return Candidate(
        style,
        number,
        ord(number) - 64 if style == "letter" else number_of(number),
        line.number,
        numbers,
        end,
        fixed,
        found is not None,
        found is not None and len(found.value) >= 10,
        bool(
            _LEADING.match(re.sub(r"^[^:]{0,40}: (?=[A-Z])", "", block)) or _LEADING.match(block) or _dated_form(block)
        ),
        bool(_PARTIES.search(block)),
        _blank_before(lines, line.number, barred),
        _mid_sentence(lines, line.number) or (fixed and style not in LABELLED and _told(block)),
        re.sub(r"\W+|\d{1,4}$", "", text.lower())[:60],
    )


def _dated_form(text: str) -> bool:
    """Whether a date opens the title and a form follows it: "3 March 1956, ciphered telegram"."""
    found = heading_day(text[:60])
    if found is None or found.start > 2:
        return False
    named = text[found.end : found.end + _NAMED_WITHIN]
    return bool(_FORM.search(named) or re.search(r"\b(?:to|from)\s+[A-Z]", named))


def _title(lines: Sequence[Line], start: int, started: bool, last: int, barred: set[int]) -> tuple[int, ...]:
    """Return the lines of a title: from the label, or the first line after it, to the next blank line or source note."""
    numbers = [start]
    for number in range(start + 1, min(start + 4 + _MOST_TITLE, last) + 1):
        if number in barred:
            continue
        line = lines[number - 1]
        if line.blank and started:
            break
        if line.blank:
            continue
        if is_source_line(line.text) or len(numbers) > _MOST_TITLE or len(line.text) > _LONGEST_LINE:
            break
        started = True
        numbers.append(number)
    return tuple(numbers) if started else ()


def _title_text(lines: Sequence[Line], numbers: Sequence[int], start: int, after: int) -> str:
    own = [lines[n - 1] for n in numbers if n != start]
    return Passage.of([Line(start, lines[start - 1].text[after:]), *own]).text


def _ended(lines: Sequence[Line], title: tuple[int, ...], start: int, after: int) -> tuple[tuple[int, ...], bool]:
    """Return the lines of the title up to its date, and whether its end is sure: a date at the end, or a blank line after."""
    for count in range(1, len(title) + 1):
        text = _title_text(lines, title[:count], start, after)
        found = heading_day(text)
        if not found or (len(found.value) < 10 and count < len(title)):
            continue
        trailing = len(text) - found.end <= _AFTER_DATE and not (found.start < 3 and count == 1 and len(title) > 1)
        if trailing and not (count < len(title) and _goes_on(text, lines[title[count] - 1].text)):
            return title[:count], True
        break
    blank = title[-1] >= len(lines) or lines[title[-1]].blank
    closed = blank or (
        is_source_line(lines[title[-1]].text)
        and len(title) <= _MOST_UNBROKEN
        and not _SENTENCE.search(_title_text(lines, title, start, after))
    )
    return title, closed and len(title) < _MOST_TITLE


def _goes_on(text: str, following: str) -> bool:
    return bool(re.search(r"(?:[,;(–—-]|\b(?:and|of|to|the|from))$", text) or re.match(r"\s*[a-z(\[]", following))


def _dateline(lines: Sequence[Line], after: int, last: int, barred: set[int]) -> int:
    """Return the line of place and date below a title that has none, or 0: short, and dated to the day."""
    seen = 0
    for number in range(after + 1, min(after + 2 * _DATELINE, last) + 1):
        line = lines[number - 1]
        if line.blank or number in barred:
            continue
        seen += 1
        if seen > _DATELINE or is_source_line(line.text) or LABELS["labelled"].match(line.text):
            break
        found = heading_day(line.text) if len(line.text) < 90 else None
        if found and len(found.value) >= 10:
            before, behind = line.text[: found.start], line.text[found.end :]
            if len(behind) <= _AFTER_DATE and not _SENTENCE.search(before) and not re.match(r"\s*\d+[.)]", line.text):
                return number
    return 0


def _blank_before(lines: Sequence[Line], number: int, barred: set[int]) -> bool:
    before = number - 1
    while before > 0 and before in barred:
        before -= 1
    return before < 1 or lines[before - 1].blank or "\f" in lines[number - 1].text[:2]


def _told(text: str) -> bool:
    """Whether a title is a sentence: a verb and a full stop at its end."""
    return text.endswith((".", "?", ":")) and bool(_SENTENCE.search(text))


def _mid_sentence(lines: Sequence[Line], number: int) -> bool:
    """Whether the line before breaks off in a sentence, so that the number belongs to it."""
    before = lines[number - 2].text.rstrip() if number > 1 else ""
    return bool(re.search(r"(?:[a-z,;(]|\b(?:see|in|and|of|the|from))$", before)) and not mend(before).isupper()
