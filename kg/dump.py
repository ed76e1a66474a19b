"""The whole graph, or one named graph, as a file."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, Triple

from kg.errors import NotFound
from kg.formats import DATASETS, GRAPHS, GraphFormat, graph_format, write
from kg.store import Store

DUMPS = tuple(row.name for row in (*reversed(DATASETS), *GRAPHS))


def dump(store: Store, name: str, graph: str | None = None) -> bytes:
    """Write a build in a format of `DUMPS`, sorted, so that equal builds are equal files.

    A format for quads holds every graph, one for triples the default graph (all that is known).
    With `graph`, either holds that named graph alone; NotFound if there is no such graph.
    """
    form = graph_format(name)
    if form is None:
        raise NotFound(f"format called {name}", DUMPS)
    if graph is None:
        return _all(store, form)
    triples = store.graph(NamedNode(graph))
    if not triples:
        raise NotFound(f"graph <{graph}> in this build")
    if form in DATASETS:
        return write([_within(triple, NamedNode(graph)) for triple in triples], form)
    return write(triples, form)


def _all(store: Store, form: GraphFormat) -> bytes:
    if form in DATASETS:
        return write(sorted(store.quads(), key=_order), form)
    return write(sorted(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"), key=str), form)


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)


def _within(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
