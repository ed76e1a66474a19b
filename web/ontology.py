"""The ontology: a reference to read, or the OWL itself."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kg.documentation import documentation
from kg.errors import NotFound
from kg.prefixes import GRAPH
from web.graph import store
from web.graphs import send_graph
from web.negotiate import DATA_TYPES, HTML, PAGE_TYPES, SPOKEN_OF_GRAPHS, choose

bp = Blueprint("ontology", __name__)

_GRAPH = GRAPH + "ontology"


@bp.get("/ontology")
def show() -> Answer:
    """Show the reference to a reader, send the graph to a program."""
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    media = choose(PAGE_TYPES, header, asked, SPOKEN_OF_GRAPHS)
    if media != HTML:
        return send_graph(_GRAPH, media)
    page = render_template("ontology.html", ontology=documentation(store()), formats=DATA_TYPES)
    answer = Response(page)
    answer.vary.add("Accept")
    return answer


@bp.get("/ontology.<extension>")
def data(extension: str) -> Answer:
    """Send the ontology in the format of the extension."""
    if extension not in DATA_TYPES:
        raise NotFound(f"ontology as {extension}; the formats are {', '.join(DATA_TYPES)}")
    return send_graph(_GRAPH, DATA_TYPES[extension])


@bp.get("/ontology/<name>")
def term(name: str) -> Answer:
    """Send a client that wrote a slash for the hash to the term's place in the reference."""
    return redirect(f"/ontology#{name}", 301)
