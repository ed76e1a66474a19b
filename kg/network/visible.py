"""The part of a network that a reader has not hidden."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.network.network import Network


def visible_part(
    network: Network, hidden: Collection[str], classes: Collection[str], only: str = ""
) -> Network:
    """Return a network without some nodes, by slug, and without those of some principal classes.

    With `only`, the slug of a node, nothing but that node and its neighbours is left. The focus
    always stays; whatever then has no tie is left out as well.
    """
    ends = [(tie.source, tie.target) for tie in network.ties]
    # An address may outlive a node: then `only` hides nothing.
    around = (
        {end for pair in ends if only in pair for end in pair} if only in network.names else None
    )
    slugs = {
        node.slug
        for node in network.nodes
        if node.slug in network.focus
        or (
            node.slug not in hidden
            and node.principal_class not in classes
            and (around is None or node.slug in around | {only})
        )
    }
    ties = tuple(tie for tie in network.ties if tie.source in slugs and tie.target in slugs)
    # What has lost its last tie would float unconnected in the drawing.
    tied = {end for tie in ties for end in (tie.source, tie.target)} | set(network.focus)
    return replace(network, nodes=tuple(n for n in network.nodes if n.slug in tied), ties=ties)
