"""Things: their identifier, their page, their data."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kg.entity import entity, quads, triples
from kg.errors import NotFound
from web import urls
from web.graph import store
from web.graphs import send, send_graph
from web.negotiate import (
    DATA_TYPES,
    GRAPH_TYPES,
    HTML,
    PAGE_TYPES,
    SPOKEN_OF_GRAPHS,
    choose,
)

bp = Blueprint("entities", __name__)


@bp.get("/id/<path:slug>")
def identify(slug: str) -> Answer:
    """Send the client from the thing to what is known of it: 303, page or data by Accept."""
    _known(slug)
    media = _wanted()
    extension = next(name for name, offer in PAGE_TYPES.items() if offer == media)
    target = urls.data_path(slug, extension) if media != HTML else f"/page/{slug}"
    answer = redirect(target, 303)
    answer.vary.add("Accept")
    return answer


@bp.get("/page/<path:slug>")
def show(slug: str) -> str:
    """Show everything that is said of a thing, and by whom."""
    found = entity(store(), _known(slug))
    return render_template("entity.html", entity=found, formats=DATA_TYPES)


@bp.get("/data/<path:name>")
def data(name: str) -> Answer:
    """Send a thing's statements in the format of the extension."""
    slug, _, extension = name.rpartition(".")
    if extension not in DATA_TYPES:
        raise NotFound(f"data called {name}; the formats are {', '.join(DATA_TYPES)}")
    media = DATA_TYPES[extension]
    graph = triples(store(), slug) if extension in GRAPH_TYPES else quads(store(), slug)
    answer = send(graph, media)
    answer.headers["Link"] = f'<{urls.thing_path(slug)}>; rel="describes"'
    return answer


@bp.get("/claim/<path:slug>/content")
def content(slug: str) -> Answer:
    """Send what a claim says as data, or a browser to the claim's page."""
    _known(slug)
    media = _wanted()
    if media == HTML:
        answer: Answer = redirect(f"/page/{slug}#claimed", 303)
        answer.vary.add("Accept")
        return answer
    return send_graph(urls.content_iri(slug), media)


def _wanted() -> str:
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    return choose(PAGE_TYPES, header, asked, SPOKEN_OF_GRAPHS)


def _known(slug: str) -> str:
    if not urls.is_slug(slug):
        raise NotFound(f"thing called {slug}")
    return slug
