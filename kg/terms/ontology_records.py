"""What the ontology of a build states of each property and class: order, hierarchy, inverses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.model.prefixes import TERM, expand
from kg.sparql.named_queries import page_query
from kg.store.store import Store
from kg.terms.literals import text

# The order of what has no `dip:displayOrder`: after all that has one.
LAST = 1_000_000

_WIDER = {expand("rdfs:subPropertyOf"), expand("owl:equivalentProperty")}
_EQUIVALENT = expand("owl:equivalentProperty")
_INVERSE = expand("owl:inverseOf")
_TYPE = expand("rdf:type")
_SYMMETRIC = expand("owl:SymmetricProperty")


@dataclass
class PropertyRecord:
    """What the ontology states of one property.

    `inverse_labels` are by language. Inferred statements with a property for `bookkeeping` serve
    queries more than readers.
    """

    order: int = LAST
    inverse_labels: dict[str, str] = field(default_factory=dict)
    supers: set[str] = field(default_factory=set)
    inverses: set[str] = field(default_factory=set)
    symmetric: bool = False
    bookkeeping: bool = False


@dataclass
class ClassRecord:
    """What the ontology states of one class; things are drawn as their `principal` class."""

    order: int = LAST
    principal: bool = False
    definition: str = ""
    parents: set[str] = field(default_factory=set)


def read_property_records(store: Store) -> dict[str, PropertyRecord]:
    """Read the properties of a build by IRI."""
    records: dict[str, PropertyRecord] = defaultdict(PropertyRecord)
    for row in store.select(page_query("properties")):
        iri, statement, value = (text(row[name]) for name in ("term", "property", "value"))
        # Inverses may be blank nodes, which no statement has as its property.
        if not isinstance(row["term"], NamedNode):
            continue
        if statement in _WIDER:
            records[iri].supers.add(value)
        elif statement == _INVERSE:
            records[iri].inverses.add(value)
            # owl:inverseOf holds both ways, but an ontology states it once.
            records[value].inverses.add(iri)
        elif statement == _TYPE:
            records[iri].symmetric |= value == _SYMMETRIC
        elif statement == TERM + "bookkeeping":
            records[iri].bookkeeping = value in {"true", "1"}
        elif statement == TERM + "displayOrder":
            records[iri].order = int(value)
        else:
            records[iri].inverse_labels[getattr(row["value"], "language", "") or ""] = value
        # Equivalent properties imply each other (https://www.w3.org/TR/owl2-syntax/, 9.2.2).
        if statement == _EQUIVALENT:
            records[value].supers.add(iri)
    return dict(records)


def read_class_records(store: Store) -> dict[str, ClassRecord]:
    """Read the classes of a build by IRI."""
    records: dict[str, ClassRecord] = defaultdict(ClassRecord)
    for row in store.select(page_query("classes")):
        record = records[text(row["class"])]
        if "parent" in row:
            record.parents.add(text(row["parent"]))
        if "order" in row:
            record.order = int(text(row["order"]))
        if "definition" in row:
            record.definition = text(row["definition"])
        record.principal |= "principal" in row and text(row["principal"]) == "true"
    return dict(records)
