"""What the service says of itself, and how candidates are told to clients."""

from __future__ import annotations

from typing import Any, Final

from kgpub.serve.reconcile.asking import BATCH
from kgpub.serve.reconcile.candidates import Candidate
from kgpub.serve.reconcile.entities import COVER, PRINTED
from kgpub.serve.reconcile.extension import SETTINGS
from kgpub.serve.reconcile.properties import TYPES
from kgpub.serve.reconcile.suggesting import type_json
from kgpub.serve.site import Site
from kgpub.vocabulary import CWC

__all__ = ["HEIGHT", "WIDTH", "manifest", "told"]

WIDTH: Final = 430
HEIGHT: Final = 400
_PATH: Final = "/reconcile"
_DEFAULT: Final = ("Person", "Organisation", "Place", "Office", "Event", "ArchivalUnit")


def manifest(site: Site, address: str) -> dict[str, Any]:
    """Return the service manifest; `address` is where this server is reached, without a slash at its end."""
    service = f"{address}{_PATH}"
    return {
        "versions": ["0.2"],
        "name": f"{site.title}: persons, bodies, places",
        "identifierSpace": site.base,
        "schemaSpace": CWC,
        "defaultTypes": [type_json(TYPES[one]) for one in _DEFAULT],
        "documentation": f"{service}/about",
        **({"serviceVersion": site.version} if site.version else {}),
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{service}/about#{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": address,
                "service_path": f"{_PATH}/suggest/{kind}",
                "flyout_service_path": f"{_PATH}/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": f"{_PATH}/properties"},
            "property_settings": list(SETTINGS),
        },
        "batchSize": BATCH,
    }


def told(one: Candidate) -> dict[str, Any]:
    """Return a candidate as the protocol has it."""
    entity = one.entity
    return {
        "id": entity.id,
        "name": entity.name,
        "description": "; ".join(filter(None, (_found_by(one), entity.description()))),
        "type": [{"id": entity.type, "name": TYPES[entity.type].name}],
        "score": one.score,
        "features": [{"id": name, "value": value} for name, value in _features(one).items()],
        "match": one.match,
    }


def _found_by(one: Candidate) -> str:
    """Return what the description begins with where the name found is not simply the entity's own."""
    if one.name is None or one.name.text == one.entity.name:
        return ""
    words = {COVER: f"{one.name.text} is a cover name of {one.entity.name}", PRINTED: f"printed as {one.name.text}"}
    return words.get(one.name.kind, f"also {one.name.text}")


def _features(one: Candidate) -> dict[str, bool | float]:
    return {
        "name_likeness": round(100 * one.likeness, 2),
        "full_name": one.full,
        "cover_name": one.name is not None and one.name.kind == COVER,
        "bearers": one.bearers,
        "properties_agreed": one.verdict.agreed,
        "properties_missed": one.verdict.missed,
        "properties_contradicted": one.verdict.contradicted,
        "identifier": one.by_id,
        "unidentified": one.entity.unidentified,
        "letters": one.entity.number("letters"),
    }
