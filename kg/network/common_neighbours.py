"""What ties several things together: ties to each other, and what each of them is tied to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.network.network import Network, NetworkNode
from kg.network.ties import Tie


@dataclass(frozen=True)
class CommonNeighbour:
    """A thing outside the middle and its ties to at least two in the middle."""

    node: NetworkNode
    ties: tuple[Tie, ...]


def direct_ties(found: Network) -> list[Tie]:
    """Return the ties among the things that a network is about."""
    return [t for t in found.ties if t.source in found.focus and t.target in found.focus]


def common_neighbours(found: Network) -> list[CommonNeighbour]:
    """Return what several of the things that a network is about have in common, the most first."""
    ties: dict[str, list[Tie]] = defaultdict(list)
    ends: dict[str, set[str]] = defaultdict(set)
    for t in found.ties:
        for here, there in ((t.source, t.target), (t.target, t.source)):
            if here in found.focus and there not in found.focus:
                ties[there].append(t)
                ends[there].add(here)
    nodes = [node for node in found.nodes if len(ends[node.slug]) > 1]
    nodes.sort(key=lambda node: -len(ends[node.slug]))
    return [CommonNeighbour(node, tuple(ties[node.slug])) for node in nodes]
