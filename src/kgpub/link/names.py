"""Names as an item elsewhere may bear them: in which languages, in which order, and in which script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["LANGUAGES", "Name", "forms", "native_language", "script"]

LANGUAGES = ("en", "ja", "ko", "mul", "ru", "zh", "zh-cn", "zh-hans", "zh-hant", "zh-tw")
"""The languages whose labels and aliases are asked for; `mul` holds names that are the same in many."""

_ASKED = {
    "ru": ("ru",),
    "ko": ("ko",),
    "ja": ("ja",),
    "ko-hani": ("ja", "zh", "zh-hant"),
    "zh-hans": ("zh", "zh-hans", "zh-cn"),
    "zh-hant": ("zh", "zh-hant", "zh-tw"),
}
"""For a name's own language (in lower case) those in which an item may bear it; any other is written in Latin letters."""

_NATIVE = {"ru": "ru", "ko": "ko", "ja": "ja", "zh-hans": "zh-hans", "zh-hant": "zh-hant"}
_SCRIPTS = {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana"}


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name and its language, as BCP 47 spells it."""

    text: str
    lang: str


def native_language(lang: str) -> str:
    """Return the language in which Wikidata keeps a name in its own script, empty for one that is written in Latin letters."""
    return _NATIVE.get(lang.lower(), "")


@lru_cache(maxsize=65536)
def script(text: str) -> str:
    """Return the script of a name by its first letter: Latin, Cyrillic, Han, Hangul, Kana …; empty where it has none."""
    for char in text:
        if char.isalpha():
            word = unicodedata.name(char, "").split(" ")[0].split("-")[0]
            return _SCRIPTS.get(word, word.capitalize())
    return ""


def forms(names: Iterable[Name], kind: str) -> tuple[Name, ...]:
    """Return the labels under which an item for these names may stand, each in each language to ask, sorted.

    Endpoints find labels only as they are written, so a person is also looked for without the middle names, and in
    Russian with the surname first, as encyclopaedias there have it.
    """
    asked: set[Name] = set()
    for name in names:
        langs = _ASKED.get(name.lang.lower(), ("en", "mul"))
        texts = _of_person(name) if kind == "person" else {name.text}
        asked |= {Name(text, lang) for text in texts for lang in langs}
    return tuple(sorted(asked))


def _of_person(name: Name) -> set[str]:
    texts = {name.text, name.text.replace("ё", "е")}
    for text in sorted(texts):
        words = text.split()
        if len(words) == 3 and script(text) in ("Latin", "Cyrillic"):
            texts.add(f"{words[0]} {words[2]}")
        if len(words) > 1 and script(text) == "Cyrillic":
            texts |= {f"{words[-1]}, {' '.join(words[:-1])}", f"{words[-1]} {' '.join(words[:-1])}"}
    return texts
