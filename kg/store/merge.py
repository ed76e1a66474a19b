"""The RDF merge of several default graphs: each triple once.

The engine returns a triple that stands in two of them twice; SPARQL asks for a merge
(https://www.w3.org/TR/sparql11-query/#specifyingDataset).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad


def merge_graphs(
    engine: pyoxigraph.Store, default_graphs: Iterable[str], named_graphs: Sequence[str]
) -> pyoxigraph.Store:
    """Return an engine whose default graph is the merge, with the named graphs beside it."""
    dataset = pyoxigraph.Store()
    # A graph that is named twice is read once.
    for iri in dict.fromkeys(default_graphs):
        dataset.extend(_moved(engine, iri, DefaultGraph()))
    for iri in dict.fromkeys(named_graphs):
        dataset.extend(_moved(engine, iri, NamedNode(iri)))
    return dataset


def _moved(engine: pyoxigraph.Store, iri: str, target: NamedNode | DefaultGraph) -> Iterator[Quad]:
    for quad in engine.quads_for_pattern(None, None, None, NamedNode(iri)):
        yield Quad(quad.subject, quad.predicate, quad.object, target)
