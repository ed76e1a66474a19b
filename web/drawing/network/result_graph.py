"""The layout by what is shared: any graph spread over a form, with labels where there is room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import sqrt
from typing import NamedTuple

from kg.network.network import Network
from web.drawing.network.labels import place_labels
from web.drawing.network.layout import (
    FOCUS_SIZE,
    FORMS,
    MOST_NODES,
    Form,
    NetworkLayout,
    NodeLabel,
    PlacedNode,
    place_edges,
)
from web.drawing.network.spread import spread

# Half the width of a node: it grows with its edges, and is smaller where there are many nodes.
_SMALLEST, _SMALLEST_OF_MANY, _MANY = 5.0, 3.5, 60


class Position(NamedTuple):
    """Where a node of a graph stands, half its width, and its label."""

    x: float
    y: float
    size: float
    label: NodeLabel


def layout_graph(
    labels: Sequence[str],
    edges: Iterable[tuple[int, int]],
    form: Form,
    focus: Collection[int] = (),
) -> list[Position]:
    """Return the position of each node, by the order of its label; edges are pairs of numbers.

    Focus nodes get their labels first, then the nodes with the most edges.
    """
    pairs = set(edges)
    points = spread(len(labels), pairs, form)
    degrees = [0] * len(labels)
    for node in (end for pair in pairs for end in pair):
        degrees[node] += 1
    sizes = [FOCUS_SIZE if n in focus else _size(d, len(labels)) for n, d in enumerate(degrees)]
    order = sorted(range(len(labels)), key=lambda node: (node not in focus, -degrees[node], node))
    placed = place_labels(
        [labels[node] for node in order],
        [points[node] for node in order],
        [sizes[node] for node in order],
        form,
    )
    by_node = dict(zip(order, placed, strict=True))
    return [Position(*points[node], sizes[node], by_node[node]) for node in range(len(labels))]


def _size(degree: int, nodes: int) -> float:
    smallest = _SMALLEST_OF_MANY if nodes > _MANY else _SMALLEST
    return round(min(FOCUS_SIZE, smallest - 0.8 + 0.8 * sqrt(degree)), 1)


def layout_spread(
    network: Network, most: int = MOST_NODES, form: Form = FORMS["narrow"]
) -> NetworkLayout:
    """Spread the nodes of a network over a form: the focus, and at most `most` neighbours."""
    nodes = network.nodes[: len(network.focus) + most]
    numbers = {node.slug: number for number, node in enumerate(nodes)}
    edges = [
        (numbers[tie.source], numbers[tie.target])
        for tie in network.ties
        if tie.source in numbers and tie.target in numbers
    ]
    focus = [numbers[slug] for slug in network.focus]
    positions = layout_graph([node.thing.text for node in nodes], edges, form, focus)
    placed = [
        PlacedNode(node, position.x, position.y, position.label, position.size)
        for node, position in zip(nodes, positions, strict=True)
    ]
    return NetworkLayout(
        "spread",
        form.width,
        form.height,
        tuple(placed[number] for number in focus),
        tuple(placed[len(focus) :]),
        (),
        tuple(place_edges(network, placed)),
        len(network.nodes) - len(nodes),
    )
