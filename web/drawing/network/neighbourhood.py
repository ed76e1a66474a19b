"""The layout by relation: the focus in the middle, neighbours in a column at either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import sqrt
from typing import TypeAlias

from kg.network.network import NEIGHBOURS_BESIDE_PAGE, Network
from kg.network.nodes import NetworkNode
from kg.network.ties import take_in_turns
from web.drawing.lines import text_width, wrap_label
from web.drawing.network.layout import (
    FOCUS_SIZE,
    FORMS,
    LINE,
    Form,
    NetworkLayout,
    NodeLabel,
    PlacedNode,
    RelationLabel,
    place_edges,
)

_LEAST_HEIGHT = 110.0
# Lines to neighbours of one relation part at this share of the way to the nearest column.
_TRUNK = 0.6
# From the middle of a focus node to its upper edge, with some room.
_ABOVE = 14.0
# From a neighbour to its label, and what rows keep between them; a relation's label is so high.
_GAP, _BETWEEN, _RELATION = 10.0, 6.0, 14.0
# The label of a focus node: letters in a line, lines, and the width of a bold letter.
_FOCUS_LETTERS, _FOCUS_LINES, _BOLD = 13, 4, 7.4
# From a focus node to the first line of its label, and half of a neighbour's height.
_BELOW, _HALF = 22.0, 6.0

_Groups: TypeAlias = dict[str, list[NetworkNode]]


@dataclass(frozen=True)
class _Row:
    """A neighbour with its label in lines; the first of its relation has that above it."""

    node: NetworkNode
    lines: tuple[str, ...]
    relation: str
    first: bool

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + _BETWEEN + (_RELATION if self.first else 0)


def layout_by_relation(
    network: Network, most: int = NEIGHBOURS_BESIDE_PAGE, form: Form = FORMS["narrow"]
) -> NetworkLayout:
    """Place the focus in the middle, and at most `most` neighbours on an arc at either side.

    Neighbours stand together by relation, as it reads from the focus. Of every relation some are
    drawn; neighbours that several focus nodes share come first.
    """
    columns: tuple[list[_Row], list[_Row]] = ([], [])
    for groups in _bands(network, _chosen(network, most)):
        for column, rows in zip(columns, _halves(groups, form), strict=True):
            column.extend(rows)
    height = max(_LEAST_HEIGHT, _focus_height(network), *(_height(rows) for rows in columns))
    focus = _place_focus(network, height, form)
    placed = [
        _place_column(rows, side, height, focus, form)
        for rows, side in zip(columns, (-1, 1), strict=True)
    ]
    neighbours = tuple(one for column, _ in placed for one in column)
    return NetworkLayout(
        "sides",
        form.width,
        round(height, 1),
        focus,
        neighbours,
        tuple(one for _, relations in placed for one in relations),
        tuple(place_edges(network, [*focus, *neighbours])),
        len(network.nodes) - len(network.focus) - len(neighbours),
    )


def _relations(network: Network) -> Iterator[tuple[NetworkNode, str, int]]:
    """Yield each neighbour with a relation, as it reads from the focus, and that node's rank."""
    neighbours = {node.slug: node for node in network.nodes if node.slug not in network.focus}
    ranks = {slug: rank for rank, slug in enumerate(network.focus)}
    for t in network.ties:
        out, back = (t.source, t.target, t.property.text), (t.target, t.source, t.inverse)
        for start, end, label in (out, back):
            if start in ranks and end in neighbours:
                yield neighbours[end], label, ranks[start]


def _chosen(network: Network, most: int) -> set[NetworkNode]:
    """Choose the neighbours to draw."""
    groups: dict[str, list[NetworkNode]] = defaultdict(list)
    ends: dict[NetworkNode, set[int]] = defaultdict(set)
    for node, label, rank in _relations(network):
        groups[label].append(node)
        ends[node].add(rank)
    shared = [node for node, ranks in ends.items() if len(ranks) > 1]
    return set([*shared, *take_in_turns(groups.values(), len(ends), len(ends))][:most])


def _bands(network: Network, chosen: Collection[NetworkNode]) -> list[_Groups]:
    """Group the chosen neighbours by the mean rank of their focus nodes, top to bottom."""
    labels: dict[NetworkNode, str] = {}
    ends: dict[NetworkNode, set[int]] = defaultdict(set)
    for node, label, rank in _relations(network):
        labels.setdefault(node, label)
        ends[node].add(rank)
    bands: dict[float, _Groups] = defaultdict(lambda: defaultdict(list))
    for node, label in labels.items():
        if node in chosen:
            bands[sum(ends[node]) / len(ends[node])][label].append(node)
    return [bands[rank] for rank in sorted(bands)]


def _halves(groups: _Groups, form: Form) -> tuple[list[_Row], list[_Row]]:
    """Fill the left column and then the right, each with half of the height."""
    rows = [
        _Row(node, wrap_label(node.thing.text, form.letters), label, not at)
        for label, nodes in groups.items()
        for at, node in enumerate(nodes)
    ]
    half, left = _height(rows) / 2, 0
    while left < len(rows) and _height(rows[: left + 1]) <= half + rows[left].height / 2:
        left += 1
    right = rows[left:]
    return rows[:left], [replace(row, first=row.first or not at) for at, row in enumerate(right)]


def _height(rows: Iterable[_Row]) -> float:
    return sum(row.height for row in rows) + _BETWEEN


def _place_column(
    rows: Sequence[_Row], side: int, height: float, focus: Sequence[PlacedNode], form: Form
) -> tuple[list[PlacedNode], list[RelationLabel]]:
    nodes, relations = [], []
    anchor = "end" if side < 0 else "start"
    y = (height - _height(rows)) / 2 + _BETWEEN
    for row in rows:
        if row.first:
            x = form.width / 2 + side * (form.reach + form.bulge + _GAP)
            # Letters of a relation are smaller, so one line holds some more of them.
            text = wrap_label(row.relation, int(1.15 * form.letters), 1)[0]
            relations.append(RelationLabel(text, x, round(y + LINE - 3, 1), anchor))
            y += _RELATION
        middle = y + len(row.lines) * LINE / 2
        lift = 1 - (2 * middle / height - 1) ** 2
        arc = form.reach + form.bulge * sqrt(max(0.0, lift))
        x = form.width / 2 + side * max([arc, *(_beside(one, middle) for one in focus)])
        label = NodeLabel(row.lines, anchor, side * _GAP, 4 - (len(row.lines) - 1) * LINE / 2)
        placed = PlacedNode(row.node, round(x, 1), round(middle, 1), label, relation=row.relation)
        nodes.append(placed)
        y += len(row.lines) * LINE + _BETWEEN
    return list(_with_trunks(nodes, form.width / 2 + side * _TRUNK * form.reach)), relations


def _with_trunks(nodes: Iterable[PlacedNode], x: float) -> Iterator[PlacedNode]:
    """Yield the nodes of a column; where several have one relation, lines part at `x`."""
    for _, group in groupby(nodes, key=lambda one: one.relation):
        members = list(group)
        middle = sum(one.y for one in members) / len(members)
        trunk = (round(x, 1), round(middle, 1)) if len(members) > 1 else None
        yield from (replace(one, trunk=trunk) for one in members)


def _beside(focus: PlacedNode, y: float) -> float:
    """Return how far from the middle a neighbour beside the label of a focus node stands."""
    lines = focus.label.lines
    last = focus.y + _BELOW + (len(lines) - 1) * LINE
    if not focus.y + _BELOW - LINE - _HALF < y < last + _BETWEEN + _HALF:
        return 0.0
    return max(map(text_width, lines)) * _BOLD / 2 + _HALF + _BETWEEN


def _focus_height(network: Network) -> float:
    """Return the height that the focus nodes need, each with its label below it."""
    lines = [len(_focus_lines(network.names[slug].text)) for slug in network.focus]
    below = _BELOW + LINE * (max(lines, default=1) - 1) + _BETWEEN
    return max(2 * below, len(lines) * (below + _ABOVE))


def _focus_lines(text: str) -> tuple[str, ...]:
    return wrap_label(text, _FOCUS_LETTERS, _FOCUS_LINES)


def _place_focus(network: Network, height: float, form: Form) -> tuple[PlacedNode, ...]:
    nodes = {node.slug: node for node in network.nodes}
    step = height / len(network.focus) if network.focus else height
    return tuple(
        PlacedNode(
            nodes[slug],
            form.width / 2,
            round(step * (at + 0.5), 1),
            NodeLabel(_focus_lines(nodes[slug].thing.text), "middle", 0.0, _BELOW),
            FOCUS_SIZE,
        )
        for at, slug in enumerate(network.focus)
    )
