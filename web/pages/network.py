"""The network explorer: the ties around things, drawn, listed and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.exports.graphml import GRAPHML
from kg.lists.search import SearchHit, exact_matches, search_things
from kg.model.errors import NotFound
from kg.model.prefixes import TERM, THING
from kg.network.common_neighbours import common_neighbours, direct_ties
from kg.network.network import Network, best_connected, network_of
from kg.network.nodes import principal_classes
from kg.network.paths import NetworkPath, shortest_path
from kg.network.visible import visible_part
from kg.sparql.named_queries import page_query
from kg.terms.slugs import similar_terms
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.drawing.network.data import graph_data, network_data
from web.drawing.network.layout import FORMS, MOST_NODES, NetworkLayout
from web.drawing.network.neighbourhood import layout_by_relation
from web.drawing.network.result_graph import layout_graph, layout_spread
from web.exports.network_file import network_file, tie_sentences
from web.exports.pictures.drawings import network_picture
from web.exports.pictures.picture import picture_response
from web.request.bounds import LAYOUT_EDGES, LAYOUT_LABEL
from web.request.negotiate import HTML
from web.request.offered_types import JSON, wanted
from web.request.query_string import read_choice
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("network", __name__)
bp.add_app_template_filter(layout_by_relation)
bp.add_app_template_filter(common_neighbours)
bp.add_app_template_filter(direct_ties)

# Each thing that the network is about costs as much as a page.
MOST_FOCUS = 12
# Around more things than this, columns by relation mix too many relations to be read.
_SIDES = 3
_HITS = 12
# What links and forms of the page carry on besides the things and the relations.
_CARRIED = ("hide", "without", "only", "layout", "form")
# No part of an IRI in SPARQL (IRIREF): a slug with one of these names nothing.
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@bp.get("/network")
def show() -> Response:
    """Show the ties around the things that the address names, or things to start from."""
    if wanted() != HTML:
        return _file()
    name = request.args.get("find", "").strip()
    hits = search_things(store(), name, _HITS).hits if name else ()
    exact = _exact_match(hits, name)
    # 303, because the answer to a form is another page (RFC 9110, 15.4.4).
    if exact:
        return redirect(_with_focus(exact), 303)
    network = network_of(store(), _focus(), _relations())
    visible = _visible(network)
    page = render_template(
        "network.html",
        network=visible,
        drawing=_layout(visible) if network.focus else None,
        chosen=[relation for relation in network.relations if relation.name in _relations()],
        groups=principal_classes(store()),
        name=name,
        hits=hits,
        path=_path(network),
        query=_query(visible),
        most=MOST_FOCUS if len(_named()) > MOST_FOCUS else 0,
        carried=[(key, value) for key, value in request.args.items(multi=True) if key in _CARRIED],
        hiding=any(request.args.get(key) for key in ("hide", "without", "only")),
        **({} if network.focus else _starts()),
    )
    return make_response(page)


@bp.get("/network.json")
def data(*, cited: bool = False) -> Response:
    """Send the ties around the things that the address names, and where they are drawn.

    With `cited` each has its sentences, which the drawing does not need.
    """
    network = network_of(store(), _focus(), _relations())
    visible = _visible(network)
    sentences = tie_sentences(store(), visible) if cited else None
    return jsonify(network_data(network, visible, _layout(visible), sentences))


def _file() -> Response:
    """Return the network as JSON, GraphML or a picture; 400 for a picture of nothing."""
    if wanted() == JSON:
        return data(cited=True)
    network = network_of(store(), _focus(), _relations())
    if wanted() == GRAPHML:
        return network_file(store(), _visible(network))
    if not network.focus:
        raise BadRequest("there is nothing to draw: name a thing, such as focus=japan")
    visible = _visible(network)
    drawing = _layout(visible, ("wide", "narrow"))
    picture = network_picture(drawing, principal_classes(store()), visible.centre)
    return picture_response(picture, wanted())


@bp.post("/network/layout")
def lay_out() -> Response:
    """Send positions for the nodes of a graph that the client has, such as a query's result.

    The body is JSON: `labels` of the nodes, `edges` as pairs of their numbers, and a `form`.
    """
    labels, edges, form = _read_graph(request.get_json(silent=True))
    positions = layout_graph(labels, edges, FORMS[form])
    return jsonify(graph_data(positions, FORMS[form].width, FORMS[form].height))


def _read_graph(body: Any) -> tuple[list[str], list[tuple[int, int]], str]:
    """Return the labels, edges and form of a graph in JSON; 400 says what is wrong with it."""
    if not isinstance(body, dict):
        raise BadRequest("send the graph as a JSON object with labels, edges and form")
    labels, edges, form = body.get("labels"), body.get("edges"), body.get("form", "wide")
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        raise BadRequest("labels is a list of strings, one for each node")
    if len(labels) > MOST_NODES or max(map(len, labels), default=0) > LAYOUT_LABEL:
        raise BadRequest(f"at most {MOST_NODES} labels of {LAYOUT_LABEL} characters are laid out")
    if not isinstance(edges, list) or not all(_is_edge(edge, len(labels)) for edge in edges):
        raise BadRequest("edges is a list of pairs of numbers of nodes, counted from 0")
    if len(edges) > LAYOUT_EDGES:
        raise BadRequest(f"at most {LAYOUT_EDGES:,} edges are laid out")
    if not isinstance(form, str) or form not in FORMS:
        raise BadRequest(f"form is {' or '.join(FORMS)}")
    return labels, [(start, end) for start, end in edges], form


def _is_edge(pair: object, nodes: int) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        # Not isinstance(): true is an int in Python, and no number in JSON.
        and all(type(end) is int and 0 <= end < nodes for end in pair)
    )


def _starts() -> dict[str, object]:
    """Return things to start from, and the network around the first as an example."""
    starts = best_connected(store())
    return {
        "starts": starts,
        "example": network_of(store(), [starts[0][0].slug]) if starts else None,
    }


def _visible(network: Network) -> Network:
    """Return what the address does not hide of a network."""
    hidden, classes = (request.args.getlist(name) for name in ("hide", "without"))
    return visible_part(network, hidden, classes, request.args.get("only", ""))


def _layout(network: Network, forms: Sequence[str] = tuple(FORMS)) -> NetworkLayout:
    """Lay a network out as the address says: by relation, or spread by what is shared.

    Where it names no form, the first of `forms` is taken.
    """
    names = ("sides", "spread") if len(network.focus) <= _SIDES else ("spread", "sides")
    form = FORMS[read_choice("form", forms)]
    if read_choice("layout", names) == "sides":
        return layout_by_relation(network, MOST_NODES, form)
    return layout_spread(network, MOST_NODES, form)


def drawn_network() -> tuple[Network, NetworkLayout | None]:
    """Return the network that the address names, and its drawing if there is something in it."""
    network = _visible(network_of(store(), _focus(), _relations()))
    return network, _layout(network) if network.focus else None


def _path(network: Network) -> NetworkPath | None:
    """Return a path between two focus nodes that nothing else ties together."""
    # A path costs up to 80 neighbourhoods (`kg.network.paths`): not where a closer tie is shown.
    if len(network.focus) != 2 or direct_ties(network) or common_neighbours(network):
        return None
    return shortest_path(store(), *network.focus, _relations())


def _named() -> list[str]:
    names = (name.strip().removeprefix(THING) for name in request.args.getlist("focus"))
    return list(dict.fromkeys(name for name in names if name))


def _focus() -> list[str]:
    return _named()[:MOST_FOCUS]


def _relations() -> list[str]:
    """Return the relations chosen; NotFound for a term of ours that is no property."""
    names = [name for name in request.args.getlist("relation") if name]
    properties = read_vocabulary(store()).properties
    for name in names:
        # Prefixed names are of other ontologies, whose terms a build does not list.
        if ":" not in name and TERM + name not in properties:
            raise NotFound(f"relation called {name}", similar_terms(properties, name), name)
    return names


def _exact_match(hits: Iterable[SearchHit], name: str) -> str:
    """Return the slug of the only thing with exactly this name; empty if there is none."""
    # Several things may share a name: then the reader chooses.
    exact = exact_matches(hits, name)
    return exact[0].item.thing.iri.removeprefix(THING) if len(exact) == 1 else ""


def _with_focus(slug: str) -> str:
    """Return the current address with one focus more, and no name to find."""
    arguments = [(key, value) for key, value in request.args.items(multi=True) if key != "find"]
    return f"{root_path().pages}/network?{urlencode([*arguments, ('focus', slug)])}"


def _query(network: Network) -> str:
    """Return the path of the query behind the page: its things, relations and what is hidden."""
    things = [THING + slug for slug in network.focus]
    chosen = [relation.term.iri for relation in network.relations if relation.name in _relations()]
    if chosen:
        rows = " ".join(f"(<{thing}> <{iri}>)" for thing, iri in product(things, chosen))
        values = f"VALUES (?thing ?property) {{ {rows} }}"
    else:
        values = f"VALUES ?thing {{ {' '.join(f'<{thing}>' for thing in things)} }}"
    # The page query is for one thing; filters go inside its WHERE, values behind it.
    pattern = page_query("neighbourhood").rstrip().removesuffix("}")
    return urls.query_path(f"{pattern}{''.join(_filters())}}}\n{values}\n")


def _filters() -> Iterable[str]:
    """Yield the lines of the query that leave out what the address hides."""
    hidden = [slug for slug in request.args.getlist("hide") if not _UNSAFE.search(slug)]
    if hidden:
        yield f"  FILTER(?other NOT IN ({', '.join(f'<{THING}{slug}>' for slug in hidden)}))\n"
    classes = {value.iri.removeprefix(TERM) for value in principal_classes(store())}
    for name in request.args.getlist("without"):
        if name in classes:
            yield f"  FILTER NOT EXISTS {{ ?other a <{TERM}{name}> }}\n"
