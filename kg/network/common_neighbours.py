"""What ties several things together: ties between them, and neighbours that they share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.network.network import Network
from kg.network.nodes import NetworkNode
from kg.network.ties import Tie


@dataclass(frozen=True)
class CommonNeighbour:
    """A thing outside the focus, and its ties to at least two things of the focus."""

    node: NetworkNode
    ties: tuple[Tie, ...]


def direct_ties(network: Network) -> list[Tie]:
    """Return the ties among the things of the focus."""
    focus = network.focus
    return [tie for tie in network.ties if tie.source in focus and tie.target in focus]


def common_neighbours(network: Network) -> list[CommonNeighbour]:
    """Return the neighbours that several things of the focus share, those of most things first."""
    ties: dict[str, list[Tie]] = defaultdict(list)
    sharing: dict[str, set[str]] = defaultdict(set)
    for tie in network.ties:
        for inner, outer in ((tie.source, tie.target), (tie.target, tie.source)):
            if inner in network.focus and outer not in network.focus:
                ties[outer].append(tie)
                sharing[outer].add(inner)
    # The order of the nodes decides between neighbours that share as much.
    nodes = [node for node in network.nodes if len(sharing[node.slug]) > 1]
    nodes.sort(key=lambda node: -len(sharing[node.slug]))
    return [CommonNeighbour(node, tuple(ties[node.slug])) for node in nodes]
