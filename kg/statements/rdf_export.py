"""Parts of the graph as data: a thing, a source, a sentence, a named graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.model.errors import NotFound
from kg.model.formats import DATASETS
from kg.model.graphs import SOURCES, in_graph, is_claim_content
from kg.sparql.named_queries import page_query
from kg.store.dump import TooManyStatements
from kg.store.manifest import PAGES_QUADS
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.slugs import content_node, thing_node
from kg.terms.vocabulary import text

# A process takes about a kilobyte to write one, and 20 µs; there are 15,000 in a build of ours.
MOST_STATEMENTS = PAGES_QUADS

ExportedRDF: TypeAlias = Sequence[Triple] | Sequence[Quad]


@per_store
def graph_names(store: Store) -> frozenset[str]:
    """Return the IRIs of all named graphs that hold something."""
    return frozenset(text(row["graph"]) for row in store.select(page_query("graphs")))


def count_statements(store: Store, iri: str) -> int:
    """Count the statements of a graph, up to one more than `MOST_STATEMENTS`."""
    counted = _counted(store)
    if iri not in counted:
        counted[iri] = store.count(NamedNode(iri), MOST_STATEMENTS + 1)
    return counted[iri]


@per_store
def _counted(_: Store) -> dict[str, int]:
    return {}


def export_graph(store: Store, iri: str, media_type: str, *, alone: bool = False) -> ExportedRDF:
    """Return the triples of a graph, or its quads if the media type writes quads.

    `alone` leaves the default graph out of the quads. Raises NotFound if the graph holds nothing,
    TooManyStatements if it holds more than `MOST_STATEMENTS`.
    """
    if iri not in graph_names(store):
        raise NotFound(f"graph {iri}")
    if count_statements(store, iri) > MOST_STATEMENTS:
        raise TooManyStatements(MOST_STATEMENTS)
    return _data(_quads_of(store, NamedNode(iri)), media_type, alone=alone)


def export_thing(store: Store, slug: str, media_type: str) -> ExportedRDF:
    """Return what is said of a thing, of its parts and by others of it, with the others' names.

    Quads come with the records of the sentences cited, and with what the thing says if it is a
    claim; triples do not, for what is claimed must not be taken for what is stated.
    """
    node = thing_node(store, slug)
    found = {
        *_panel(store, node, "outgoing", ("thing", "property", "value")),
        *_panel(store, node, "incoming", ("subject", "property", "thing")),
        *_panel(store, node, "parts", ("part", "property", "value")),
        *_panel(store, node, "neighbours", ("other", "property", "name")),
    }
    if _writes_quads(media_type):
        graphs = {_name(quad.graph_name) for quad in found}
        found.update(quad for graph in graphs for quad in _records(store).get(graph, ()))
        found.update(_quads_of(store, content_node(slug)))
    return _data(found, media_type)


def export_claim_content(store: Store, slug: str, media_type: str) -> ExportedRDF:
    """Return what a claim says; NotFound if nothing of the kind is claimed."""
    thing_node(store, slug)
    return export_graph(store, content_node(slug).value, media_type)


def export_source(store: Store, iri: str, media_type: str) -> ExportedRDF:
    """Return what is on record about a document and its sentences."""
    records = _records(store)
    kept = (name for name in records if name == iri or name.startswith(iri + "/"))
    return _data((quad for name in kept for quad in records[name]), media_type)


def export_sentence(store: Store, iri: str, media_type: str) -> ExportedRDF:
    """Return a sentence's record and what it supports."""
    return _data([*_records(store).get(iri, ()), *_quads_of(store, NamedNode(iri))], media_type)


@per_store
def _records(store: Store) -> dict[str, list[Quad]]:
    """Gather what is on record about each document and sentence, and the parts named by it."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in _quads_of(store, SOURCES):
        found[_name(quad.subject).partition("#")[0]].append(quad)
    return dict(found)


def _panel(store: Store, node: NamedNode, name: str, columns: tuple[str, str, str]) -> list[Quad]:
    rows = store.select(page_query(name), thing=node)
    subject, property_, value = columns
    return [
        Quad(row[subject], row[property_], row[value], row["graph"])  # type: ignore[arg-type]
        for row in rows
    ]


def _quads_of(store: Store, graph: NamedNode) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, graph) for t in store.graph(graph)]


def _data(quads: Iterable[Quad], media_type: str, *, alone: bool = False) -> ExportedRDF:
    """Put quads in a steady order, graph by graph; for a format of triples leave the graphs out.

    As in a dump, quads stand in the graph that says them and, unless only a claim does, in the
    default graph: programs that follow links, such as Comunica, read the default graph alone.
    """
    named = set(quads)
    if not _writes_quads(media_type):
        return sorted({quad.triple for quad in named}, key=str)
    if not alone:
        stated = [quad.triple for quad in named if not is_claim_content(quad.graph_name)]
        named.update(in_graph(DefaultGraph(), triple) for triple in stated)
    return sorted(named, key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def _writes_quads(media_type: str) -> bool:
    return any(row.media_type == media_type for row in DATASETS)


def _name(node: Term | DefaultGraph) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)
