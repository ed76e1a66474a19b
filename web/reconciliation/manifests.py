"""What the service says of itself, in each version of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, request

from kg.model.languages import current_language
from kg.model.prefixes import TERM, THING
from kg.reconciliation.kinds import Kind, listed_kinds
from web.reconciliation.tables import SETTING
from web.request.hosts import root
from web.serving.current_build import store

NAME = "Aide-Mémoire"
# The page of a preview, in pixels: a heading, a sentence or two, kinds.
WIDTH, HEIGHT = 400, 160


def published_manifest() -> Mapping[str, Any]:
    """Return the manifest of version 0.2, with addresses on the host that the request names."""
    site = root(request.environ)
    service = f"{site}/reconcile"
    return {
        "versions": ["0.2"],
        **_shared(site),
        "identifierSpace": THING,
        "schemaSpace": TERM,
        "view": {"url": f"{site}/page/{{{{id}}}}"},
        "feature_view": {"url": f"{service}/features#{{{{id}}}}"},
        "preview": {
            "url": f"{service}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            what: {
                "service_url": service,
                "service_path": f"/suggest/{what}",
                "flyout_service_url": service,
                "flyout_service_path": f"/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/propose"},
            "property_settings": [{**_LIMIT, "label": "Limit", "help_text": SETTING}],
        },
    }


def draft_manifest() -> Mapping[str, Any]:
    """Return the manifest of the draft of version 1.0."""
    site = root(request.environ)
    setting = {"id": "limit", "type": "number", "default": 0, "name": "Limit", "helpText": SETTING}
    return {
        "versions": ["1.0-draft"],
        **_shared(site),
        "lang": current_language(),
        "view": {"url": f"{site}/page/{{id}}"},
        "featureView": {"url": f"{site}/reconcile/features#{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": [setting]},
        "standardizedScore": True,
    }


_LIMIT = {"name": "limit", "type": "number", "default": 0}


def _shared(site: str) -> Mapping[str, Any]:
    return {
        "name": NAME,
        "documentation": f"{site}/reconcile/features",
        "serviceVersion": current_app.config["REVISION"],
        "defaultTypes": [{"id": kind.id, "name": kind.name} for kind in default_kinds()],
    }


def default_kinds() -> list[Kind]:
    """Return the principal kinds, those with the most things first."""
    return [kind for kind in listed_kinds(store()).values() if kind.principal]
