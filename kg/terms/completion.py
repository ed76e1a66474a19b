"""The terms that a query may use, for completion in the editor, the most used first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model.prefixes import shorten
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.reference import TermEntry, ontology_reference
from kg.terms.vocabulary import read_vocabulary

CLASS, PROPERTY, CONCEPT = "class", "property", "concept"


@dataclass(frozen=True)
class UsableTerm:
    """A class, property or concept with its prefixed name, label and number of uses.

    `values_of` are the properties, by prefixed name, with concepts of the same scheme as values.
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
    """Return our terms, and the used terms of other ontologies that have a prefixed name."""
    uses = _read_uses(store)
    ours = {term.iri: term for term in _our_terms(store, {iri: n for iri, (n, _) in uses.items()})}
    others = (_other_term(store, iri, *use) for iri, use in uses.items() if iri not in ours)
    # An IRI in full is no completion: nobody begins to type one.
    terms = [*ours.values(), *(term for term in others if not term.name.startswith("<"))]
    return tuple(sorted(terms, key=lambda term: (-term.uses, term.name)))


def _read_uses(store: Store) -> dict[str, tuple[int, str]]:
    """Read the number of uses and the kind of each term from the build's description of itself."""
    uses: dict[str, tuple[int, str]] = {}
    for row in store.select(page_query("uses")):
        iri, count = text(row["term"]), int(text(row["uses"]))
        # A term may be both a class and a property; the commoner use decides its kind.
        uses[iri] = max(uses.get(iri, (0, "")), (count, text(row["kind"])))
    return uses


def _our_terms(store: Store, uses: dict[str, int]) -> Iterator[UsableTerm]:
    reference = ontology_reference(store)
    for class_ in reference.classes:
        yield _our_term(class_.entry, CLASS, uses)
    for property_ in reference.properties:
        yield _our_term(property_.entry, PROPERTY, uses)
    concept_uses = _read_concept_uses(store)
    for scheme in reference.schemes:
        by_property = [concept_uses.get(concept.term.iri, {}) for concept in scheme.concepts]
        values_of = tuple(sorted({shorten(iri) for counts in by_property for iri in counts}))
        for concept, counts in zip(scheme.concepts, by_property, strict=True):
            # Concepts are values: the description of the build counts only classes and properties.
            term = _our_term(concept, CONCEPT, {})
            yield replace(term, uses=sum(counts.values()), values_of=values_of)


def _read_concept_uses(store: Store) -> dict[str, dict[str, int]]:
    """Count how often each concept is the value of each property."""
    uses: dict[str, dict[str, int]] = {}
    for row in store.select(page_query("concept-uses")):
        counts = uses.setdefault(text(row["concept"]), {})
        counts[text(row["property"])] = int(text(row["uses"]))
    return uses


def _our_term(entry: TermEntry, kind: str, uses: dict[str, int]) -> UsableTerm:
    iri = entry.term.iri
    return UsableTerm(shorten(iri), iri, entry.term.text, kind, entry.definition, uses.get(iri, 0))


def _other_term(store: Store, iri: str, uses: int, kind: str) -> UsableTerm:
    return UsableTerm(shorten(iri), iri, read_vocabulary(store).term_label(iri), kind, uses=uses)
