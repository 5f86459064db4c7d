"""The SPARQL page as its template makes it, within a frame of the least that such a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader

from kgpub.publish.report import environment

__all__ = ["write_sparql_page"]

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SPARQL</title><link rel="icon" href="icon.svg">
{% for name in page.scripts %}<script src="{{ page.root }}assets/{{ name }}" defer></script>{% endfor %}
</head><body><main>{% block main %}{% endblock %}</main></body></html>"""


@dataclass(frozen=True)
class _Example:
    name: str = "who"
    title: str = "Who is in here"
    question: str = "Which persons are there?"
    text: str = "SELECT * { ?s a <http://example.org/Person> }"


@dataclass(frozen=True)
class _Dump:
    name: str = "cwcorr.nq"
    what: str = "one statement a line with its graph"


@dataclass(frozen=True)
class _Body:
    examples: tuple[_Example, ...] = (_Example(),)
    dumps: tuple[_Dump, ...] = (_Dump(),)
    endpoint: str = "https://example.org/sparql"


@dataclass(frozen=True)
class _Page:
    root: str = ""
    scripts: tuple[str, ...] = ("engine.js", "vocabulary.js", "server.js", "sparql.js")
    body: _Body = _Body()


def write_sparql_page(folder: Path) -> None:
    """Write `sparql.html` beside `assets/`, where the publication has none of its own."""
    if (folder / "sparql.html").exists():
        return
    frame = environment()
    assert frame.loader is not None
    frame.loader = ChoiceLoader([DictLoader({"site/base.html": _FRAME}), frame.loader])
    text = frame.get_template("site/sparql.html").render(page=_Page())
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "sparql.html").write_text(text, encoding="utf-8")
