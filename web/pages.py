"""The way in: home, class lists, search, health."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response as Answer

from kg.ask import questions
from kg.read.instances import class_list, overview
from kg.read.search import Hit, near_names, search
from kg.read.sentence import sources
from web import urls
from web.graph import store
from web.negotiate import HTML, choose
from web.public import KEY, Public

bp = Blueprint("pages", __name__)

_SEARCH_TYPES = {"html": HTML, "json": "application/json"}


@bp.get("/")
def home() -> str:
    """Show what this is, what it holds and how to ask."""
    return render_template(
        "home.html",
        overview=overview(store()),
        examples=[question for question in questions() if question.example],
        sources=sources(store()).values(),
    )


@bp.get("/class/<name>")
def members(name: str) -> str:
    """List the things of a class."""
    return render_template("class.html", found=class_list(store(), name))


@bp.get("/search")
def find() -> Answer:
    """Find things by name."""
    asked = request.args.get("q", "").strip()
    media = choose(_SEARCH_TYPES, request.headers.get("Accept", ""), request.args.get("format", ""))
    found = search(store(), asked)
    near = [] if found.hits or not asked else near_names(store(), asked)
    if media == HTML:
        return make_response(render_template("search.html", asked=asked, found=found, near=near))
    return jsonify(
        query=asked,
        total=found.total,
        results=[_record(hit) for hit in found.hits],
        near=[_record(hit) for hit in near],
    )


@bp.get("/robots.txt")
def robots() -> Answer:
    """Keep crawlers from asking queries; the pages are theirs."""
    return Response("User-agent: *\nDisallow: /sparql?\n", mimetype="text/plain")


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


def _record(hit: Hit) -> dict[str, object]:
    return {
        "iri": hit.thing.iri,
        "label": hit.thing.text,
        "name": hit.name,
        "classes": [known.iri for known in hit.classes],
        "page": urls.local(hit.thing.iri),
    }
