"""The complete graph, or one named graph, as a file."""

from __future__ import annotations

import difflib

from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.model.errors import LimitReached, NotFound, SizeLimit
from kg.model.formats import DATASETS, GRAPHS, GraphFormat, graph_format, write
from kg.model.named_graphs import in_graph
from kg.model.prefixes import shorten
from kg.store.store import Store

DUMPS = tuple(row.name for row in (*reversed(DATASETS), *GRAPHS))


class TooManyStatements(SizeLimit):
    """There are more statements than a server writes as one file."""

    unit = "statements"

    def __init__(self, limit: int) -> None:
        """Record the limit in statements."""
        LimitReached.__init__(
            self,
            limit,
            f"there are more than {limit:,} statements, the most that are sent as one file; page "
            "through them with a query, or have them from the server's owner, who writes them with "
            "kg dump",
        )


def dump_graphs(store: Store, name: str, graph: str | None = None) -> bytes:
    """Write a build in a format of `DUMPS`, sorted, so that equal builds are equal files.

    A format for quads holds every graph, one for triples the default graph.
    With `graph`, either holds that named graph alone; NotFound if there is no such graph.
    """
    form = graph_format(name)
    if form is None:
        raise NotFound(f"format called {name}", DUMPS)
    if graph is None:
        return _all(store, form)
    name_of = _graph(store, graph)
    triples = store.graph(name_of)
    if form in DATASETS:
        return write([in_graph(name_of, triple) for triple in triples], form)
    return write(triples, form)


def _graph(store: Store, name: str) -> NamedNode:
    names = {shorten(g.value): g for g in store.graphs()} | {g.value: g for g in store.graphs()}
    graph = names.get(name) or names.get(name.strip("<>"))
    if graph is None:
        similar = difflib.get_close_matches(name, names, n=1)
        raise NotFound(f"graph {name} in this build", similar)
    return graph


def _all(store: Store, form: GraphFormat) -> bytes:
    if form.engine == RdfFormat.N_QUADS:
        # By lines, as in RDFC-1.0: the dump of a build is the file whose hash its release has.
        return b"".join(sorted(write(store.quads(), form).splitlines(keepends=True)))
    if form in DATASETS:
        return write(sorted(store.quads(), key=_order), form)
    return write(sorted(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"), key=str), form)


def _order(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad)
