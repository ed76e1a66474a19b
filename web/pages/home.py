"""The home page."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from kg.lists.overview import read_overview
from kg.sparql.named_queries import federated_queries, named_queries
from kg.statements.documents import documents_by_iri
from web.pages.structured_data import site_structured_data
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> str:
    """Show what the graph holds, its most-cited events, example queries and sources."""
    texts = store().texts
    examples = (query for query in named_queries(texts) if query.example)
    allowed = set(str(current_app.config["SERVICE_ENDPOINTS"]).split())
    return render_template(
        "home.html",
        overview=read_overview(store()),
        examples=sorted(examples, key=lambda query: query.example),
        federated=[query for query in federated_queries(texts) if query.endpoints <= allowed],
        sources=list(documents_by_iri(store()).values()),
        structured_data=site_structured_data(store(), root(request.environ)),
    )
