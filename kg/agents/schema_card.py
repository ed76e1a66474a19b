"""The schema card: what a program needs to write a first query of a build, in 2 KB of text."""

from __future__ import annotations

from pathlib import Path
from string import Template

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import NAMESPACES, TERM, shorten
from kg.model.text_files import read
from kg.sparql.named_queries import QUERIES
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.reference import ontology_reference
from kg.terms.vocabulary import read_vocabulary

MOST_BYTES = 2048

_TEMPLATE = Path(__file__).with_name("schema_card.txt")
# A class with few members says little of a graph.
_FEWEST = 2


@per_store
def schema_card(store: Store) -> str:
    """Return the card: the commonest classes and properties, and how claims are kept apart."""
    frame = Template(read(_TEMPLATE))
    names = {name: NAMESPACES[name] for name in ("dcterms", "rdfs")}
    values = {**names, "build": store.number, "term": TERM, "thing": NAMESPACES["id"]}
    empty = frame.substitute(values, classes="", properties="")
    room = MOST_BYTES - len(empty.encode())
    classes = _listed(_classes(store), room * 2 // 5)
    properties = _listed(_properties(store), room - len(classes.encode()))
    return frame.substitute(values, classes=classes, properties=properties)


def _listed(counts: list[tuple[str, int]], room: int) -> str:
    """List names with their counts, the commonest first, as many as fit.

    >>> _listed([("dip:Event", 30), ("dip:State", 12), ("dip:Person", 9)], 30)
    'dip:Event 30, dip:State 12'
    """
    listed = ""
    for name, count in counts:
        longer = f"{listed}, {name} {count}" if listed else f"{name} {count}"
        if len(longer.encode()) > room:
            break
        listed = longer
    return listed


def _classes(store: Store) -> list[tuple[str, int]]:
    vocabulary = read_vocabulary(store)
    ours = (iri for iri in vocabulary.classes if iri.startswith(TERM))
    counts = [(iri, index(store).count(ThingFilter((("class", iri),)))) for iri in ours]
    ranked = sorted(
        ((iri, count) for iri, count in counts if count >= _FEWEST),
        # The classes of the home page before those that are commoner.
        key=lambda one: (not vocabulary.classes[one[0]].principal, -one[1], one[0]),
    )
    return [(shorten(iri), count) for iri, count in ranked]


def _properties(store: Store) -> list[tuple[str, int]]:
    # Annotations are what pages are made with: the order of properties, articles of names.
    entries = ontology_reference(store).properties
    facts = {entry.entry.term.iri for entry in entries if entry.kind != "note"}
    counts: dict[str, int] = {}
    for row in store.select(read(QUERIES / "agents" / "properties.rq")):
        # A thing is of a class and of those above it, so that the widest class has the count.
        iri, statements = text(row["property"]), int(text(row["statements"]))
        counts[iri] = max(statements, counts.get(iri, 0))
    vocabulary = read_vocabulary(store)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [
        (shorten(iri), count)
        for iri, count in ranked
        if iri in facts and not vocabulary.bookkeeping(iri)
    ]
