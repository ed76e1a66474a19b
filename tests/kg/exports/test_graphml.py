import io

import networkx as nx

from kg.exports.graphml import GraphEdge, GraphNode, write_graphml


def test_networkx_reads_what_was_written() -> None:
    nodes = [GraphNode(name, {"label": f"<{name}> & co"}) for name in ("a", "b")]
    edges = [GraphEdge("a", "b", {"property": "p"}), GraphEdge("a", "b", {"property": "q"})]
    graph = nx.read_graphml(io.BytesIO(write_graphml(nodes, edges)))
    assert graph.is_directed()
    assert dict(graph.nodes(data="label")) == {"a": "<a> & co", "b": "<b> & co"}
    assert sorted(data["property"] for _, _, data in graph.edges(data=True)) == ["p", "q"]


def test_what_xml_cannot_write_is_replaced() -> None:
    body = write_graphml([GraphNode("a", {"label": "x\x00y"})], [])
    assert nx.read_graphml(io.BytesIO(body)).nodes["a"]["label"] == "x\N{REPLACEMENT CHARACTER}y"


def test_a_network_of_nothing_can_be_read() -> None:
    assert len(nx.read_graphml(io.BytesIO(write_graphml([], [])))) == 0
