"""The home page."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kg.lists.overview import read_overview
from kg.sparql.named_queries import named_queries
from kg.statements.documents import documents_by_iri
from web.pages.structured_data import site_structured_data
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> str:
    """Show what the graph holds, its most-cited events, example queries and sources."""
    examples = (query for query in named_queries(store().texts) if query.example)
    return render_template(
        "home.html",
        overview=read_overview(store()),
        examples=sorted(examples, key=lambda query: query.example),
        sources=list(documents_by_iri(store()).values()),
        structured_data=site_structured_data(root(request.environ)),
    )
