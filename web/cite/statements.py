"""A statement by its key: what it says, where it stands, and what speaks for and against it."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.prefixes import STATEMENT
from kg.statements.citable.rdf_statement import rdf_statement
from kg.statements.citable.statement_account import StatementAccount, statement_account
from web import urls
from web.cite.statement_record import statement_record
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offered_types import JSON, wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("statements", __name__)


@bp.get("/statement/<key>")
def show_statement(key: str) -> Response:
    """Show a statement with its evidence, or send it as JSON or RDF."""
    account, media = statement_account(store(), key), wanted()
    if media == JSON:
        return jsonify(statement_record(store(), account))
    if media != HTML:
        return graph_response(rdf_statement(account, media), media)
    return make_response(_render(account))


@bp.get("/statement/<key>.json")
def send_statement(key: str) -> Response:
    """Send a statement with its evidence as JSON."""
    return jsonify(statement_record(store(), statement_account(store(), key)))


def _render(account: StatementAccount) -> str:
    return render_template(
        "statement.html",
        account=account,
        iri=STATEMENT + account.key,
        words=account.words,
        query_path=urls.statement_query_path(account.triple),
        formats=DATA_TYPES,
    )
