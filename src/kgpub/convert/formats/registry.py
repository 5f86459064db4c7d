"""Source formats by name."""

from __future__ import annotations

from kgpub.convert.formats.base import Format
from kgpub.convert.formats.bulletin import read_bulletin

__all__ = ["get_format", "names", "register"]

_FORMATS: dict[str, Format] = {}


def register(name: str, read: Format) -> None:
    """Make a format known under a name; raises ValueError where the name is taken by another."""
    if _FORMATS.get(name, read) is not read:
        raise ValueError(f"the format {name!r} is registered already")
    _FORMATS[name] = read


def get_format(name: str) -> Format:
    """Return the format of a name; raises KeyError for a name that nobody registered."""
    return _FORMATS[name]


def names() -> tuple[str, ...]:
    """Return the names of all formats, sorted."""
    return tuple(sorted(_FORMATS))


register("bulletin", read_bulletin)
