"""Pages to files: each through its template, those that say what they said before taken over as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from kgpub.publish.catalogue import Publication
from kgpub.publish.output import Output
from kgpub.publish.pages.dates import in_words
from kgpub.publish.pages.page import Page
from kgpub.publish.pages.registry import NAVIGATION
from kgpub.publish.report import environment

__all__ = ["write_assets", "write_pages"]

_OWN: Final = ("site.css", "icon.svg")
"""Files of the templates' folder that every page uses, beside its scripts; the bundle of the front end comes beside them."""


def write_pages(output: Output, publication: Publication, pages: Iterable[Page]) -> None:
    """Write each page below the output's folder."""
    made = list(pages)
    there = {page.path for page in made}
    navigation = tuple(entry for entry in NAVIGATION if entry[1] in there)
    env = _environment()
    shared: Mapping[str, Any] = {"site": publication, "nav": navigation}
    salt = f"{_digest_of_templates()}\n{publication!r}\n{navigation!r}"
    for page in made:
        said = "\n".join(repr(getattr(page, one.name)) for one in fields(page))
        key = hashlib.sha256(f"{salt}\n{said}".encode()).hexdigest()
        output.keep(page.path, key, lambda page=page: _rendered(env, page, shared))  # type: ignore[misc]


def write_assets(output: Output) -> None:
    """Write the style, the scripts and the icon of the pages to `assets/`."""
    scripts = sorted(one.name for one in _folder().iterdir() if one.name.endswith(".js"))
    for name in (*_OWN, *scripts):
        output.write(f"assets/{name}", _styles() if name == "site.css" else _template(name))


def _styles() -> bytes:
    """Return the style of every page with those of single kinds of page behind it, in the order of their names."""
    folder = _folder()
    others = sorted(one.name for one in folder.iterdir() if one.name.endswith(".css") and one.name != "site.css")
    return b"\n".join(_template(name) for name in ("site.css", *others))


def _rendered(env: Environment, page: Page, shared: Mapping[str, Any]) -> bytes:
    return env.get_template(page.template).render(page=page, **shared).encode()


def _environment() -> Environment:
    env = environment()
    env.filters["day"] = in_words
    env.filters["number"] = "{:,}".format
    env.filters["up"] = _up
    return env


@pass_context
def _up(context: Context, path: str) -> str:
    """Return a path from the root as the page reaches it."""
    return f"{context['page'].root}{path}"


def _template(name: str) -> bytes:
    return (_folder() / name).read_bytes()


def _folder() -> Traversable:
    return files("kgpub.publish") / "templates" / "site"


def _digest_of_templates() -> str:
    parts = sorted((one.name, one.read_bytes()) for one in _folder().iterdir() if one.name.endswith(".html"))
    return hashlib.sha256(repr(parts).encode()).hexdigest()
