"""The way in: home, health, metrics."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify, render_template, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response

from kg.lists.overview import read_overview
from kg.sparql.named_queries import named_queries
from kg.statements.documents import documents_by_iri
from kg.store.builds import Trouble
from web.pages.structured_data import site_structured_data
from web.request.hosts import root
from web.serving.current_build import store, trouble
from web.serving.public_queries import KEY, PublicQueries

bp = Blueprint("home", __name__)


@bp.get("/")
def show_home() -> str:
    """Show what this is, what it holds and how to ask."""
    return render_template(
        "home.html",
        overview=read_overview(store()),
        examples=sorted(
            (one for one in named_queries() if one.example), key=lambda one: one.example
        ),
        sources=documents_by_iri(store()).values(),
        described=site_structured_data(root(request.environ)),
    )


@bp.get("/healthz")
def show_health() -> Response:
    """Say which build answers, and what is wrong if it is not the current one.

    `degraded` (200): another build is served, or this one could not be opened again. `failing`
    (503): pages cannot be answered.
    """
    number, wrong = store().number, trouble()
    answer = jsonify({"status": "ok", "build": number} if wrong is None else _ill(number, wrong))
    answer.status_code = 503 if wrong and wrong.failing else 200
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _ill(number: str, wrong: Trouble) -> dict[str, str]:
    since = datetime.fromtimestamp(wrong.since, UTC).isoformat(timespec="seconds")
    status = "failing" if wrong.failing else "degraded"
    todo = "make it again with: kg build"
    return {"status": status, "build": number, "reason": f"{wrong.reason}; {todo}", "since": since}


@bp.get("/metrics")
def show_metrics() -> Response:
    """Tell Prometheus what was asked and how long it took."""
    public: PublicQueries = current_app.extensions[KEY]
    answer = Response(public.observer.metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    answer.headers["Cache-Control"] = "no-store"
    return answer
