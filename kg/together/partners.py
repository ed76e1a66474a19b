"""With whom a thing has most to do: those who take part in the most of what it takes part in."""

from __future__ import annotations

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import THING
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary

_SHOWN = 6


def partners(store: Store, slug: str) -> list[DisplayValue]:
    """Return the actors that a thing has most in common with, the most first; itself left out."""
    iri = THING + slug
    counted = index(store).facet(ThingFilter((("actor", iri),)), "actor", _SHOWN + 1)
    others = [other for other, _ in counted if other != iri and other.startswith(THING)]
    return [display_thing(read_vocabulary(store), other) for other in others[:_SHOWN]]
