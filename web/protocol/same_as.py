"""Which records of other datasets are the same as, or close to, a thing: for programs.

An IRI of any dataset, or an identifier as people write it, leads to all others.
"""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.lists.linked_datasets import Bundle, find_bundles
from kg.model.errors import NotFound
from kg.things.outside_links import OutsideLink
from web import urls
from web.request.offered_types import JSON, wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("same_as", __name__)

# Each takes a handful of look-ups; a table of more names is for reconciliation.
MOST_IRIS = 50
_EXCERPT = 80


@bp.get("/same-as")
def send_equivalents() -> Response:
    """Send the links of what each `iri` identifies; 404 if none identifies anything."""
    iris = list(dict.fromkeys(filter(None, map(str.strip, request.args.getlist("iri")))))
    if not iris:
        raise BadRequest("name an IRI or identifier, or several: /same-as?iri=Q17")
    if len(iris) > MOST_IRIS:
        raise BadRequest(f"there are {len(iris)} IRIs; at most {MOST_IRIS} are allowed at a time")
    media, bundles = wanted(), {iri: find_bundles(store(), iri) for iri in iris}
    found = [bundle for each in bundles.values() for bundle in each]
    if not found:
        raise NotFound(f"thing that “{iris[0][:_EXCERPT]}” identifies, here or by a link")
    if media != JSON:
        return graph_response([triple for each in found for triple in each.triples()], media)
    unknown = [iri for iri, each in bundles.items() if not each]
    return jsonify(results=[_record(bundle) for bundle in found], unknown=unknown)


def _record(bundle: Bundle) -> dict[str, object]:
    return {
        "query": bundle.query,
        "iri": bundle.thing.iri,
        "label": bundle.thing.text,
        "lang": bundle.thing.language,
        "page": urls.local_path(bundle.thing.iri),
        "links": [_link_record(link) for link in bundle.links],
    }


def _link_record(link: OutsideLink) -> dict[str, object]:
    return {
        "iri": link.record,
        "relation": link.relation,
        "relation_label": link.relation_label,
        "confidence": float(link.grounds.confidence) if link.grounds.confidence else None,
        "dataset": link.dataset,
        "dataset_name": link.dataset_name,
        "identifier": link.identifier,
        "page": link.page,
    }
