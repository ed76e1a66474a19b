"""What is the same in ours and other datasets, for an IRI or identifier of any of them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.lists.identifiers import resolve_identifier
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary
from kg.things.outside_links import OutsideLink, all_links


@dataclass(frozen=True)
class Bundle:
    """A thing that a text identifies, and its records in other datasets."""

    query: str
    thing: DisplayValue
    links: tuple[OutsideLink, ...]

    def triples(self) -> list[Triple]:
        """Return the links as statements about the thing."""
        ours = NamedNode(self.thing.iri)
        return [Triple(ours, NamedNode(x.relation), NamedNode(x.record)) for x in self.links]


def find_bundles(store: Store, query: str) -> list[Bundle]:
    """Return the things that an IRI, address or identifier stands for; most stand for one."""
    vocabulary = read_vocabulary(store)
    things, _ = resolve_identifier(store, query)
    return [Bundle(query, display_thing(vocabulary, iri), all_links(store, iri)) for iri in things]
