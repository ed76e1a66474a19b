"""The network explorer: the ties around things, drawn, listed and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kg.index.folding import fold
from kg.lists.search import SearchHit, search_things
from kg.model.errors import NotFound
from kg.model.prefixes import TERM, THING
from kg.network.common_neighbours import common_neighbours, direct_ties
from kg.network.network import (
    Network,
    NetworkNode,
    Relation,
    best_connected,
    network_of,
    principal_classes,
)
from kg.network.paths import NetworkPath, shortest_path
from kg.network.ties import Tie
from kg.sparql.named_queries import page_query
from kg.terms.slugs import similar_terms
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.drawing.neighbourhood import layout
from web.request.negotiate import HTML
from web.request.offers import wanted
from web.serving.graph import store

bp = Blueprint("network", __name__)
bp.add_app_template_filter(layout)
bp.add_app_template_filter(common_neighbours)
bp.add_app_template_filter(direct_ties)

# Each thing that the network is about costs as much as a page.
MOST = 12

_FOUND = 12


@bp.get("/network")
def show() -> Answer:
    """Show the ties around the things that the address names, or things to start from."""
    if wanted() != HTML:
        return data()
    focus, asked = _focus(), request.args.get("find", "").strip()
    hits = search_things(store(), asked, _FOUND).hits if asked else ()
    meant = _meant(hits, asked)
    if meant:
        return redirect(_with(meant), 303)
    found = network_of(store(), focus, _relations())
    offered = [] if focus else best_connected(store())
    page = render_template(
        "network.html",
        found=found,
        chosen=[relation for relation in found.relations if relation.name in _relations()],
        groups=principal_classes(store()),
        asked=asked,
        hits=hits,
        between=_between(found),
        question=_question(found),
        starts=offered,
        example=network_of(store(), [offered[0][0].slug]) if offered else None,
        most=MOST if len(_asked()) > MOST else 0,
    )
    return make_response(page)


@bp.get("/network.json")
def data() -> Answer:
    """Send the ties around the things that the address names."""
    found = network_of(store(), _focus(), _relations())
    return jsonify(
        focus=found.focus,
        nodes=[_node(node) for node in found.nodes],
        edges=[_edge(tie) for tie in found.ties],
        relations=[_relation(relation) for relation in found.relations],
        rest=[vars(rest) for rest in found.rest],
    )


def _between(found: Network) -> NetworkPath | None:
    """Return the way between the two things in the middle that nothing else ties together."""
    if len(found.focus) != 2 or direct_ties(found) or common_neighbours(found):
        return None
    return shortest_path(store(), *found.focus, _relations())


def _asked() -> list[str]:
    names = (name.strip().removeprefix(THING) for name in request.args.getlist("focus"))
    return list(dict.fromkeys(name for name in names if name))


def _focus() -> list[str]:
    return _asked()[:MOST]


def _relations() -> list[str]:
    """Return the relations chosen; NotFound for a term of ours that is no property."""
    names = [name for name in request.args.getlist("relation") if name]
    known = read_vocabulary(store()).properties
    for name in names:
        if ":" not in name and TERM + name not in known:
            raise NotFound(f"relation called {name}", similar_terms(known, name), name)
    return names


def _meant(hits: Iterable[SearchHit], asked: str) -> str:
    """Return the slug of the only thing called as asked, if there is one."""
    exact = [hit for hit in hits if fold(hit.name) == fold(asked)]
    return exact[0].item.thing.iri.removeprefix(THING) if len(exact) == 1 else ""


def _with(slug: str) -> str:
    """Return the address asked for with one thing more, and nothing to find."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "find"]
    return "/network?" + urlencode([*kept, ("focus", slug)])


def _question(found: Network) -> str:
    """Return the path of the question behind the page, for its things and relations."""
    things = [THING + slug for slug in found.focus]
    chosen = [known.term.iri for known in found.relations if known.name in _relations()]
    if chosen:
        rows = " ".join(f"(<{one}> <{iri}>)" for one, iri in product(things, chosen))
        values = f"VALUES (?thing ?property) {{ {rows} }}"
    else:
        values = f"VALUES ?thing {{ {' '.join(f'<{one}>' for one in things)} }}"
    return urls.query_path(f"{page_query('neighbourhood').rstrip()}\n{values}\n")


def _node(node: NetworkNode) -> dict[str, object]:
    return {
        "id": node.slug,
        "iri": node.thing.iri,
        "label": node.thing.text,
        "lang": node.thing.language,
        "status": node.thing.status,
        "kinds": [kind.text for kind in node.classes],
        "group": node.principal_class,
        "page": urls.local_path(node.thing.iri),
    }


def _edge(tie: Tie) -> dict[str, object]:
    return {
        "source": tie.source,
        "target": tie.target,
        "property": tie.property.iri,
        "label": tie.property.text,
        "about": urls.href(tie.property.iri),
        "inverse": tie.inverse,
        "support": tie.basis,
        "relations": sorted(tie.relations),
    }


def _relation(relation: Relation) -> dict[str, object]:
    return {
        "name": relation.name,
        "iri": relation.term.iri,
        "label": relation.term.text,
        "count": relation.count,
        "more": relation.more,
        "wider": relation.wider,
    }
