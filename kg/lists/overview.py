"""The home page's figures: how much a build holds, its principal classes, leading events."""

from __future__ import annotations

from dataclasses import dataclass

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.lists.items import ListItem, list_item
from kg.model.prefixes import TERM
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import Vocabulary, read_vocabulary, text

_FIRST = 4


_EVENTS = 8


_DATED = Narrowing((("class", TERM + "Event"),), dated=True)


@dataclass(frozen=True)
class PrincipalClass:
    """A class on the home page: how many things it has, and the most spoken of."""

    term: DisplayValue
    count: int
    first: tuple[DisplayValue, ...]


@dataclass(frozen=True)
class Overview:
    """How much a build holds, and its principal classes in the order of display.

    `events` are those that are most spoken of, in order of time.
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
    row = store.select(page_query("counts"))[0]
    principal = sorted(
        (iri for iri, notes in vocabulary.classes.items() if notes.principal),
        key=lambda iri: (vocabulary.classes[iri].order, vocabulary.label(iri)),
    )
    return Overview(
        things=int(text(row["things"])),
        facts=int(text(row["facts"])),
        sentences=int(text(row["sentences"])),
        claims=int(text(row["claims"])),
        principal=tuple(_principal(store, vocabulary, iri) for iri in principal),
        events=tuple(
            list_item(store, iri, beside_day=True)
            for iri in sorted(_leading(store), key=vocabulary.order)
        ),
    )


def _leading(store: Store) -> list[str]:
    return index(store).members(_DATED, "degree", _EVENTS)


def _principal(store: Store, vocabulary: Vocabulary, iri: str) -> PrincipalClass:
    narrowing = Narrowing((("class", iri),))
    first = index(store).members(narrowing, "degree", _FIRST)
    return PrincipalClass(
        display_thing(vocabulary, iri),
        index(store).count(narrowing),
        tuple(display_thing(vocabulary, known) for known in first),
    )
