"""Data for the query page's editor, as JSON: terms to complete, and labels of IRIs."""

from __future__ import annotations

import json

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.model.prefixes import BASE, prefixes, shorten
from kg.terms.completion import usable_terms
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.serving.current_build import cached_page, store

bp = Blueprint("editor_data", __name__)

MAX_LABELLED_IRIS = 1000

# A longer IRI is none of ours; it is shown as it is.
_MAX_IRI_LENGTH = 2000


@bp.get("/sparql/terms")
def list_editor_terms() -> Response:
    """Send the prefixes and the terms that the graph uses, the most used first."""
    return Response(cached_page("terms", _terms_as_json), mimetype="application/json")


# POST too: a thousand IRIs are longer than servers accept in an address.
@bp.route("/sparql/names", methods=["GET", "POST"])
def list_iri_labels() -> Response:
    """Send the label, prefixed name and page of each `iri` in the request."""
    iris = dict.fromkeys(request.values.getlist("iri"))
    if len(iris) > MAX_LABELLED_IRIS:
        raise BadRequest(f"ask for the names of at most {MAX_LABELLED_IRIS:,} IRIs at a time")
    return jsonify({iri: _label(iri) for iri in iris if len(iri) <= _MAX_IRI_LENGTH})


def _terms_as_json() -> str:
    terms = [
        {
            "name": term.name,
            "label": term.label,
            "kind": term.kind,
            "definition": term.definition,
            "uses": term.uses,
            "of": term.values_of,
        }
        for term in usable_terms(store())
    ]
    return json.dumps({"prefixes": prefixes(), "terms": terms}, ensure_ascii=False)


def _label(iri: str) -> dict[str, str]:
    label = read_vocabulary(store()).name(iri) if iri.startswith(BASE) else ""
    name = shorten(iri).strip("<>")
    return {"label": label or name, "name": name, "page": urls.href(iri)}
