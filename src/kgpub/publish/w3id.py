"""The rules by which w3id.org leads the publication's IRIs to the service (Apache's mod_rewrite, in one `.htaccess`).

Apache sees that a format is named in the Accept header, not how much it is liked; so that the rules decide only where one
format is named, and leave every other request to the service, which weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kgpub.publish.contents import Contents
from kgpub.publish.entities import KINDS
from kgpub.vocabulary import CWC, PREFIXES

__all__ = ["w3id_rules"]

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_MERGED: Final = f"<{CWC}MergedIdentifier>"
_REPLACED_BY: Final = f"<{PREFIXES['dcterms']}isReplacedBy>"
_DEPRECATED: Final = f"<{PREFIXES['owl']}deprecated>"
_FORMATS: Final = {
    "html": r"text/html|application/xhtml\+xml",
    "ttl": r"text/turtle",
    "jsonld": r"application/ld\+json",
    "nt": r"application/n-triples",
}
_ENDING: Final = r"\.(?:html|ttl|jsonld|nt)"
_REFUSED: Final = r";\s*q=0(?:\.0*)?\s*(?:,|$)"
_HEADERS: Final = (
    "<IfModule mod_headers.c>",
    "  Header always set Access-Control-Allow-Origin *",
    "  Header always merge Vary Accept",
    "</IfModule>",
)
"""Scripts elsewhere may follow the redirections, and caches know what they depend on: mod_rewrite says so of none of them."""
_SPECIAL: Final = re.compile(r"([\\.^$*+?()\[\]{}|])")


def w3id_rules(contents: Contents, base: str, address: str, title: str) -> str:
    """Return the `.htaccess` for the folder of a base, leading to a service at an address that ends in a slash."""
    lines = [
        f"# {' '.join(title.split())}",
        f"# Leads {base} to {address}",
        "# Made by `kgpub w3id` from the published graph; make it anew rather than editing it.",
        "",
        "Options -MultiViews",
        "RewriteEngine on",
        *_HEADERS,
        "",
        *_tombstones(contents, base),
        *_entities(contents, base, address),
        "# everything else: the start page, the ontology, the SPARQL endpoint, downloads; 307 keeps a POST a POST",
        f"RewriteRule ^(.*)$ {address}$1 [R=307,L]",
    ]
    return "\n".join(lines) + "\n"


def _tombstones(contents: Contents, base: str) -> Iterator[str]:
    merged, withdrawn = _gone(contents, base)
    if merged:
        yield "# ids that were merged or renamed lead to their successors"
        for path, successor in merged:
            yield f"RewriteRule ^{_pattern(path)}({_ENDING})?$ {_target(successor)}$1 [R=301,L]"
        yield ""
    if withdrawn:
        yield "# ids that were withdrawn are gone"
        for path in withdrawn:
            yield f"RewriteRule ^{_pattern(path)}(?:{_ENDING})?$ - [G]"
        yield ""


def _entities(contents: Contents, base: str, address: str) -> Iterator[str]:
    start = f"<{base}"
    paths = {subject.removeprefix(start)[:-1] for subject, _, _ in contents.statements if subject.startswith(start)}
    there = {path.partition("/")[0] for path in paths if "/" in path}
    kinds = "|".join(kind for kind in (*KINDS, "concept", "graph") if kind in there)
    if not kinds:
        return
    yield "# a document about an entity, by its ending"
    yield f"RewriteRule ^((?:{kinds})/.+{_ENDING})$ {address}$1 [R=303,L]"
    yield ""
    for ending, names in _FORMATS.items():
        others = "|".join(other for one, other in _FORMATS.items() if one != ending)
        yield f"# an entity, asked for as {ending} and as nothing else"
        yield f"RewriteCond %{{HTTP_ACCEPT}} {names}"
        yield f"RewriteCond %{{HTTP_ACCEPT}} !(?:{others})"
        yield f"RewriteCond %{{HTTP_ACCEPT}} !{_REFUSED}"
        yield f"RewriteRule ^((?:{kinds})/.+)$ {address}$1.{ending} [R=303,L]"
        yield ""
    yield "# an entity, where several formats are asked for or none: the service weighs them"
    yield f"RewriteRule ^((?:{kinds})/.+)$ {address}$1 [R=303,L]"
    yield ""


def _gone(contents: Contents, base: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the merged ids with what they lead to, and the withdrawn ones, both sorted."""
    typed = {subject for subject, predicate, _ in contents.statements if predicate == _TYPE}
    merged = {s for s, predicate, obj in contents.statements if (predicate, obj) == (_TYPE, _MERGED)}
    leads = {s: obj[1:-1] for s, predicate, obj in contents.statements if predicate == _REPLACED_BY and s in merged}
    withdrawn = {s for s, predicate, _ in contents.statements if predicate == _DEPRECATED and s not in typed}
    start = f"<{base}"
    return (
        sorted((s[len(start) : -1], leads[s]) for s in leads if s.startswith(start)),
        sorted(s[len(start) : -1] for s in withdrawn if s.startswith(start)),
    )


def _pattern(path: str) -> str:
    return _SPECIAL.sub(r"\\\1", path)


def _target(iri: str) -> str:
    # Apache reads $1 and %1 in a target as what a pattern found.
    return re.sub(r"([$%\\])", r"\\\1", iri)
