"""Source formats by name."""

from __future__ import annotations

from collections.abc import Mapping

from kgpub.convert.formats.base import Format
from kgpub.convert.formats.bulletin import read_bulletin
from kgpub.convert.formats.bulletin.rules import RULES

__all__ = ["get_format", "meanings", "names", "register"]

_FORMATS: dict[str, Format] = {}
_MEANINGS: dict[str, str] = {"correction": "An editor corrected what the print has; the correction gives the reason."}


def register(name: str, read: Format, rules: Mapping[str, str] | None = None) -> None:
    """Make a format known under a name, with a sentence for each rule that its records name.

    Raises ValueError where the name is taken by another format, or a rule of that name means something else.
    """
    if _FORMATS.get(name, read) is not read:
        raise ValueError(f"the format {name!r} is registered already")
    for rule, meaning in (rules or {}).items():
        if _MEANINGS.get(rule, meaning) != meaning:
            raise ValueError(f"the rule {rule!r} means something else already: {_MEANINGS[rule]}")
    _FORMATS[name] = read
    _MEANINGS.update(rules or {})


def meanings() -> dict[str, str]:
    """Return what each rule that a value may name means, in one sentence: those of all formats and the editor's own."""
    return dict(_MEANINGS)


def get_format(name: str) -> Format:
    """Return the format of a name; raises KeyError for a name that nobody registered."""
    return _FORMATS[name]


def names() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(_FORMATS))


register("bulletin", read_bulletin, RULES)
