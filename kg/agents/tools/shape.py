"""The tool `shape`: which properties the members of a class have, each with an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from kg.agents.names import find_class
from kg.agents.statement_records import Record, StatementRecords
from kg.agents.tool_answer import ToolAnswer, ToolRow, tool_row
from kg.agents.tools.tool_call import ToolCall, statement_row
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.classes import describe_class
from kg.model.prefixes import TERM, shorten
from kg.model.text_files import read
from kg.sparql.named_queries import QUERIES
from kg.statements.edges import StatementEdge, gather_edges
from kg.statements.sentences import sentences_by_iri
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.reference import PropertyEntry, ontology_reference
from kg.terms.vocabulary import read_vocabulary

# Members of a class that are read for examples: those with the most statements.
_MEMBERS_READ = 30


def class_shape(call: ToolCall) -> ToolAnswer:
    """Return the properties of a class, the commonest first."""
    store, iri = call.store, find_class(call.store, call.arguments["class"])
    described = describe_class(store, iri.removeprefix(TERM))
    head = {
        "class": shorten(iri),
        "definition": described.definition,
        "above": [shorten(value.iri) for value in described.above],
        "below": [shorten(value.iri) for value in described.below],
        "members": index(store).count(ThingFilter((("class", iri),))),
    }
    query = read(QUERIES / "agents" / "class-properties.rq")
    counted = store.select(query, **{"class": NamedNode(iri)})
    counts = [(text(row["property"]), int(text(row["statements"]))) for row in counted]
    return ToolAnswer(_rows(store, iri, counts[call.first :]), head, call.first, len(counts))


def _rows(store: Store, iri: str, counts: list[tuple[str, int]]) -> Iterator[ToolRow]:
    examples, records = _examples(store, iri), StatementRecords(store)
    for property_, statements in counts:
        row: Record = {
            "property": shorten(property_),
            "label": read_vocabulary(store).term_label(property_),
            "statements": statements,
            "values": [],
        }
        entry = _properties(store).get(property_)
        if entry:
            row["definition"] = entry.entry.definition
            row["values"] = [shorten(value.iri) for value in entry.ranges if value.iri]
        if property_ not in examples:
            yield tool_row(row, ())
            continue
        record = records.edge(*examples[property_], outwards=True)
        example = statement_row(record).record
        yield tool_row(
            row | {"example": example["statement"], "kind": record["kind"]}, record["sentences"]
        )


def _examples(store: Store, iri: str) -> Mapping[str, tuple[NamedNode, StatementEdge]]:
    """Return a statement for each property of some members, one that a sentence makes if any."""
    sentences = sentences_by_iri(store)
    examples: dict[str, tuple[NamedNode, StatementEdge]] = {}
    members = index(store).members(ThingFilter((("class", iri),)), "degree", _MEMBERS_READ)
    for member in map(NamedNode, members):
        for edge in gather_edges(store.quads_around(member, True), outwards=True):
            example = examples.get(edge.predicate)
            stated = bool(edge.graphs & sentences.keys())
            if example is None or (stated and not example[1].graphs & sentences.keys()):
                examples[edge.predicate] = (member, edge)
    return examples


@per_reader
def _properties(store: Store) -> dict[str, PropertyEntry]:
    return {entry.entry.term.iri: entry for entry in ontology_reference(store).properties}
