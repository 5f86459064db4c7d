"""Which candidates are documents: the style that a text keeps to, its numbers in their order, each with a text of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgpub.convert.formats.bulletin.headings import LABELLED, LABELS, NOTES, UNNUMBERED, Candidate, find_candidates
from kgpub.convert.formats.bulletin.lines import Line
from kgpub.convert.formats.bulletin.source import source_stretches

__all__ = ["DISCOVERED", "Found", "discover"]

DISCOVERED = (*LABELS, UNNUMBERED)

# A number that runs ahead of the last by more than this is a point of a list or a page, not the next document.
_LEAP = 25
# Headings of neighbours change places in flattened columns, by this many at most.
_BACK = 3
# A document has a text: so many lines, blank ones, heading and source note not counted.
_TEXT = 2
# A source note that has no more lines than this between itself and the heading stands before the text.
_BEFORE = 1
# Of numbered headings without a word like "Document", so many in ten have a source note, or none is believed.
_SOURCED = 0.5
# An issue has a handful of collections, each with a numbering; looking for more costs time in a text without order.
_DEPTH = 3
# Choosing again after headings were given up comes to rest soon; a text where it does not is no journal's.
_ROUNDS = 4
# What ends the last document of a text that gives no source notes behind its documents.
_BACK_MATTER = re.compile(
    r"^\s*(?i:notes|endnotes|footnotes|references|bibliography|works cited|contributors|index|afterword|appendix"
    r"|further reading|abbreviations|sources|acknowledge?ments|about the (?:authors?|editors?)"
    r"|notes on contributors)\s*:?\s*$|^\s*\*(?:\s*\*){2,}\s*$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A document found: its heading, the line after its last, and its source note, which may stand before the text."""

    heading: Candidate
    end: int
    source: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """What the choice looks up by line: how many lines with words lie before each, source notes, notes and lists."""

    lines: Sequence[Line]
    words: list[int]
    sources: list[tuple[int, int]]
    back: list[int]
    lists: list[int]
    barred: frozenset[int]
    candidates: dict[str, list[Candidate]]


def discover(
    lines: Sequence[Line],
    first: int,
    last: int,
    barred: set[int],
    styles: Sequence[str] = DISCOVERED,
    notes: Sequence[str] = (),
) -> list[list[Found]]:
    """Return the series of documents in a stretch of lines: one per way of numbering, in the order of the file."""
    text = _look(lines, first, last, barred, styles, notes)
    series = _best(text, first, last, alone=True)
    if not series:
        return []
    before = _more(text, first, series[0].heading.line - 1, _DEPTH)
    return [*before, series, *_more(text, _end(series), last, _DEPTH)]


def _more(text: _Text, first: int, last: int, depth: int) -> list[list[Found]]:
    """Return further series before or after the first: only with source notes, as what surrounds documents is prose."""
    series = _best(text, first, last, alone=False) if last > first and depth else []
    if not series:
        return []
    before = _more(text, first, series[0].heading.line - 1, depth - 1)
    return [*before, series, *_more(text, _end(series), last, depth - 1)]


def _end(series: Sequence[Found]) -> int:
    return max(found.end for found in series)


def _look(
    lines: Sequence[Line], first: int, last: int, barred: set[int], styles: Sequence[str], notes: Sequence[str]
) -> _Text:
    words = [0]
    for line in lines:
        words.append(words[-1] + (not line.blank and line.number not in barred))
    stretch = [line for line in lines[first - 1 : last] if line.number not in barred]
    return _Text(
        lines,
        words,
        list(source_stretches(stretch, notes)),
        [line.number for line in stretch if _BACK_MATTER.match(line.text)],
        [line.number for line in stretch if NOTES.match(line.text)],
        frozenset(barred),
        {
            style: _unglued([one for one in find_candidates(lines, style, first, last, barred) if _may(one)])
            for style in styles
        },
    )


def _best(text: _Text, first: int, last: int, *, alone: bool) -> list[Found]:
    best: list[Found] = []
    most = 0.0
    for style in text.candidates:
        found = _series(text, style, first, last, alone=alone)
        total = sum(one.heading.weight + 2 * bool(one.source) + (style in LABELLED) for one in found)
        if total > most:
            best, most = found, total
    return best


def _series(text: _Text, style: str, first: int, last: int, *, alone: bool) -> list[Found]:
    candidates = [one for one in text.candidates[style] if first <= one.line <= last]
    candidates = _without_repeats(candidates, text, last)
    chosen = candidates if style == UNNUMBERED else _chain(candidates)
    for _ in range(_ROUNDS):
        found = _ends(text, chosen, last)
        kept = _believed(found, text, style, alone=alone)
        if len(kept) == len(found):
            return kept
        # What one heading lost, a namesake may have.
        lost = {one.heading.line for one in found} - {one.heading.line for one in kept}
        candidates = [one for one in candidates if one.line not in lost]
        chosen = candidates if style == UNNUMBERED else _chain(candidates)
    return _believed(_ends(text, chosen, last), text, style, alone=alone)


def _unglued(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Take a page number off a heading's number where what is left follows a number before it."""
    seen: set[int] = set()
    kept = []
    for one in candidates:
        if one.number.isdigit() and one.value > max(seen, default=one.value) + _LEAP:
            tails = (int(one.number[cut:]) for cut in range(1, len(one.number)) if one.number[cut] != "0")
            tail = next((tail for tail in tails if tail - 1 in seen and tail not in seen), 0)
            one = replace(one, number=str(tail), value=tail) if tail else one
        seen.add(one.value)
        kept.append(one)
    return kept


def _may(one: Candidate) -> bool:
    """Whether a candidate shows what headings of its style show at least."""
    if one.style in LABELLED:
        return (one.dated or one.leads or one.apart) and not (one.broken and not one.leads)
    if one.style == UNNUMBERED:
        return True
    return one.dated and (one.leads or (one.parties and one.apart)) and not one.broken


def _without_repeats(candidates: Sequence[Candidate], text: _Text, last: int) -> list[Candidate]:
    """Drop the entries of a list of documents: no text of their own, or the title of a heading that comes later."""
    kept: list[Candidate] = []
    later: set[tuple[str, int]] = set()
    following = last + 1
    for one in reversed(candidates):
        same = (one.key, one.value)
        listed = len(one.key) > 20 and same in later
        if (
            not listed
            and _words(text, (one.end if one.fixed else one.line) + 1, following) + _sourced(text, one, following)
            >= _TEXT
        ):
            kept.append(one)
            later.add(same)
        following = one.line
    return kept[::-1]


def _sourced(text: _Text, one: Candidate, following: int) -> int:
    return 0 if one.fixed else _TEXT * any(one.line < start < following for start, _ in text.sources)


def _words(text: _Text, first: int, following: int) -> int:
    most = len(text.words) - 1
    return text.words[min(max(following, first) - 1, most)] - text.words[min(first - 1, most)]


def _chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best run of rising numbers, with neighbours that changed places put back in; linear in the candidates."""
    best: dict[int, tuple[float, int]] = {}
    before: list[int] = []
    scores: list[float] = []
    for position, one in enumerate(candidates):
        # A text may open anywhere in a numbering; one that opens with 1 is likelier.
        score, previous = -0.2 * min(one.value, 5), -1
        for number in range(max(one.value - _LEAP, 1), one.value):
            if number in best and best[number][0] - 0.3 * (one.value - number - 1) > score:
                score, previous = best[number][0] - 0.3 * (one.value - number - 1), best[number][1]
        scores.append(score + one.weight)
        before.append(previous)
        if one.value and scores[-1] > best.get(one.value, (-9.0, 0))[0]:
            best[one.value] = (scores[-1], position)
    if not best:
        return []
    position = max(best.values(), key=lambda entry: (entry[0], -entry[1]))[1]
    chain: list[Candidate] = []
    while position >= 0:
        chain.append(candidates[position])
        position = before[position]
    return _with_swapped(chain[::-1], candidates)


def _with_swapped(chain: list[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Add the headings whose numbers the chain lacks and that stand out of order close to where they belong."""
    numbers = [one.value for one in chain]
    taken = set(numbers)
    added = []
    for one in candidates:
        if one.value in taken or not numbers or not numbers[0] - _BACK <= one.value <= numbers[-1] + _BACK:
            continue
        above = [other.line for other in chain if other.value > one.value + _BACK]
        below = [other.line for other in chain if other.value < one.value - _BACK]
        if (not above or one.line < above[0]) and (not below or one.line > below[-1]):
            taken.add(one.value)
            added.append(one)
    return sorted([*chain, *added], key=lambda one: one.line)


def _ends(text: _Text, chosen: Sequence[Candidate], last: int) -> list[Found]:
    """Return each heading with the line after its document and its source note."""
    stretches = [one.line for one in chosen[1:]] + [last + 1][: len(chosen)]
    sources = list(_sources_of(text, chosen, stretches))
    first = sum(_opens(text, one, source) for one, source in zip(chosen, sources, strict=True) if source)
    before = first * 2 > sum(source is not None for source in sources)
    return [
        _end_of(text, one, following, source, before=before)
        for one, following, source in zip(chosen, stretches, sources, strict=True)
    ]


def _sources_of(text: _Text, chosen: Sequence[Candidate], stretches: Sequence[int]) -> Iterator[tuple[int, int] | None]:
    position = 0
    for one, following in zip(chosen, stretches, strict=True):
        while position < len(text.sources) and text.sources[position][0] <= one.line:
            position += 1
        inside = position < len(text.sources) and text.sources[position][0] < following
        yield text.sources[position] if inside else None


def _opens(text: _Text, one: Candidate, source: tuple[int, int]) -> bool:
    """Whether a source note stands between heading and text."""
    ahead = _words(text, one.title[-1] + 1, source[0]) if one.fixed else _TEXT + 1
    return ahead <= _BEFORE and _words(text, source[1] + 1, source[1] + 8) > 0


def _end_of(text: _Text, one: Candidate, following: int, source: tuple[int, int] | None, *, before: bool) -> Found:
    if source and not before and not _opens(text, one, source):
        return Found(one, source[1] + 1, tuple(range(source[0], source[1] + 1)))
    back = next((number for number in text.back if one.line < number < following), following)
    end = min(back, following)
    while end > one.line + 1 and (text.lines[end - 2].blank or end - 1 in text.barred):
        end -= 1
    return Found(one, end, tuple(range(source[0], source[1] + 1)) if source and source[0] < end else ())


def _believed(found: Sequence[Found], text: _Text, style: str, *, alone: bool) -> list[Found]:
    """Return the documents that show enough: a text, and a source note or a heading that leaves no doubt."""
    sourced = sum(bool(one.source) for one in found)
    usual = bool(found) and sourced >= _SOURCED * len(found)
    kept = []
    for one in found:
        heading = one.heading
        titled = [n for n in heading.title if n <= heading.end] if heading.fixed else heading.title[:1]
        own = [n for n in range(one.heading.line + 1, one.end) if n not in (*one.source, *titled)]
        lines = sum(not text.lines[n - 1].blank for n in own[:12] if n not in text.barred)
        # Where a source note behind it vouches for it, a line is a text.
        if lines < (1 if one.source and one.source[-1] == one.end - 1 else _TEXT):
            continue
        if style in LABELLED and (alone or one.source):
            plain = one.heading.dated or one.heading.leads or bool(one.source)
        elif one.source:
            plain = not _listed(one, text)
        else:
            plain = alone and not usual and _unmistakable(one, found) and not _listed(one, text)
        if plain:
            kept.append(one)
    return kept


def _unmistakable(one: Found, found: Sequence[Found]) -> bool:
    """Whether a heading without a source note stands apart, with form and day, and has a text of more than a note's length."""
    heading = one.heading
    return (
        heading.apart
        and heading.fixed
        and heading.full
        and heading.leads
        and (heading.style != "figure" or len(found) > 1)
    )


def _listed(one: Found, text: _Text) -> bool:
    """Whether a heading stands in notes, a bibliography or a list of contents."""
    above = max((number for number in text.lists if number < one.heading.line), default=0)
    return bool(above) and not (one.heading.apart and one.heading.fixed and one.source)
