"""The way in: home, health, metrics."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response as Answer

from kg.ask import questions
from kg.read.instances import overview
from kg.read.sentence import sources
from web.described import site_and_data
from web.graph import store
from web.hosts import root
from web.public import KEY, Public

bp = Blueprint("pages", __name__)


@bp.get("/")
def home() -> str:
    """Show what this is, what it holds and how to ask."""
    return render_template(
        "home.html",
        overview=overview(store()),
        examples=sorted((one for one in questions() if one.example), key=lambda one: one.example),
        sources=sources(store()).values(),
        described=site_and_data(root(request.environ)),
    )


@bp.get("/healthz")
def health() -> Answer:
    """Say that the site can answer, and from which build."""
    answer = jsonify(status="ok", build=store().number)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/metrics")
def metrics() -> Answer:
    """Tell Prometheus what was asked and how long it took."""
    public: Public = current_app.extensions[KEY]
    answer = Response(public.observer.metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    answer.headers["Cache-Control"] = "no-store"
    return answer
