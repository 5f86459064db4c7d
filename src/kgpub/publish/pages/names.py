"""What a thing is called: in other scripts, in Latin letters, for a span only, and as the editions print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kgpub.publish.pages.book import Book
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Link

__all__ = ["Dated", "Names", "Written", "names", "said", "span_words"]

_WORDS: Final = {
    "en": "English",
    "ru": "Russian",
    "zh-hans": "Chinese, simplified",
    "zh-hant": "Chinese, traditional",
    "zh": "Chinese",
    "ko": "Korean",
    "ko-hani": "Korean, in Chinese characters",
    "ja": "Japanese",
    "pl": "Polish",
    "hi": "Hindi",
    "ru-latn": "Russian in Latin letters",
    "zh-latn-pinyin": "Pinyin",
    "zh-latn-wadegile": "Wade-Giles",
    "zh-latn": "Chinese in Latin letters",
    "ko-latn-mr": "McCune-Reischauer",
    "ko-latn-rr": "Revised Romanization",
    "ko-latn": "Korean in Latin letters",
    "ja-latn": "Japanese reading in Latin letters",
}
"""Language tags in words, in the order of the page; other tags follow as they are."""


@dataclass(frozen=True, slots=True)
class Written:
    """Names of one language and script."""

    language: str
    forms: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A name that was in use for a span only."""

    name: Link
    language: str
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a thing but the one that heads its page."""

    own: tuple[str, ...]
    """Other names in English."""
    scripts: tuple[Written, ...]
    latin: tuple[Written, ...]
    dated: tuple[Dated, ...]
    printed: tuple[str, ...]
    """Forms by which the editions print it, that are no name of its own."""
    all: tuple[tuple[str, str], ...]
    """Every name with its language, for machines."""


def names(book: Book, iri: str) -> Names:
    """Return what a thing is called beside its English name."""
    facts = book.facts
    dated = _dated(book, iri)
    spans = {(one.name.text, one.name.lang) for one in dated}
    values = sorted(
        {(value.lang.lower(), value.text) for value in facts.values(iri, "skos:altLabel")},
        key=lambda pair: (_place(pair[0]), pair[1].casefold(), pair[1]),
    )
    by_tag: dict[str, list[Link]] = {}
    for tag, text in values:
        if (text, tag) not in spans:
            by_tag.setdefault(tag, []).append(Link(text, lang=tag))
    written = [Written(said(tag), tuple(forms)) for tag, forms in by_tag.items() if tag not in ("en", "")]
    latin = {said(tag) for tag in by_tag if "latn" in tag}
    return Names(
        own=tuple(link.text for tag in ("en", "") for link in by_tag.get(tag, ())),
        scripts=tuple(one for one in written if one.language not in latin),
        latin=tuple(one for one in written if one.language in latin),
        dated=dated,
        printed=tuple(dict.fromkeys(sorted(facts.texts(iri, "skos:hiddenLabel"), key=str.casefold))),
        all=tuple((text, tag) for tag, text in values),
    )


def said(tag: str) -> str:
    """Return a language tag in words."""
    return _WORDS.get(tag.lower(), tag)


def span_words(start: str, end: str, *, known: str = "") -> str:
    """Return a span in words ("1948 to 13 December 1950", "from 1949", "until 1952"); `known` where both ends are missing."""
    if start and end:
        return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"
    return f"from {in_words(start)}" if start else f"until {in_words(end)}" if end else known


def _dated(book: Book, iri: str) -> tuple[Dated, ...]:
    facts = book.facts
    found = []
    for node in facts.pointing(iri, "cwc:nameOf"):
        start, end = facts.text(node, "cwc:from"), facts.text(node, "cwc:until")
        for value in facts.values(node, "rdf:value"):
            tag = value.lang.lower()
            told = Dated(
                Link(value.text, lang=tag), said(tag), span_words(start, end), facts.text(node, "dcterms:source")
            )
            found.append((start or "0", end or "9", value.text, told))
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:3]))


def _place(tag: str) -> int:
    order: Sequence[str] = tuple(_WORDS)
    return order.index(tag) if tag in order else len(order)
