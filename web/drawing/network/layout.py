"""Where the nodes, edges and labels of a network stand: for the page's SVG and for its scripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.network.network import Network
from kg.network.nodes import NetworkNode
from web.request.bounds import LAYOUT_NODES


@dataclass(frozen=True)
class Form:
    """The room of a drawing, in pixels of a screen of its width; scripts scale it to any other.

    Columns of neighbours stand `reach` from the middle, `bulge` further half-way down; `letters`
    is the width of a label. `height` is that of a spread; columns are as high as they need.
    """

    width: float
    height: float
    reach: float
    bulge: float
    letters: int


# A telephone shows the first without scaling letters down; a desktop has room for whole names.
FORMS = {
    "narrow": Form(width=360.0, height=440.0, reach=40.0, bulge=16.0, letters=17),
    "wide": Form(width=880.0, height=500.0, reach=110.0, bulge=60.0, letters=36),
}
# More nodes than this are no drawing any more, and spreading them takes too long.
MOST_NODES = LAYOUT_NODES
# The size of a focus node and of any other: half its width.
FOCUS_SIZE, NODE_SIZE = 9.0, 5.5
# From one line of a label to the next.
LINE = 13.0


@dataclass(frozen=True)
class NodeLabel:
    """The lines of a node's name; the first begins at `dx`, `dy` from the node.

    `anchor` is the text-anchor of SVG. From a magnification of `zoom` on no other label is in the
    way: labels keep their size when a spread is magnified.
    """

    lines: tuple[str, ...]
    anchor: str
    dx: float
    dy: float
    zoom: float = 1.0

    @property
    def rows(self) -> list[tuple[str, float]]:
        """Return each line with how far below the node it stands."""
        return [(line, round(self.dy + at * LINE, 2)) for at, line in enumerate(self.lines)]


@dataclass(frozen=True)
class PlacedNode:
    """A node at its position; `relation` is what ties it to the focus.

    Lines from the focus to the nodes of a relation are one as far as its `trunk`, if it has one.
    """

    node: NetworkNode
    x: float
    y: float
    label: NodeLabel
    size: float = NODE_SIZE
    relation: str = ""
    trunk: tuple[float, float] | None = None


@dataclass(frozen=True)
class RelationLabel:
    """The relation of the nodes below it in a column, as it reads from the focus."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class PlacedEdge:
    """One line for all ties of a pair of nodes; `directed` if all of them go from start to end.

    In columns it leads through `by`, where it parts from the other lines of its relation.
    """

    start: PlacedNode
    end: PlacedNode
    support: str
    directed: bool

    @property
    def by(self) -> tuple[float, float] | None:
        """Return the place where the line parts from those of its relation, if it does."""
        return self.start.trunk or self.end.trunk

    @property
    def points(self) -> str:
        """Return the points of the line as SVG has them."""
        places = ((self.start.x, self.start.y), self.by, (self.end.x, self.end.y))
        return " ".join(f"{place[0]:g},{place[1]:g}" for place in places if place)


@dataclass(frozen=True)
class NetworkLayout:
    """Everything at its position; `left_out` counts the neighbours that are not drawn."""

    name: str
    width: float
    height: float
    focus: tuple[PlacedNode, ...]
    neighbours: tuple[PlacedNode, ...]
    relations: tuple[RelationLabel, ...]
    edges: tuple[PlacedEdge, ...]
    left_out: int

    @property
    def nodes(self) -> tuple[PlacedNode, ...]:
        """Return all nodes that are drawn, those of the focus last: they are drawn on top."""
        return (*self.neighbours, *self.focus)


def place_edges(network: Network, nodes: Iterable[PlacedNode]) -> Iterator[PlacedEdge]:
    """Yield one edge for each pair of placed nodes with ties: stated if any of them is."""
    placed = {one.node.slug: one for one in nodes}
    pairs = defaultdict(list)
    for tie in network.ties:
        if tie.source in placed and tie.target in placed:
            pairs[min(tie.source, tie.target), max(tie.source, tie.target)].append(tie)
    for ties in pairs.values():
        inferred = all(tie.basis == "inferred" for tie in ties)
        yield PlacedEdge(
            placed[ties[0].source],
            placed[ties[0].target],
            "inferred" if inferred else "stated",
            len({tie.source for tie in ties}) == 1,
        )
