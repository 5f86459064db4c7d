"""Dates as headings print them: ranges, ordinals, months in capitals and in other languages, and what a scanner misread."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kgpub.convert.fields.dates import ROMAN_MONTHS, FoundDate, find_dates, without_overlaps

__all__ = ["find_heading_dates", "heading_day"]

# The months of the languages that journals of the kind print or quote, each by its number; without accents or case.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "janvier", "januar", "jänner", "enero", "gennaio", "stycznia", "ledna", "января", "január", "janeiro"),
    ("february", "février", "februar", "febrero", "febbraio", "lutego", "února", "февраля", "február", "fevereiro"),
    ("march", "mars", "märz", "marzo", "marca", "března", "марта", "március", "março", "mart"),
    ("april", "avril", "abril", "aprile", "kwietnia", "dubna", "апреля", "április"),
    ("may", "mai", "mayo", "maggio", "maja", "května", "мая", "május", "maio"),
    ("june", "juin", "juni", "junio", "giugno", "czerwca", "června", "июня", "június", "junho"),
    ("july", "juillet", "juli", "julio", "luglio", "lipca", "července", "июля", "július", "julho"),
    ("august", "août", "agosto", "sierpnia", "srpna", "августа", "augusztus"),
    ("september", "septembre", "septiembre", "settembre", "września", "září", "сентября", "szeptember", "setembro"),
    ("october", "octobre", "oktober", "octubre", "ottobre", "października", "října", "октября", "október", "outubro"),
    ("november", "novembre", "noviembre", "listopada", "listopadu", "ноября", "novembro"),
    ("december", "décembre", "dezember", "diciembre", "dicembre", "grudnia", "prosince", "декабря", "dezembro"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ENGLISH = tuple(names[0] for names in _MONTHS)
# What a scanner reads for a figure, and for a letter.
_FIGURES = str.maketrans("IlOoSBZ|!", "110058211")
_LETTERS = str.maketrans("01", "ol")
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_MISREAD = re.compile(r"(?<![\w/])[\dIlOoSBZ|!]{1,4}(?![\w/|!])")
_MISSPELT = re.compile(r"(?<![\w])[^\W_]{3,10}(?![\w])")
# A word or a figure broken at a line's end keeps its hyphen; no month and no year has one.
_BROKEN = re.compile(
    r"(?<![\w-])(?P<left>[^\W\d_]{2,9})-(?P<right>[^\W\d_]{1,8})(?![\w-])|(?<![\d-])(?P<c>\d\d)-(?P<y>\d\d)(?![\d-])"
)
_OF = r"(?:of|de|di|day of)"
_DAY = (
    rf"(?<![\d./-])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ ]?(?:[ ]{_OF}[ ])?[ ]?{_WORD},?[ ]"
    rf"(?:(?:de|del|of)[ ])?(?P<year>{_YEAR})(?!\d)"
)
_PATTERNS = (
    # 12-14 April 1956, and 30 March - 2 April 1956
    re.compile(
        r"(?<![\d./-])(?P<day>\d{1,2})(?:[ ](?P<first>[^\W\d_]{3,12}))?[ ]?[-–—/][ ]?(?P<last>\d{1,2})[ ]"
        rf"{_WORD},?[ ](?P<year>{_YEAR})(?!\d)"
    ),
    re.compile(
        rf"(?<!\w){_WORD}[ ](?P<day>\d{{1,2}})[ ]?[-–—][ ]?(?:(?P<second>[^\W\d_]{{3,12}})[ ])?"
        rf"(?P<last>\d{{1,2}}),?[ ](?P<year>{_YEAR})(?!\d)"
    ),
    re.compile(_DAY),
    re.compile(rf"(?<!\w){_WORD}[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,[ ]?|[ ])(?P<year>{_YEAR})(?!\d)"),
    re.compile(rf"(?<![\d./-])(?P<year>{_YEAR})[.,]?[ ]{_WORD}[ ](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<![\d./-])(?P<year>{_YEAR})-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])"),
    re.compile(rf"(?<![\d./-])(?P<day>\d{{1,2}})[. ][ ]?(?P<roman>[IVX]{{1,4}})[. ][ ]?(?P<year>{_YEAR})(?!\d)"),
)
_MONTH = re.compile(rf"(?<!\w){_WORD},?[ ](?P<year>{_YEAR})(?!\d)")
_ONLY_YEAR = re.compile(rf"(?:^|[,;(\[] ?|\b(?:in|of|circa|ca\.) )(?P<year>{_YEAR})[\])?.]*\s*$")
_ANY_YEAR = re.compile(r"[\dIlOoSBZ|!]{4}|\d-\d|\d[./]\s?[\dIVX]")


def find_heading_dates(text: str) -> list[FoundDate]:
    """Return the dates in a heading in their order, a range as an EDTF interval, a month as `1956-03`.

    Spans are those of the text given; `printed` is what it prints there, misread or not.
    """
    if not _ANY_YEAR.search(text):
        return []
    mended = mend(text)
    candidates = (*_candidates(mended, _PATTERNS), *find_dates(mended), *_candidates(mended, (_MONTH,)))
    found = without_overlaps(candidates)
    return [replace(one, printed=text[one.start : one.end].strip()) for one in found]


def heading_day(text: str) -> FoundDate | None:
    """Return the date of a heading: its first day or range of days, else its first month, else the year that ends it."""
    found = find_heading_dates(text)
    for most in (10, 7):
        for one in found:
            if len(one.value) >= most:
                return one
    match = _ONLY_YEAR.search(text)
    return FoundDate(match["year"], match["year"], match.start("year"), match.end("year")) if match else None


def mend(text: str) -> str:
    """Return a text of the same length with misread figures and months put right, and broken ones joined."""
    joined = _BROKEN.sub(_join, re.sub(r"\s", " ", text))
    figures = _MISREAD.sub(_figure, joined)
    return _MISSPELT.sub(_month_word, figures)


def _join(match: re.Match[str]) -> str:
    if match["c"]:
        year = match["c"] + match["y"]
        return f"{year} " if re.fullmatch(_YEAR, year) else match.group(0)
    word = match["left"] + match["right"]
    return f"{word} " if word.lower() in _NUMBERS else match.group(0)


def _figure(match: re.Match[str]) -> str:
    printed = match.group(0)
    if printed.isdigit() or not re.search(r"\d", printed):
        return printed
    figure = printed.translate(_FIGURES)
    return figure if len(figure) < 3 or re.fullmatch(_YEAR, figure) else printed


def _month_word(match: re.Match[str]) -> str:
    printed = match.group(0)
    if not re.search(r"[^\W\d_]", printed):
        return printed
    word = printed.lower().translate(_LETTERS)
    return word.capitalize() if word in _ENGLISH and len(word) == len(printed) else printed


def _candidates(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[FoundDate]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            value = _value(match.groupdict())
            if value:
                yield FoundDate(value, match.group(0), match.start(), match.end())


def _value(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    month = _month(parts)
    if not month:
        return None
    if not parts.get("day"):
        return f"{year}-{month:02d}"
    first, last = parts.get("first"), parts.get("second")
    start = _iso(year, _number(first) if first else month, parts["day"])
    if not parts.get("last"):
        return start
    end = _iso(year, _number(last) if last else month, parts["last"])
    return f"{start}/{end}" if start and end and start < end else None


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("number"):
        return int(parts["number"] or 0)
    if parts.get("roman"):
        return ROMAN_MONTHS.get(parts["roman"] or "", 0)
    return _number(parts.get("month") or "")


def _number(word: str) -> int:
    """Return the number of a month by its name, an abbreviation of it, or a name misread in one letter; 0 for none."""
    lower = word.lower()
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    if len(lower) in (3, 4):
        return next(
            (n for n, name in enumerate(_ENGLISH, 1) if name.startswith(lower) or (lower == "sept" and n == 9)), 0
        )
    close = difflib.get_close_matches(lower, _ENGLISH, 1, 0.8) if len(lower) > 4 else []
    return _NUMBERS[close[0]] if close else 0


def _iso(year: int, month: int, day: str | None) -> str | None:
    try:
        return date(year, month, int(day or 0)).isoformat()
    except ValueError:
        return None
