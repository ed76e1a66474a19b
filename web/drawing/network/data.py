"""A network and its layout as JSON: the positions of the page's SVG, for scripts to move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.network.network import Network
from kg.network.nodes import NetworkNode
from kg.network.relations import Relation
from kg.network.ties import Tie
from web import urls
from web.drawing.network.layout import NetworkLayout, NodeLabel, PlacedEdge, RelationLabel
from web.drawing.network.result_graph import Position


def network_data(
    network: Network,
    visible: Network,
    layout: NetworkLayout,
    sentences: Sequence[Sequence[str]] | None = None,
) -> dict[str, object]:
    """Return the visible part of a network as JSON; nodes that are drawn have positions.

    `groups` counts the nodes of each principal class before anything is hidden. With `sentences`,
    those of each tie, every edge has its own.
    """
    edges = [_tie(tie) for tie in visible.ties]
    for edge, cited in zip(edges, sentences or (), strict=sentences is not None):
        edge["sentences"] = cited
    placed = {one.node.slug: Position(one.x, one.y, one.size, one.label) for one in layout.nodes}
    return {
        "directed": True,
        "focus": visible.focus,
        "nodes": [_node(node, placed.get(node.slug)) for node in visible.nodes],
        "edges": edges,
        "relations": [_relation(relation) for relation in visible.relations],
        "rest": [vars(rest) for rest in visible.rest],
        "groups": Counter(node.principal_class for node in network.nodes),
        "layout": _drawing(layout),
    }


def _drawing(layout: NetworkLayout) -> dict[str, object]:
    return {
        "name": layout.name,
        "width": layout.width,
        "height": layout.height,
        "lines": [_line(edge) for edge in layout.edges],
        "headings": [_heading(heading) for heading in layout.relations],
        "left_out": layout.left_out,
    }


def graph_data(positions: Iterable[Position], width: float, height: float) -> dict[str, object]:
    """Return the positions of the nodes of a graph, in their order, and the size of the drawing."""
    return {"width": width, "height": height, "nodes": [_position(one) for one in positions]}


def _position(position: Position) -> dict[str, object]:
    name = _label(position.label)
    return {"x": position.x, "y": position.y, "size": position.size, "name": name}


def _label(label: NodeLabel) -> dict[str, object]:
    return {"rows": label.rows, "anchor": label.anchor, "dx": label.dx, "zoom": label.zoom}


def _node(node: NetworkNode, position: Position | None) -> dict[str, object]:
    return {
        "id": node.slug,
        "iri": node.thing.iri,
        "label": node.thing.text,
        "lang": node.thing.language,
        "status": node.thing.status,
        "kinds": [kind.text for kind in node.classes],
        "group": node.principal_class,
        "page": urls.local_path(node.thing.iri),
        **(_position(position) if position else {}),
    }


def _tie(tie: Tie) -> dict[str, object]:
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


def _line(edge: PlacedEdge) -> dict[str, object]:
    return {
        "source": edge.start.node.slug,
        "target": edge.end.node.slug,
        "support": edge.support,
        "directed": edge.directed,
        "by": edge.by,
    }


def _heading(heading: RelationLabel) -> dict[str, object]:
    return {"text": heading.text, "x": heading.x, "y": heading.y, "anchor": heading.anchor}
