"""The handlers of /reconcile: the manifest, queries and data extension at one address, the rest at addresses below it.

Nothing but the catalogue and its index, made for the first who asks, is asked; the store is not. READ THIS FIRST.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from threading import Lock
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgpub.serve.bodies import read_body
from kgpub.serve.headers import EMBEDDED
from kgpub.serve.pages import Pages
from kgpub.serve.reconcile.answers import answer, callback_of
from kgpub.serve.reconcile.asking import LENGTH, read_batch, type_of, whole
from kgpub.serve.reconcile.candidates import Finder
from kgpub.serve.reconcile.entities import Entity
from kgpub.serve.reconcile.extension import extend
from kgpub.serve.reconcile.manifest import manifest, told
from kgpub.serve.reconcile.previews import preview
from kgpub.serve.reconcile.properties import PROPERTIES, TYPES, proposed
from kgpub.serve.reconcile.reading import read_catalogue
from kgpub.serve.reconcile.suggesting import suggest_entities, suggest_properties, suggest_types
from kgpub.serve.reconcile.wrong import Wrong
from kgpub.serve.site import Site

__all__ = ["Reconciliation"]

_BYTES: Final = 1_000_000
"""How large a request may be; a batch of fifty with all it may hold is smaller."""
_FORM: Final = "application/x-www-form-urlencoded"
_KINDS: Final = ("entity", "property", "type")
_CURSOR: Final = 10_000
_FIELDS: Final = 50

Given = dict[str, str]


class Reconciliation:
    """The service of one site."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages
        self._lock = Lock()
        self._made: Finder | None = None
        self._style = (files("kgpub.serve") / "static" / "preview.css").read_text("utf-8")

    @property
    def _finder(self) -> Finder:
        # The catalogue takes longer to make than all else that a start needs, and most services are never asked for it.
        with self._lock:
            if self._made is None:
                self._made = Finder(read_catalogue(self._site.store, self._site.base))
            return self._made

    async def respond(self, request: Request) -> Response:
        """Answer with the manifest, the candidates of `queries` or the values of `extend`; what is wrong is said as JSON."""
        try:
            given = await _parameters(request)
        except Wrong as wrong:
            return answer(wrong.body(), status=wrong.status)
        address = str(request.base_url).rstrip("/")
        return await run_in_threadpool(_said, given, lambda: self._main(given, address))

    def suggest(self, request: Request) -> Response:
        """Answer with the entities, properties or types that a prefix begins."""
        given = dict(request.query_params)
        return _said(given, lambda: self._suggested(_kind(request), given))

    def flyout(self, request: Request) -> Response:
        """Answer with a small piece of HTML about an entity, a property or a type."""
        given = dict(request.query_params)
        return _said(given, lambda: self._flyout(request, _kind(request), given.get("id", "")))

    def properties(self, request: Request) -> Response:
        """Answer with the properties that entities of a type may have."""
        given = dict(request.query_params)
        return _said(given, lambda: _proposed(given))

    def preview(self, request: Request) -> Response:
        """Answer with the small page of an entity, which any site may show in a frame."""
        try:
            entity = self._entity(request)
        except Wrong as wrong:
            return answer(wrong.body(), status=wrong.status)
        shown = preview(entity, self._finder.catalogue)
        page = self._pages.html(request, "preview.html", preview=shown)
        page.headers.update(EMBEDDED)
        return page

    def view(self, request: Request) -> Response:
        """Lead to the page of an entity."""
        try:
            entity = self._entity(request)
        except Wrong as wrong:
            return answer(wrong.body(), status=wrong.status)
        return RedirectResponse(self._site.href(entity.iri, request.scope.get("root_path", "")), 303)

    def about(self, request: Request) -> Response:
        """Answer with the page for people: how to add the service, its types, properties and features."""
        address = str(request.base_url).rstrip("/")
        return self._pages.html(
            request,
            "reconcile.html",
            address=f"{address}/reconcile",
            types=TYPES.values(),
            properties=PROPERTIES.values(),
        )

    def style(self, request: Request) -> Response:
        """Return the stylesheet of previews."""
        return Response(self._style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    def _main(self, given: Given, address: str) -> Any:
        if "queries" in given:
            batch = read_batch(given["queries"])
            return {key: {"result": [told(one) for one in self._finder.find(asked)]} for key, asked in batch.items()}
        if "extend" in given:
            return extend(given["extend"], self._finder.catalogue)
        return manifest(self._site, address)

    def _suggested(self, kind: str, given: Given) -> Any:
        prefix, cursor = _prefix(given), _cursor(given)
        if kind == "property":
            return suggest_properties(prefix, cursor)
        if kind == "type":
            return suggest_types(prefix, cursor)
        types = tuple(type_of(one, "type") for one in [given.get("type", "")] if one)
        return suggest_entities(self._finder, prefix, cursor, types)

    def _flyout(self, request: Request, kind: str, sought: str) -> Any:
        entity = self._finder.catalogue.get(sought) if kind == "entity" else None
        term = PROPERTIES.get(sought) if kind == "property" else TYPES.get(sought) if kind == "type" else None
        if entity:
            name, words = entity.name, entity.description()
        elif term:
            name, words = term.name, term.description
        else:
            raise Wrong("id", f"There is no {kind} of this id.", "Take the id from a suggestion.", 404)
        return {"id": sought, "html": self._pages.text(request, "flyout.html", name=name, words=words)}

    def _entity(self, request: Request) -> Entity:
        entity = self._finder.catalogue.get(request.query_params.get("id", ""))
        if entity is None:
            raise Wrong("id", "There is no entity of this id.", "Take the id from a candidate, encoded once.", 404)
        return entity


def _said(given: Given, make: Callable[[], Any]) -> Response:
    """Return what is made as an answer, or what is wrong; a callback that is none is answered as JSON."""
    try:
        callback = callback_of(given.get("callback"))
        return answer(make(), callback)
    except Wrong as wrong:
        return answer(wrong.body(), status=wrong.status)


async def _parameters(request: Request) -> Given:
    given = dict(request.query_params)
    if request.method != "POST":
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise Wrong("content-type", f"A POST of type {kind or 'none'} is not understood.", f"Send {_FORM}.", 415)
    body = await _body(request)
    try:
        given |= dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        raise Wrong("body", "The form has too many fields.", "Send `queries` or `extend`.") from None
    if "queries" not in given and "extend" not in given:
        raise Wrong("queries", "There is nothing to answer.", "Send the form field `queries` or `extend`.")
    return given


async def _body(request: Request) -> str:
    body = await read_body(request, _BYTES)
    if body is None:
        raise Wrong("body", f"The request is larger than {_BYTES:,} bytes.", "Send smaller batches.", 413)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Wrong("body", "The request is not UTF-8.", "Encode the form as UTF-8.") from None


def _kind(request: Request) -> str:
    kind = str(request.path_params["kind"])
    if kind not in _KINDS:
        raise Wrong("path", f"Nothing is suggested for {kind[:LENGTH]}.", f"There are {', '.join(_KINDS)}.", 404)
    return kind


def _prefix(given: Given) -> str:
    prefix = given.get("prefix")
    if prefix is None:
        raise Wrong("prefix", "There is no prefix.", "Send what was typed as the parameter `prefix`; it may be empty.")
    if len(prefix) > LENGTH:
        raise Wrong("prefix", f"The prefix has {len(prefix):,} characters.", f"At most {LENGTH} are taken.")
    return prefix.strip()


def _cursor(given: Given) -> int:
    text = given.get("cursor") or "0"
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Wrong("cursor", "This is not a whole number from 0 on.", "Send how many suggestions to skip.")
    return min(int(text), _CURSOR)


def _proposed(given: Given) -> Any:
    asked = given.get("type", "")
    type_id = type_of(asked, "type") if asked else ""
    found = proposed(type_id)
    limit = _most(given.get("limit") or "", len(found))
    return {
        **({"type": asked} if asked else {}),
        **({"limit": limit} if limit else {}),
        "properties": [{"id": one.id, "name": one.name} for one in found[: limit or None]],
    }


def _most(text: str, there: int) -> int:
    """Return how many properties are asked for, 0 for all."""
    plain = text.isascii() and text.isdecimal() and len(text) < 9
    return whole(int(text) if plain else text, "limit", there) if text else 0
