"""The dataset of a query, with the RDF merge of several default graphs: each triple once.

The engine returns a triple that stands in two of them twice; SPARQL asks for a merge
(https://www.w3.org/TR/sparql11-query/#specifyingDataset).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from kg.store.engine import DatasetNames


class ChosenDataset(NamedTuple):
    """The engine to ask, and the graphs to ask of it as the engine takes them; None is any."""

    engine: pyoxigraph.Store
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = None


def choose_dataset(
    engine: pyoxigraph.Store, stated: DatasetNames, of_query: Callable[[], DatasetNames]
) -> ChosenDataset:
    """Return the dataset that a request states, as default and named graphs; else the query's."""
    chosen = bool(stated[0] or stated[1])
    graphs = stated if chosen else of_query()
    named: list[NamedNode | BlankNode] = [NamedNode(iri) for iri in graphs[1]]
    if len(graphs[0]) > 1:
        return ChosenDataset(merge_graphs(engine, *graphs), [DefaultGraph()], named)
    # The engine reads what the query itself names.
    if not chosen:
        return ChosenDataset(engine)
    return ChosenDataset(engine, [NamedNode(iri) for iri in graphs[0]], named)


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
