"""Blank nodes on a remote engine: IRIs there, so that they can be asked for (RDF 1.1, 3.5).

An engine renames the blank nodes that it loads, and a name in an answer means nothing in the next
query. https://www.w3.org/TR/rdf11-concepts/#section-skolemization
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kg.model.prefixes import BASE
from kg.store.engine import Term

GENID = BASE + ".well-known/genid/"
_GENID = GENID.encode()


def skolemise(term: Term) -> Term:
    """Return the IRI of a blank node; any other term as it is.

    >>> str(skolemise(BlankNode("b1")))
    '<https://w3id.org/aide-memoire/.well-known/genid/b1>'
    """
    if isinstance(term, BlankNode):
        return NamedNode(GENID + term.value)
    if isinstance(term, Triple):
        return Triple(skolemise(term.subject), term.predicate, skolemise(term.object))  # type: ignore[arg-type]
    return term


def unskolemise(term: Term) -> Term:
    """Return the blank node that an IRI stands for; any other term as it is.

    >>> unskolemise(NamedNode(GENID + "b1"))
    <BlankNode value=b1>
    """
    if isinstance(term, NamedNode) and term.value.startswith(GENID):
        return BlankNode(term.value.removeprefix(GENID))
    if isinstance(term, Triple):
        return Triple(unskolemise(term.subject), term.predicate, unskolemise(term.object))  # type: ignore[arg-type]
    return term


def skolemised_quads(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads as a remote engine is to hold them."""
    for quad in quads:
        subject, value = skolemise(quad.subject), skolemise(quad.object)
        graph = quad.graph_name
        name = graph if isinstance(graph, DefaultGraph) else skolemise(graph)
        yield Quad(subject, quad.predicate, value, name)  # type: ignore[arg-type]


def unskolemise_json(body: bytes) -> bytes:
    """Return rows in JSON with blank nodes in place of the IRIs that stand for them."""
    # Few answers have any: looking for the bytes takes a hundredth of the parser's time.
    if _GENID not in body and _GENID.replace(b"/", b"\\/") not in body:
        return body
    answer = json.loads(body)
    for row in answer.get("results", {}).get("bindings", ()):
        for term in row.values():
            _unskolemise_value(term)
    return json.dumps(answer, ensure_ascii=False).encode()


def _unskolemise_value(term: dict[str, Any]) -> None:
    value = term["value"]
    if isinstance(value, dict):  # a quoted triple
        for part in value.values():
            _unskolemise_value(part)
    elif term["type"] == "uri" and value.startswith(GENID):
        term.update(type="bnode", value=value.removeprefix(GENID))
