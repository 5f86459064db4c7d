"""The catalogue heading: its lines, date, form, parties, and the messages it says are enclosed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgpub.convert.fields.dates import find_dates
from kgpub.convert.fields.heading_dates import heading_day
from kgpub.convert.formats.bulletin.lines import Line, Passage

__all__ = ["Announced", "Heading", "read_heading", "split_heading"]

Span = tuple[int, int]

# What opens the document itself and so ends the heading: stamps, letterheads, addresses, a first sentence.
_OPENING = re.compile(
    r"^\s?(?:(?:Ciphered|CIPHERED) (?:Telegram|telegram|TELEGRAM|Note)|(?:Strictly|Top|TOP|STRICTLY) (?:Secret"
    r"|secret|SECRET)|MID USSR"
    r"|\d+(?:th|TH|nd) (?:Department|Administration|ADMINISTRATION)|(?:SECOND MAIN|Second Main) A|\[handwritten"
    r"|To (?:Comrades?|the|[A-Z]{3,})\b|TO [A-Z]+"
    r"|[A-Z]{5,}(?:,? To)?[ .,]*(?:[A-Z]{4,}.*)?$|(?:ALL|All)-(?:UNION|Union)|COUNCIL OF|VKP\(b\) CC|Ministry of"
    r"|Comrade\b|Moscow, Kremlin"
    r"|(?:We|I|In|At|On) [a-z]+ |From[ :]|FROM:|Copies|Coded|Received|Sent|Transmitted to|No\. )"
)
_MAX_LINES = 9
_FORMS = (
    ("politburo-decision", r"politburo\s+decision"),
    ("handwritten-letter", r"handwritten\s+letter"),
    ("ciphered-telegram", r"ciphered\s+(?:telegram|cable)"),
    ("draft-telegram", r"draft\s+(?:telegram|cable)"),
    ("memorandum", r"memorandum"),
    ("resolution", r"resolution"),
    ("report", r"report\b"),
    ("message", r"message"),
    ("telegram", r"telegram|cable"),
    ("letter", r"letter"),
    ("note", r"note\b"),
    ("directive", r"directives?"),
    ("order", r"orders?\b"),
)
# What follows the parties in a heading: a subject, a relay, or something enclosed.
_TAIL = re.compile(
    r"[,;]?\s*(?:\(via\b|\bvia\b|\bre\b|\btransmitting\b|\bconveying\b|\brelaying\b|\breporting\b|\battaching\b"
    r"|\bwith\b"
    r"|;\s*note:|\[from\b|\bapproved\b|\bin Pyongyang \[)"
)
_ENCLOSING = re.compile(
    r"\b(?P<verb>transmitting|conveying|relaying|attaching|with|and)\s+(?:(?:approved|the|an?|draft)\s+)*"
    r"(?P<date>\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?\s+)?(?:draft\s+)?"
    r"(?P<form>handwritten letter|letters?|messages?|telegrams?|notes?|cables?|reply|directives?|orders)\b"
)
_PARTS = re.compile(r"\b(?P<way>from|to|for)\b(?! the (?:Democratic|People|DPRK|PRC|United))")


@dataclass(frozen=True, slots=True)
class Announced:
    """A message that a heading says is enclosed: form, date, and the stretches of the heading that name its parties."""

    form: str
    date: str
    author: Span | None
    addressee: Span | None
    way: str
    start: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading read: spans are stretches of `passage.text`."""

    passage: Passage
    date: str = ""
    date_span: Span = (0, 0)
    form: str = ""
    form_span: Span = (0, 0)
    sender: Span | None = None
    recipient: Span | None = None
    via: Span | None = None
    announced: tuple[Announced, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def day(self) -> str:
        """The first day of the heading's date, "" where it names none."""
        return self.date[:10] if len(self.date) >= 10 else ""


def split_heading(lines: Sequence[Line], fixed: Sequence[int]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the heading and the rest; `fixed` are line numbers where an editor set them."""
    if fixed:
        numbers = set(fixed)
        return [line for line in lines if line.number in numbers], [
            line for line in lines if line.number not in numbers
        ]
    end = 1
    while end < min(len(lines), _MAX_LINES):
        broken = not lines[end].blank and lines[end].number > lines[end - 1].number + 1 and end > 1
        if _OPENING.match(lines[end].text) or (broken and _complete(lines[:end])):
            break
        end += 1
    else:
        end = _shortest(lines)
    return list(lines[:end]), list(lines[end:])


# The number that opens a heading, in figures, or in letters where a sign closes it.
_LABEL = re.compile(
    r"\s*(?:\d{0,3}[\[(*]{0,2}(?i:document|dokument|doc\.?|no\.?|nr\.?|№)\s*)?(?:(?i:no\.?|nr\.?)|#|№)?\s*"
    r"(?:\d+\b|[IVXLC]+(?=[.:\])]| [-–—] )|[A-Z](?=[.:\])] ))\]?\s*(?:[.:)]|[-–—](?= ))?\s*"
)


def read_heading(lines: Sequence[Line]) -> Heading:
    """Return what a heading says."""
    passage = Passage.of(lines)
    text = passage.text
    opening = _LABEL.match(text)
    start = opening.end() if opening else 0
    date = heading_day(text[start:])
    date_span = (date.start + start, date.end + start) if date else (0, 0)
    form, form_span = _form(text, start)
    base = max(start, *(span[1] for span in (date_span, form_span) if _leads(text, start, span)), start)
    tail = _TAIL.search(text, base)
    limit = tail.start() if tail else len(text)
    trailing_date = date_span[0] if date_span[0] > base else limit
    sender, recipient = _parties(text, base, min(limit, trailing_date))
    owner = re.search(r"[^,:;\d]{2,60}(?=[’']s $)", text[start : form_span[0]]) if form else None
    if owner and form_span[0] == base - (form_span[1] - form_span[0]):
        sender, recipient = (start + owner.start(), start + owner.end()), recipient or _addressed(text, sender)
    return Heading(
        passage,
        date.value if date else "",
        date_span,
        form,
        form_span,
        sender,
        recipient,
        _via(text, base),
        tuple(_announced(text, limit, date.value if date else None)),
        tuple(lines),
    )


def _complete(lines: Sequence[Line]) -> bool:
    """Whether a heading's text can end here: not on a word that asks for more, nor before any party is named."""
    text = Passage.of(lines).text
    return " to " in text and not re.search(r"(?:\b(?:to|from|of|the|and|in|with|re|message|via)|[,(-])$", text)


def _shortest(lines: Sequence[Line]) -> int:
    """Return where a heading without a known opening ends: at its first blank line, or after two lines."""
    for position in range(1, min(len(lines), _MAX_LINES)):
        if lines[position].blank and _complete(lines[:position]):
            return position
    return min(2, len(lines))


def _form(text: str, start: int) -> tuple[str, Span]:
    decision = re.search(r"politburo\s+decision", text, re.IGNORECASE)
    if decision:
        return "politburo-decision", decision.span()
    found = [
        (match.start(), -match.end(), name, match.span())
        for name, pattern in _FORMS
        if (match := re.search(rf"\b(?:{pattern})", text[start:], re.IGNORECASE))
    ]
    if not found:
        return "", (0, 0)
    _, _, name, (first, last) = min(found)
    enclosing = _TAIL.search(text, start)
    if enclosing and enclosing.start() < first + start:
        return "", (0, 0)
    return name, (first + start, last + start)


def _leads(text: str, start: int, span: Span) -> bool:
    """Whether a date or form stands before the parties, so that they follow it."""
    return span != (0, 0) and not re.search(r"\bto\b", text[start : span[0]])


def _parties(text: str, base: int, limit: int) -> tuple[Span | None, Span | None]:
    stretch = text[base:limit]
    author = re.match(r"[\s,:]*(?:excerpt from cable )?from\b", stretch)
    for match in re.finditer(r"\bto\b(?!\s+the\s+(?:Democratic|People|DPRK|PRC|United))", stretch):
        if stretch[: match.start()].strip(" ,:"):
            return (base, base + match.start()), (base + match.end(), limit)
    if author:
        return (base + author.end(), limit), None
    return ((base, limit), None) if stretch.strip(" ,:") else (None, None)


def _addressed(text: str, stretch: Span | None) -> Span | None:
    """Return the reader in "… to X" where the author stands before the form: "Lind’s letter to Berg"."""
    match = re.match(r"\s*to\b", text[slice(*stretch)]) if stretch else None
    return (stretch[0] + match.end(), stretch[1]) if match and stretch else None


def _via(text: str, base: int) -> Span | None:
    match = re.search(r"\bvia\b", text[base:])
    if not match:
        return None
    end = re.search(r"\)(?!\s*N\.V)|$", text[base + match.end() :])
    return base + match.end(), base + match.end() + (end.start() if end else 0)


def _announced(text: str, limit: int, near: str | None) -> list[Announced]:
    found = []
    matches = list(_ENCLOSING.finditer(text, max(limit - 1, 0)))
    for position, match in enumerate(matches):
        end = matches[position + 1].start() if position + 1 < len(matches) else len(text)
        spans = _ways(text, match.end(), end)
        dates = find_dates(match["date"] or "", near)
        found.append(
            Announced(
                _form_of(match["form"], match.group(0)),
                dates[0].value if dates else "",
                spans.get("from"),
                spans.get("to") or spans.get("for"),
                "to" if "to" in spans else "for",
                match.start(),
            )
        )
    return found


def _ways(text: str, start: int, end: int) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    subject = re.search(r"\bre\b", text[start:end])
    end = start + subject.start() if subject else end
    matches = list(_PARTS.finditer(text, start, end))
    if (not matches or matches[0]["way"] == "to") and re.search(
        r"\w", text[start : matches[0].start() if matches else end]
    ):
        spans["from"] = (start, matches[0].start() if matches else end)
    for position, match in enumerate(matches):
        stop = matches[position + 1].start() if position + 1 < len(matches) else end
        spans.setdefault(match["way"], (match.end(), stop))
    return spans


def _form_of(form: str, context: str) -> str:
    form = form.rstrip("s") if form != "orders" else "order"
    if form == "reply":
        return "telegram"
    if form in ("telegram", "cable"):
        return "draft-telegram" if "draft" in context else "telegram"
    return form.replace(" ", "-")
