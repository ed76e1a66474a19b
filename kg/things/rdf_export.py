"""RDF to download: of a thing, a claim's content, a source, a sentence or a named graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.index.statement_keys import statement_key
from kg.model.errors import NotFound
from kg.model.formats import DATASETS
from kg.model.named_graphs import SOURCES, in_graph, is_claim_content
from kg.model.prefixes import STATEMENT, node
from kg.sparql.named_queries import page_query
from kg.statements.sentences import sentences_by_iri
from kg.store.dump import TooManyStatements
from kg.store.manifest import PAGES_QUADS
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.slugs import content_node, thing_node

# Serialising takes about a kilobyte of memory and 20 µs per statement; a build of ours has 15,000.
MOST_STATEMENTS = PAGES_QUADS

ExportedRDF: TypeAlias = Sequence[Triple] | Sequence[Quad]


@per_store
def graph_names(store: Store) -> frozenset[str]:
    """Read the IRIs of all named graphs that are not empty."""
    return frozenset(graph.value for graph in store.graphs())


def count_statements(store: Store, iri: str) -> int:
    """Count the statements of a graph, up to one more than `MOST_STATEMENTS`."""
    counts = _counts(store)
    # Cached: counting reads every statement up to the limit, at each request for the graph.
    if iri not in counts:
        counts[iri] = store.count(NamedNode(iri), MOST_STATEMENTS + 1)
    return counts[iri]


@per_store
def _counts(_: Store) -> dict[str, int]:
    return {}


def export_graph(store: Store, iri: str, media_type: str, *, alone: bool = False) -> ExportedRDF:
    """Return the triples of a graph, or its quads for a media type of datasets.

    `alone` leaves the default graph out of the quads. Raises NotFound if the graph is empty,
    TooManyStatements if it has more than `MOST_STATEMENTS`.
    """
    if iri not in graph_names(store):
        raise NotFound(f"graph {iri}")
    if count_statements(store, iri) > MOST_STATEMENTS:
        raise TooManyStatements(MOST_STATEMENTS)
    return _arrange(_graph_quads(store, NamedNode(iri)), media_type, alone=alone)


def export_thing(store: Store, slug: str, media_type: str) -> ExportedRDF:
    """Return the statements from and to a thing and its parts, with the names of other things.

    Quads stand in the graphs of the sentences that state them, with the records of these and, if
    the thing is a claim, with the claim's content. Triples have no graph, so that each one cited
    comes with its description (`rdf:Statement`, `prov:wasDerivedFrom` a sentence), and without the
    claim's content, for a reader could not tell claimed from stated ones.
    """
    thing = thing_node(store, slug)
    quads = {
        *_select_quads(store, thing, "outgoing", ("thing", "property", "value")),
        *_select_quads(store, thing, "incoming", ("subject", "property", "thing")),
        *_select_quads(store, thing, "parts", ("part", "property", "value")),
        *_select_quads(store, thing, "neighbours", ("other", "property", "name")),
    }
    if _has_quads(media_type):
        graphs = {_iri(quad.graph_name) for quad in quads}
        quads.update(quad for graph in graphs for quad in _records(store).get(graph, ()))
        quads.update(_graph_quads(store, content_node(slug)))
        return _arrange(quads, media_type)
    return [*_arrange(quads, media_type), *_citations(store, quads)]


def _citations(store: Store, quads: Iterable[Quad]) -> list[Triple]:
    """Describe the statements that sentences state, as the page of each statement does."""
    sentences = sentences_by_iri(store)
    described: set[Triple] = set()
    for quad in quads:
        if _iri(quad.graph_name) in sentences and isinstance(quad.subject, NamedNode):
            key = statement_key(quad.subject, quad.predicate, quad.object)
            source = NamedNode(_iri(quad.graph_name))
            statement = NamedNode(STATEMENT + key)
            described |= {
                Triple(statement, node("rdf:type"), node("rdf:Statement")),
                Triple(statement, node("rdf:subject"), quad.subject),
                Triple(statement, node("rdf:predicate"), quad.predicate),
                Triple(statement, node("rdf:object"), quad.object),
                Triple(statement, node("prov:wasDerivedFrom"), source),
            }
    return sorted(described, key=str)


def export_claim_content(store: Store, slug: str, media_type: str) -> ExportedRDF:
    """Return the content of a claim; NotFound if the thing is not a claim with content."""
    thing_node(store, slug)
    return export_graph(store, content_node(slug).value, media_type)


def export_source(store: Store, iri: str, media_type: str) -> ExportedRDF:
    """Return the records of a document and its sentences."""
    records = _records(store)
    names = (name for name in records if name == iri or name.startswith(iri + "/"))
    return _arrange((quad for name in names for quad in records[name]), media_type)


def export_sentence(store: Store, iri: str, media_type: str) -> ExportedRDF:
    """Return a sentence's record and the statements that it supports."""
    record = _records(store).get(iri, ())
    return _arrange([*record, *_graph_quads(store, NamedNode(iri))], media_type)


@per_store
def _records(store: Store) -> dict[str, list[Quad]]:
    """Read the record of each document and sentence, its selectors (`#…`) included."""
    records: dict[str, list[Quad]] = defaultdict(list)
    for quad in _graph_quads(store, SOURCES):
        # A sentence's selector is `…#selector`: it belongs to the sentence's record.
        records[_iri(quad.subject).partition("#")[0]].append(quad)
    return dict(records)


def _select_quads(
    store: Store, thing: NamedNode, query: str, columns: tuple[str, str, str]
) -> list[Quad]:
    subject, property_, value = columns
    return [
        Quad(row[subject], row[property_], row[value], row["graph"])  # type: ignore[arg-type]
        for row in store.select(page_query(query), thing=thing)
    ]


def _graph_quads(store: Store, graph: NamedNode) -> list[Quad]:
    return [in_graph(graph, triple) for triple in store.graph(graph)]


def _arrange(quads: Iterable[Quad], media_type: str, *, alone: bool = False) -> ExportedRDF:
    """Sort quads by graph, or reduce them to triples for a media type without graphs.

    As in a dump, statements stand in their own graph and, except for claims' content, in the
    default graph: programs that follow links, such as Comunica, read the default graph alone.
    """
    named = set(quads)
    if not _has_quads(media_type):
        return sorted({quad.triple for quad in named}, key=str)
    if not alone:
        stated = [quad.triple for quad in named if not is_claim_content(quad.graph_name)]
        named.update(in_graph(DefaultGraph(), triple) for triple in stated)
    # Sorted, so that equal builds give equal bytes and the same entity tag.
    return sorted(named, key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def _has_quads(media_type: str) -> bool:
    return any(row.media_type == media_type for row in DATASETS)


def _iri(term: Term | DefaultGraph) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
