"""What the query page's editor asks while somebody writes: the terms, and what IRIs are called."""

from __future__ import annotations

import json

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.model.prefixes import BASE, prefixes, shorten
from kg.terms.completion import usable_terms
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.serving.current_build import kept, store

bp = Blueprint("editor_data", __name__)

MAX_LABELLED_IRIS = 1000

_LONGEST = 2000


@bp.get("/sparql/terms")
def list_editor_terms() -> Response:
    """Answer with our prefixes and the terms that a query may use, the most used first."""
    return Response(kept("terms", _terms), mimetype="application/json")


@bp.route("/sparql/names", methods=["GET", "POST"])
def list_iri_labels() -> Response:
    """Answer with the label, prefixed name and address of each `iri` that is asked about."""
    asked = dict.fromkeys(request.values.getlist("iri"))
    if len(asked) > MAX_LABELLED_IRIS:
        raise BadRequest(f"ask for the names of at most {MAX_LABELLED_IRIS:,} IRIs at a time")
    return jsonify({iri: _name(iri) for iri in asked if len(iri) <= _LONGEST})


def _terms() -> str:
    known = [
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
    return json.dumps({"prefixes": prefixes(), "terms": known}, ensure_ascii=False)


def _name(iri: str) -> dict[str, str]:
    label = read_vocabulary(store()).name(iri) if iri.startswith(BASE) else ""
    name = shorten(iri).strip("<>")
    return {"label": label or name, "name": name, "page": urls.href(iri)}
