"""Version 0.2 of the Reconciliation Service API, at /reconcile, and the page about it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import escape
from werkzeug.wrappers import Response

from kg.matching.weights import weights
from kg.model.errors import NotFound
from kg.model.prefixes import THING
from kg.reconciliation.errors import ReconciliationLimit
from kg.reconciliation.extension import extend
from kg.reconciliation.properties import reconciliation_properties
from kg.reconciliation.query import ReconciliationQuery
from kg.reconciliation.reconcile import current_thing, reconcile
from kg.terms.vocabulary import read_vocabulary
from web.errors import problem
from web.reconciliation.batches import answer_batch
from web.reconciliation.callbacks import send_json
from web.reconciliation.candidates import describe_thing_in_words, types_of
from web.reconciliation.json_requests import read_json
from web.reconciliation.manifests import default_kinds, published_manifest
from web.reconciliation.published_queries import read_batch, read_query, result
from web.reconciliation.suggestions import described, proposed, suggested
from web.reconciliation.tables import published_table, read_extension
from web.request.bounds import NAMES
from web.request.hosts import root
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.serving.current_build import store

bp = Blueprint("reconciliation", __name__)

_WHAT = "<any(entity, type, property):what>"
_UNPROCESSABLE = 422


@bp.errorhandler(ReconciliationLimit)
def refuse_too_large(error: ReconciliationLimit) -> Response:
    """Answer for a table with more values than are sent."""
    return problem(_UNPROCESSABLE, str(error))


@bp.route("/reconcile", methods=["GET", "POST"])
def answer() -> Response | str:
    """Send the candidates of `queries` or a `query`, the columns of `extend`, else the manifest."""
    values = request.values
    if "queries" in values:
        batch = read_batch(read_json(values["queries"], "queries"))
        return send_json(_answers(batch))
    if "query" in values:
        return send_json(result(reconcile(store(), _single(values["query"]))))
    if "extend" in values:
        ids, columns = read_extension(read_json(values["extend"], "extend"), "extend")
        return send_json(published_table(extend(store(), ids, columns)))
    if wanted() == HTML and "callback" not in values:
        return show_service()
    return send_json(published_manifest())


def _answers(batch: dict[str, ReconciliationQuery]) -> dict[str, Mapping[str, Any]]:
    made = answer_batch(batch.values())
    return {key: result(made[query]) for key, query in batch.items()}


def _single(text: str) -> ReconciliationQuery:
    """Read one query, which may be a name alone, as clients of version 0.1 sent it."""
    if text.lstrip().startswith("{"):
        return read_query(read_json(text, "query"), "query")
    return ReconciliationQuery(names=(text.strip(),) if text.strip() else ())


def show_service() -> str:
    """Render the page that says how to use the service."""
    return render_template(
        "reconciliation/service.html",
        site=root(request.environ),
        kinds=default_kinds(),
        properties=[p for p in reconciliation_properties(store()).values() if not p.path],
        names=NAMES,
        weights=weights(),
    )


@bp.get("/reconcile/features")
def show_features() -> str:
    """Show what the features of a score mean, and how much each counts."""
    return show_service()


@bp.get(f"/reconcile/suggest/{_WHAT}")
def send_suggestions(what: str) -> Response:
    """Send the things, kinds or properties that a prefix begins or resembles."""
    return send_json(suggested(what))


@bp.get(f"/reconcile/flyout/{_WHAT}")
def show_flyout(what: str) -> Response:
    """Send a few words about a thing, kind or property, as HTML in JSON."""
    id_ = request.args.get("id", "")
    if what == "entity":
        iri = _thing(id_)
        name, about = read_vocabulary(store()).label(iri), describe_thing_in_words(iri)
    else:
        name, about = described(what, id_)
    if not name:
        raise NotFound(f"{what} called {id_}")
    return send_json({"id": id_, "html": f"<p><b>{escape(name)}</b></p><p>{escape(about)}</p>"})


@bp.get("/reconcile/preview")
def show_preview() -> str:
    """Show a thing in the few lines that clients have room for, in a frame."""
    return render_preview()


def render_preview() -> str:
    """Render the preview of the thing whose `id` is in the address."""
    iri = _thing(request.args.get("id", ""))
    return render_template(
        "reconciliation/preview.html",
        name=read_vocabulary(store()).label(iri),
        name_language=read_vocabulary(store()).name_language(iri),
        about=describe_thing_in_words(iri),
        kinds=[kind["name"] for kind in types_of(iri)],
        slug=iri.removeprefix(THING),
    )


def _thing(id_: str) -> str:
    iri = current_thing(store(), id_.removeprefix(THING))
    if not iri:
        raise NotFound(f"thing called {id_}", [], id_)
    return iri


@bp.get("/reconcile/extend/propose")
def send_proposals() -> Response:
    """Send the properties of a kind that may be new columns."""
    return send_json(proposed())
