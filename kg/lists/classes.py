"""A class as the head of its list: definition, the classes above and below it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.slugs import similar_terms
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class ClassDescription:
    """A class, its definition, and the classes directly above and below it."""

    term: DisplayValue
    definition: str
    above: tuple[DisplayValue, ...]
    below: tuple[DisplayValue, ...]

    @property
    def name(self) -> str:
        """Return the class's local name."""
        return self.term.iri.removeprefix(TERM)


def describe_class(store: Store, name: str) -> ClassDescription:
    """Return the class with this local name; NotFound if the ontology has none."""
    vocabulary = read_vocabulary(store)
    iri, classes = TERM + name, vocabulary.classes
    if iri not in classes:
        raise NotFound(f"class called {name}", similar_terms(classes, name), name)
    # Classes of other ontologies have no list here.
    above = sorted(parent for parent in classes[iri].parents if parent.startswith(TERM))
    below = [narrower for narrower, record in classes.items() if iri in record.parents]
    return ClassDescription(
        display_thing(vocabulary, iri),
        classes[iri].definition,
        tuple(display_thing(vocabulary, parent) for parent in above),
        tuple(display_thing(vocabulary, c) for c in sorted(below, key=vocabulary.label)),
    )
