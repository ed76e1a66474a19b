"""The home page's figures: how much a build holds, its principal classes, leading events."""

from __future__ import annotations

from dataclasses import dataclass

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.items import ListItem, list_items
from kg.model.prefixes import TERM
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import Vocabulary, read_vocabulary

_THINGS_PER_CLASS = 3
_EVENTS_SHOWN = 8
_DATED_EVENTS = ThingFilter((("class", TERM + "Event"),), dated=True)


@dataclass(frozen=True)
class PrincipalClass:
    """A class on the home page: how many things it has, and those with the most statements."""

    term: DisplayValue
    count: int
    first: tuple[DisplayValue, ...]

    @property
    def name(self) -> str:
        """Return the local name of the class."""
        return self.term.iri.removeprefix(TERM)


@dataclass(frozen=True)
class Overview:
    """How much a build holds, and its principal classes in display order.

    `events` are those with the most statements, in order of time.
    """

    things: int
    facts: int
    sentences: int
    claims: int
    principal: tuple[PrincipalClass, ...]
    events: tuple[ListItem, ...]


@per_reader
def read_overview(store: Store) -> Overview:
    """Count what a build holds and list its principal classes."""
    vocabulary = read_vocabulary(store)
    counts = index(store).figures()
    principal = [iri for iri, record in vocabulary.classes.items() if record.principal]
    principal.sort(key=lambda iri: (vocabulary.classes[iri].order, vocabulary.label(iri)))
    events = index(store).members(_DATED_EVENTS, "degree", _EVENTS_SHOWN)
    # Chosen by degree, shown by time: a list out of order would seem arbitrary.
    events.sort(key=vocabulary.order)
    return Overview(
        things=counts["things"],
        facts=counts["facts"],
        sentences=counts["sentences"],
        claims=counts["claims"],
        principal=tuple(_principal_class(store, vocabulary, iri) for iri in principal),
        events=list_items(store, events, beside_day=True),
    )


def _principal_class(store: Store, vocabulary: Vocabulary, iri: str) -> PrincipalClass:
    members = ThingFilter((("class", iri),))
    first = index(store).members(members, "degree", _THINGS_PER_CLASS)
    return PrincipalClass(
        display_thing(vocabulary, iri),
        index(store).count(members),
        tuple(display_thing(vocabulary, thing) for thing in first),
    )
