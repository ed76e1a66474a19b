"""The classes that lead the way in, and what is in each."""

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
    """A class, its definition and the classes next to it."""

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
    iri = TERM + name
    if iri not in vocabulary.classes:
        raise NotFound(f"class called {name}", similar_terms(vocabulary.classes, name), name)
    notes = vocabulary.classes[iri]
    below = sorted(
        (c for c, n in vocabulary.classes.items() if iri in n.parents), key=vocabulary.label
    )
    return ClassDescription(
        display_thing(vocabulary, iri),
        notes.definition,
        tuple(display_thing(vocabulary, c) for c in sorted(notes.parents) if c.startswith(TERM)),
        tuple(display_thing(vocabulary, c) for c in below),
    )
