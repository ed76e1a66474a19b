"""The network explorer: the ties around things, drawn, listed and as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from kg.prefixes import THING
from kg.read.network import Network, network, relations, starts
from web import urls
from web.drawing import hub
from web.graph import store

bp = Blueprint("network", __name__)

# Each costs as much as a page.
_MOST = 12


@bp.get("/network")
def show() -> str:
    """Show the ties around the things that the address names, or things to start from."""
    found, chosen = network(store(), _focus()), set(request.args.getlist("relation"))
    ties = [tie for tie in found.ties if not chosen or tie.property in chosen]
    return render_template(
        "network.html",
        found=found,
        ties=ties,
        names={node.slug: node.thing for node in found.nodes},
        relations=relations(found),
        chosen=chosen,
        drawn=hub(found.focus[0], ties) if found.focus else None,
        starts=[] if found.focus else starts(store()),
    )


@bp.get("/network.json")
def data() -> Response:
    """Send the ties around the things that the address names."""
    return jsonify(_record(network(store(), _focus())))


def _focus() -> list[str]:
    asked = (name.strip().removeprefix(THING) for name in request.args.getlist("focus"))
    return [name for name in asked if name][:_MOST]


def _record(found: Network) -> dict[str, object]:
    return {
        "focus": found.focus,
        "more": found.more,
        "nodes": [
            {
                "id": node.slug,
                "iri": node.thing.iri,
                "label": node.thing.text,
                "status": node.thing.status,
                "kinds": node.kinds,
                "group": node.group,
                "page": urls.local(node.thing.iri),
            }
            for node in found.nodes
        ],
        "edges": [
            {
                "source": tie.source,
                "target": tie.target,
                "property": tie.property,
                "label": tie.label,
                "stated": tie.stated,
            }
            for tie in found.ties
        ],
    }
