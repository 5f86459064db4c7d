"""The description of the publication (DCAT, VoID) as the build wrote it: at the root, at /catalogue, by /.well-known/void."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kgpub.errors import BadInput
from kgpub.serve.forms import DATA, FORMS, asked_form, written
from kgpub.serve.freshness import Freshness
from kgpub.serve.links import link
from kgpub.serve.site import Site
from kgpub.vocabulary import PREFIXES

__all__ = ["Catalogue"]

FILE: Final = "catalogue.ttl"
_MODIFIED: Final = NamedNode(f"{PREFIXES['dcterms']}modified")
_DOWNLOAD: Final = NamedNode(f"{PREFIXES['dcat']}downloadURL")
_MEDIA_TYPE: Final = NamedNode(f"{PREFIXES['dcat']}mediaType")
_IANA: Final = "https://www.iana.org/assignments/media-types/"


class Catalogue:
    """The description of one site, read once; empty where the publication has no such file."""

    def __init__(self, site: Site) -> None:
        file = site.dist / FILE if site.dist else None
        self._turtle = file.read_bytes() if file and file.is_file() else b""
        try:
            self._triples = [quad.triple for quad in parse(self._turtle, format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise BadInput(f"{file}: is not Turtle: {error}", advice="Run `kgpub build` again.") from error
        dataset = NamedNode(f"{site.base}dataset")
        days = [_text(one) for one in self._triples if one.subject == dataset and one.predicate == _MODIFIED]
        self.modified = days[0] if days else ""
        """The day of the release as YYYY-MM-DD, empty where nothing says it."""
        self.dumps = self._dumps(f"{site.base}download/")
        """Name and media type of each dump."""
        self._freshness = Freshness(site.release, self.modified)

    def __bool__(self) -> bool:
        return bool(self._triples)

    def respond(self, request: Request) -> Response:
        """Answer with the catalogue in the format asked for; a browser is led to the start page."""
        self._must_be_there()
        root = request.scope.get("root_path", "")
        name = asked_form(request)
        if name == "html":
            return RedirectResponse(f"{root}/", 303, headers={"Vary": "Accept"})
        return self.answer(request, name)

    def document(self, request: Request) -> Response:
        """Answer with the catalogue in the format that the path ends with."""
        self._must_be_there()
        name = request.path_params["form"]
        if name not in DATA:
            raise HTTPException(404, f"The catalogue is there as {', '.join(f'catalogue.{one}' for one in DATA)}.")
        return self.answer(request, name)

    def well_known(self, request: Request) -> Response:
        """Lead to the catalogue in the format asked for, as VoID has it for hosts (https://www.w3.org/TR/void/#well-known)."""
        self._must_be_there()
        root = request.scope.get("root_path", "")
        name = asked_form(request)
        where = f"{root}/" if name == "html" else f"{root}/catalogue.{name}"
        return RedirectResponse(where, 302, headers={"Vary": "Accept"})

    def answer(self, request: Request, name: str) -> Response:
        """Return the catalogue in a format of data."""
        root = request.scope.get("root_path", "")
        content = self._turtle if name == "ttl" else written(self._triples, name)
        headers = {
            "Vary": "Accept",
            "Content-Location": f"{root}/catalogue.{name}",
            "Link": ", ".join(
                (
                    *(link(f"{root}/catalogue.{other}", "alternate", kind) for other, kind in DATA.items()),
                    link(f"{root}/", "describes", FORMS["html"]),
                )
            ),
        }
        return self._freshness.mark(Response(content, media_type=DATA[name], headers=headers))

    def _must_be_there(self) -> None:
        if not self:
            raise HTTPException(404, "This publication was built without a catalogue.")

    def _dumps(self, start: str) -> tuple[tuple[str, str], ...]:
        types = {one.subject: _text(one).removeprefix(_IANA) for one in self._triples if one.predicate == _MEDIA_TYPE}
        places = {one.subject: _text(one) for one in self._triples if one.predicate == _DOWNLOAD}
        found = {node: where.removeprefix(start) for node, where in places.items() if where.startswith(start)}
        packed = "application/gzip"
        return tuple(
            sorted((name, packed if name.endswith(".gz") else types.get(node, "")) for node, name in found.items())
        )


def _text(triple: Triple) -> str:
    return triple.object.value if isinstance(triple.object, NamedNode | Literal) else ""
