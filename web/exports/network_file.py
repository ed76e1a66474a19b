"""A network as GraphML: its things as nodes, its ties as edges with their sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from kg.exports.graphml import GRAPHML, GraphEdge, GraphNode, write_graphml
from kg.exports.table import joined
from kg.model.prefixes import THING
from kg.network.network import Network
from kg.network.nodes import NetworkNode
from kg.network.ties import Tie
from kg.statements.edges import graphs_of
from kg.statements.sentences import sentences_by_iri
from kg.store.engine import QuadPattern
from kg.store.store import Store


def network_file(store: Store, network: Network) -> Response:
    """Return the nodes and ties of a network as a file."""
    nodes = [_node(node) for node in network.nodes]
    cited = tie_sentences(store, network)
    edges = [_edge(*pair) for pair in zip(network.ties, cited, strict=True)]
    response = Response(write_graphml(nodes, edges), content_type=GRAPHML)
    response.headers["Content-Disposition"] = 'attachment; filename="network.graphml"'
    return response


def _node(node: NetworkNode) -> GraphNode:
    attributes = {
        "label": node.thing.text,
        "iri": node.thing.iri,
        "kinds": joined(kind.text for kind in node.classes),
        "group": node.principal_class,
    }
    return GraphNode(node.slug, attributes)


def _edge(tie: Tie, sentences: Sequence[str]) -> GraphEdge:
    attributes = {
        "label": tie.property.text,
        "property": tie.property.iri,
        "support": tie.basis,
        "sentences": joined(sentences),
    }
    return GraphEdge(tie.source, tie.target, attributes)


def tie_sentences(store: Store, network: Network) -> list[list[str]]:
    """Return for each tie of a network the sentences that state it, in reading order."""
    ends = ((THING + t.source, t.property.iri, THING + t.target) for t in network.ties)
    patterns = [QuadPattern(*map(NamedNode, tie)) for tie in ends]
    graphs = map(graphs_of, store.quads_of_each(patterns))
    return [[iri for iri in sentences_by_iri(store) if iri in stating] for stating in graphs]
