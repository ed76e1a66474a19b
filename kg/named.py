"""The named graphs of a build, for those who want one alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, Triple

from kg.ask import panel
from kg.errors import NotFound
from kg.formats import DATASETS
from kg.load import SOURCES
from kg.store import Store
from kg.vocabulary import text


@lru_cache(maxsize=2)
def named_graphs(store: Store) -> frozenset[str]:
    """Return the IRIs of all named graphs that hold something."""
    return frozenset(text(row["graph"]) for row in store.select(panel("graphs")))


def named_graph(store: Store, iri: str, media_type: str) -> Sequence[Triple] | Sequence[Quad]:
    """Return the triples of a graph, or its quads if the media type writes quads.

    Raises NotFound if the graph holds nothing.
    """
    name = NamedNode(iri)
    triples = store.graph(name)
    if not triples:
        raise NotFound(f"graph <{iri}>")
    if all(row.media_type != media_type for row in DATASETS):
        return triples
    return [Quad(t.subject, t.predicate, t.object, name) for t in triples]


def sentence_data(store: Store, iri: str, media_type: str) -> Sequence[Triple] | Sequence[Quad]:
    """Return a sentence's record and what it supports, as triples or quads."""
    name = NamedNode(iri)
    record = store.select(panel("record"), sentence=name)
    quads = [Quad(name, row["property"], row["value"], SOURCES) for row in record]  # type: ignore[arg-type]
    quads += [Quad(t.subject, t.predicate, t.object, name) for t in store.graph(name)]
    if any(row.media_type == media_type for row in DATASETS):
        return quads
    return sorted({quad.triple for quad in quads}, key=str)
