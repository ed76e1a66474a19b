"""The statements of added files about a thing: from it, and of records that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.model.prefixes import node, shorten
from kg.model.text import truncate
from kg.store.added_files import AddedFile
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_value, value_order
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from kg.things.outside_links import same_iris

# What a page shows of a file; the query of the section lists the rest.
STATEMENTS_LISTED, RECORDS_LISTED, STATEMENTS_OF_RECORD = 12, 6, 8
# What is read for it: graphs of all files, and IRIs that are the same as the thing.
_MOST_GRAPHS, _MOST_IRIS = 20, 20
# Longer ones are shown, cut, but not linked: browsers and servers refuse them.
_LONGEST_IRI = 2_000
_LABELS = {node(name) for name in ("rdfs:label", "skos:prefLabel", "dcterms:title", "schema:name")}
_LINKS = {node("owl:sameAs"), node("skos:exactMatch")}


@dataclass(frozen=True)
class AddedStatement:
    """A property and a value, as a file gives them."""

    property: DisplayValue
    value: DisplayValue


@dataclass(frozen=True)
class AddedRecord:
    """Something in a file that names a thing: how, and what else the file says of it."""

    record: DisplayValue
    relation: DisplayValue
    statements: tuple[AddedStatement, ...]


@dataclass(frozen=True)
class AddedData:
    """What one graph says of a thing: the file or address that it is from, and on which day.

    `more` says that it has more than is listed.
    """

    graph: str
    name: str
    day: str
    statements: tuple[AddedStatement, ...]
    records: tuple[AddedRecord, ...]
    more: bool


def added_data(store: Store, iri: str) -> tuple[AddedData, ...]:
    """Return what each added graph says of a thing, or of what it is the same as; else nothing."""
    if not store.added:
        return ()
    complete = store.complete
    iris = [NamedNode(same) for same in same_iris(complete, iri)[:_MOST_IRIS]]
    found = (_in_graph(store, graph, file, iris) for graph, file in _graphs(store).items())
    return tuple(data for data in found if data.statements or data.records)


@per_store
def _graphs(store: Store) -> dict[str, AddedFile]:
    """Return the graphs of added files; those that a file names itself after all others."""
    graphs = {file.graph: file for file in store.added}
    named = [file for file in store.added if file.file.endswith(".nq")]
    if named:
        ours = set(store.graphs())
        others = (graph.value for graph in store.complete.graphs() if graph not in ours)
        graphs = {**dict.fromkeys(others, named[0]), **graphs}
        graphs = dict(sorted(graphs.items(), key=lambda item: item[0] != item[1].graph))
    return dict(list(graphs.items())[:_MOST_GRAPHS])


def _in_graph(store: Store, graph: str, file: AddedFile, iris: Sequence[NamedNode]) -> AddedData:
    complete, name = store.complete, NamedNode(graph)
    same = set(iris)
    after, before = (
        [
            quad
            for iri in iris
            for quad in complete.quads_around(iri, outwards, graph=name, limit=most + 1)
            if not (quad.predicate in _LINKS and {quad.subject, quad.object} <= same)
        ]
        for outwards, most in ((True, STATEMENTS_LISTED), (False, RECORDS_LISTED))
    )
    vocabulary = read_vocabulary(store)
    naming = {quad.subject: quad for quad in before if quad.subject not in same}
    records = [_record(vocabulary, complete, quad, same) for quad in naming.values()]
    source = file.source
    return AddedData(
        graph,
        source.name if source else graph,
        source.day if source else "",
        _statements(vocabulary, after)[:STATEMENTS_LISTED],
        tuple(sorted(records, key=lambda r: (r.record.text, r.record.iri)))[:RECORDS_LISTED],
        len(after) > STATEMENTS_LISTED or len(naming) > RECORDS_LISTED,
    )


def _record(
    vocabulary: Vocabulary, complete: Store, quad: Quad, same: set[NamedNode]
) -> AddedRecord:
    subject, graph = quad.subject, quad.graph_name
    about: list[Quad] = []
    if isinstance(subject, NamedNode | BlankNode) and isinstance(graph, NamedNode):
        about = complete.quads_around(subject, True, graph=graph, limit=STATEMENTS_OF_RECORD)
    labels = [text(q.object) for q in about if q.predicate in _LABELS and _is_text(q.object)]
    rest = [q for q in about if q.object not in same and q.predicate not in _LABELS]
    shown = _value(vocabulary, subject)
    title = DisplayValue(truncate(min(labels)), shown.iri) if labels else shown
    relation = _property(vocabulary, quad.predicate.value)
    return AddedRecord(title, relation, _statements(vocabulary, rest))


def _statements(vocabulary: Vocabulary, quads: Iterable[Quad]) -> tuple[AddedStatement, ...]:
    distinct = dict.fromkeys((quad.predicate.value, quad.object) for quad in quads)
    listed = [
        AddedStatement(_property(vocabulary, iri), _value(vocabulary, value))
        for iri, value in distinct
    ]
    return tuple(sorted(listed, key=lambda s: (s.property.text, *value_order(vocabulary, s.value))))


def _value(vocabulary: Vocabulary, term: Term) -> DisplayValue:
    if isinstance(term, NamedNode):
        # The names of ours are in the index; of others the IRI says most.
        name = vocabulary.name(term.value) or shorten(term.value).strip("<>")
        return DisplayValue(truncate(name), _linked(term.value))
    return display_value(vocabulary, term) if isinstance(term, Literal) else _unnamed()


def _property(vocabulary: Vocabulary, iri: str) -> DisplayValue:
    return DisplayValue(truncate(vocabulary.term_label(iri)), _linked(iri))


def _linked(iri: str) -> str:
    return iri if len(iri) <= _LONGEST_IRI else ""


def _unnamed() -> DisplayValue:
    return DisplayValue("something without a name")


def _is_text(term: object) -> bool:
    return isinstance(term, Literal) and bool(text(term).strip())
