"""The terms that a query may use, the most used first: what completion offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model.prefixes import shorten
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.reference import TermEntry, ontology_reference
from kg.terms.vocabulary import read_vocabulary, text

CLASS, PROPERTY, CONCEPT = "class", "property", "concept"


@dataclass(frozen=True)
class UsableTerm:
    """A class, property or concept with its prefixed name, its words and how often it is used.

    `values_of` names the properties that have concepts of the same scheme as their values.
    """

    name: str
    iri: str
    label: str
    kind: str
    definition: str = ""
    uses: int = 0
    values_of: tuple[str, ...] = ()


@per_reader
def usable_terms(store: Store) -> tuple[UsableTerm, ...]:
    """Return our terms, and those of others that the graph uses and a prefix shortens."""
    uses = _uses(store)
    ours = {known.iri: known for known in _ours(store, {iri: n for iri, (n, _) in uses.items()})}
    others = (_other(store, iri, *found) for iri, found in uses.items() if iri not in ours)
    found = [*ours.values(), *(term for term in others if not term.name.startswith("<"))]
    return tuple(sorted(found, key=lambda term: (-term.uses, term.name)))


def _uses(store: Store) -> dict[str, tuple[int, str]]:
    """Read how often each term is used, and as what, from the build's description of itself."""
    found: dict[str, tuple[int, str]] = {}
    for row in store.select(page_query("uses")):
        iri, count = text(row["term"]), int(text(row["uses"]))
        found[iri] = max(found.get(iri, (0, "")), (count, text(row["kind"])))
    return found


def _ours(store: Store, uses: dict[str, int]) -> Iterator[UsableTerm]:
    reference = ontology_reference(store)
    for known in reference.classes:
        yield _term(known.entry, CLASS, uses)
    for prop in reference.properties:
        yield _term(prop.entry, PROPERTY, uses)
    valued = _valued(store)
    for scheme in reference.schemes:
        found = [valued.get(concept.term.iri, {}) for concept in scheme.concepts]
        of = tuple(sorted({shorten(iri) for properties in found for iri in properties}))
        for concept, properties in zip(scheme.concepts, found, strict=True):
            yield replace(_term(concept, CONCEPT, {}), uses=sum(properties.values()), values_of=of)


def _valued(store: Store) -> dict[str, dict[str, int]]:
    """Read how often each concept is the value of which property."""
    found: dict[str, dict[str, int]] = {}
    for row in store.select(page_query("concept-uses")):
        properties = found.setdefault(text(row["concept"]), {})
        properties[text(row["property"])] = int(text(row["uses"]))
    return found


def _term(entry: TermEntry, kind: str, uses: dict[str, int]) -> UsableTerm:
    iri = entry.term.iri
    return UsableTerm(shorten(iri), iri, entry.term.text, kind, entry.definition, uses.get(iri, 0))


def _other(store: Store, iri: str, uses: int, kind: str) -> UsableTerm:
    return UsableTerm(shorten(iri), iri, read_vocabulary(store).term_label(iri), kind, uses=uses)
