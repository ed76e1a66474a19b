"""Networks as GraphML (http://graphml.graphdrawing.org/specification.html)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kg.model.syntaxes.xml import NOT_XML

GRAPHML = "application/graphml+xml"

_SPACE = "http://graphml.graphdrawing.org/xmlns"


@dataclass(frozen=True)
class GraphNode:
    """A node by its identifier, with attributes; all nodes have the same ones."""

    id: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class GraphEdge:
    """An edge from node to node, with attributes; all edges have the same ones."""

    source: str
    target: str
    attributes: Mapping[str, str]


def write_graphml(nodes: Sequence[GraphNode], edges: Sequence[GraphEdge]) -> bytes:
    """Write a directed graph; every attribute is a text."""
    root = ET.Element("graphml", {"xmlns": _SPACE})
    graph = ET.Element("graph", {"edgedefault": "directed"})
    for kind, items in (("node", nodes), ("edge", edges)):
        for name in items[0].attributes if items else ():
            key = {"id": _key(kind, name), "for": kind}
            ET.SubElement(root, "key", {**key, "attr.name": name, "attr.type": "string"})
    root.append(graph)
    for node in nodes:
        _add(graph, "node", {"id": node.id}, node.attributes)
    for edge in edges:
        _add(graph, "edge", {"source": edge.source, "target": edge.target}, edge.attributes)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(
    graph: ET.Element, kind: str, places: Mapping[str, str], attributes: Mapping[str, str]
) -> None:
    element = ET.SubElement(graph, kind, dict(places))
    for name, value in attributes.items():
        ET.SubElement(element, "data", {"key": _key(kind, name)}).text = _writable(value)


def _key(kind: str, name: str) -> str:
    return f"{kind}-{name}"


def _writable(value: str) -> str:
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
