"""The draft of version 1.0 of the Reconciliation Service API, at /reconcile/1.0.

https://reconciliation-api.github.io/specs/draft/
"""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response

from kg.reconciliation.errors import ReconciliationLimit
from kg.reconciliation.extension import extend
from web.reconciliation.batches import answer_batch
from web.reconciliation.draft_queries import candidates_result, read_queries
from web.reconciliation.json_requests import read_json
from web.reconciliation.manifests import draft_manifest
from web.reconciliation.published import refuse_too_large, render_preview
from web.reconciliation.suggestions import proposed, suggested
from web.reconciliation.tables import draft_table, read_extension
from web.request.offered_types import JSON
from web.serving.current_build import store

bp = Blueprint("reconciliation_draft", __name__, url_prefix="/reconcile/1.0")
bp.register_error_handler(ReconciliationLimit, refuse_too_large)

_PLACE = "the request"


@bp.get("")
def show_manifest() -> Response:
    """Send the manifest."""
    return jsonify(draft_manifest())


@bp.post("/match")
def match_queries() -> Response:
    """Send the candidates of some queries, in their order."""
    queries = read_queries(_body())
    made = answer_batch(queries)
    return jsonify(results=[candidates_result(made[query]) for query in queries])


@bp.get("/suggest/<any(entity, type, property):what>")
def send_draft_suggestions(what: str) -> Response:
    """Send the things, kinds or properties that a prefix begins or resembles."""
    return jsonify(suggested(what))


@bp.get("/preview")
def show_draft_preview() -> str:
    """Show a thing in a few lines, as in the other version."""
    return render_preview()


@bp.post("/extend")
def extend_table() -> Response:
    """Send the values of some properties for some things."""
    ids, columns = read_extension(_body(), _PLACE)
    return jsonify(draft_table(extend(store(), ids, columns)))


@bp.get("/extend/propose")
def send_draft_proposals() -> Response:
    """Send the properties of a kind that may be new columns."""
    return jsonify(proposed())


def _body() -> object:
    if request.mimetype != JSON:
        raise UnsupportedMediaType(f"send JSON, with Content-Type: {JSON}")
    return read_json(request.get_data(as_text=True), _PLACE)
