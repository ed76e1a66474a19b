"""What the graph says of itself: its description, and each question that it comes with."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from kg.build.examples import example
from kg.build.load import DESCRIPTION
from kg.read.named import named_graph
from web import urls
from web.graph import store
from web.graphs import send
from web.negotiate import (
    DATA_TYPES,
    GRAPH_TYPES,
    HTML,
    SPOKEN_OF_GRAPHS,
    choose,
    content_type,
)

bp = Blueprint("description", __name__)

QUERY = "application/sparql-query"

_DESCRIPTION_TYPES = DATA_TYPES | {"html": HTML}
_QUESTION_TYPES = {"html": HTML, "rq": QUERY, "txt": "text/plain"} | GRAPH_TYPES
_SPOKEN_OF_QUESTIONS = {k: v for k, v in SPOKEN_OF_GRAPHS.items() if k != "text/plain"}


@bp.get("/void")
@bp.get("/.well-known/void")
def description() -> Answer:
    """Send the description of the dataset (https://www.w3.org/TR/void/#well-known).

    A browser is led to the page of the graph that holds it.
    """
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    media = choose(_DESCRIPTION_TYPES, header, asked, SPOKEN_OF_GRAPHS)
    if media == HTML:
        return redirect(urls.local(DESCRIPTION.value), 303)
    return send(named_graph(store(), DESCRIPTION.value, media), media)


@bp.get("/query/<name>")
def question(name: str) -> Answer:
    """Send a question as a query or as statements, or a browser to its answer."""
    text, stated = example(store(), name)
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    media = choose(_QUESTION_TYPES, header, asked, _SPOKEN_OF_QUESTIONS)
    if media == HTML:
        return redirect(urls.query_path(text), 303)
    if media in GRAPH_TYPES.values():
        return send(stated, media)
    return Response(text, content_type=content_type(media))
