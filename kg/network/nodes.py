"""A node of a network: a thing, its classes, and the principal class that it is drawn as."""

from __future__ import annotations

from dataclasses import dataclass

from kg.index.reader import index
from kg.model.prefixes import TERM, THING
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_term, display_thing
from kg.terms.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class NetworkNode:
    """A thing, its narrowest classes, and the local name of its principal class, if it has one."""

    thing: DisplayValue
    classes: tuple[DisplayValue, ...]
    principal_class: str

    @property
    def slug(self) -> str:
        """Return the thing's local name in IRIs."""
        return self.thing.iri.removeprefix(THING)


def describe_node(store: Store, slug: str) -> NetworkNode:
    """Describe a thing as a node."""
    vocabulary, iri = read_vocabulary(store), THING + slug
    classes = (display_term(vocabulary, c) for c in index(store).values(iri, "type"))
    by_label = tuple(sorted(classes, key=lambda c: c.text))
    return NetworkNode(display_thing(vocabulary, iri), by_label, principal_class(store, iri))


def principal_class(store: Store, iri: str) -> str:
    """Return the local name of the principal class that a thing is drawn as, or an empty string.

    Of several it is the first in display order.
    """
    vocabulary, classes = read_vocabulary(store), index(store).values(iri, "class")
    principal = [c for c in classes if _is_principal(vocabulary, c)]
    # A node has one shape and colour, even of a thing with several principal classes.
    first = min(principal, key=lambda c: (vocabulary.classes[c].order, c), default="")
    return first.removeprefix(TERM)


def principal_classes(store: Store) -> list[DisplayValue]:
    """Return the principal classes, in display order."""
    vocabulary = read_vocabulary(store)
    principal = [iri for iri in vocabulary.classes if _is_principal(vocabulary, iri)]
    principal.sort(key=lambda iri: vocabulary.classes[iri].order)
    return [display_term(vocabulary, iri) for iri in principal]


def _is_principal(vocabulary: Vocabulary, iri: str) -> bool:
    return iri in vocabulary.classes and vocabulary.classes[iri].principal
