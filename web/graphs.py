"""Named graphs as data: the ontology, the entities, the links, what is inferred."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request
from pyoxigraph import Quad, Triple
from werkzeug.wrappers import Response as Answer

from kg.errors import NotFound
from kg.formats import graph_format, write
from kg.named import named_graph, named_graphs, sentence_data
from kg.prefixes import GRAPH
from web.graph import store
from web.negotiate import DATA_TYPES, SPOKEN_OF_GRAPHS, choose

bp = Blueprint("graphs", __name__)


@bp.get("/graph/<name>")
def graph(name: str) -> Answer:
    """Send one of the graphs that make up the whole; a browser gets Turtle."""
    if GRAPH + name not in named_graphs(store()):
        known = [iri.removeprefix(GRAPH) for iri in named_graphs(store()) if iri.startswith(GRAPH)]
        raise NotFound(f"graph called {name}", known)
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    return send_graph(GRAPH + name, choose(DATA_TYPES, header, asked, SPOKEN_OF_GRAPHS))


def send_graph(iri: str, media: str) -> Response:
    """Answer with the statements of one named graph; NotFound if it is empty."""
    return send(named_graph(store(), iri, media), media)


def send_sentence(iri: str, media: str) -> Response:
    """Answer with a sentence's record and what it supports."""
    return send(sentence_data(store(), iri, media), media)


def send(statements: Sequence[Triple] | Sequence[Quad], media: str) -> Response:
    """Answer with statements in a media type of `kg.formats`, for everybody."""
    form = graph_format(media)
    if form is None:
        raise NotFound(f"format for {media}")
    answer = Response(write(statements, form), content_type=f"{media}; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.vary.add("Accept")
    return answer
