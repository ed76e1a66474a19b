"""One thing as lists show it: name, classes, day, one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kg.index.reader import index
from kg.model.dates import is_apart
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary
from kg.things.lead import lead_sentence

_DAY = frozenset({"day"})


@dataclass(frozen=True)
class ListItem:
    """A thing in a list: its narrowest classes, its day in words and as dates, one sentence.

    `earliest` and `latest` are ISO dates: the date itself if `date_is_stated`, else the bounds that
    rules derive from other dates. `not_occurred` is true of the planned or alleged.
    """

    thing: DisplayValue
    classes: tuple[DisplayValue, ...]
    day: str
    earliest: str
    latest: str
    date_is_stated: bool
    not_occurred: bool
    description: str


def list_item(store: Store, iri: str, *, beside_day: bool = False) -> ListItem:
    """Put a thing into a list; beside its day, its sentence need not say it."""
    vocabulary, known = read_vocabulary(store), index(store)
    found = known.resource(iri)
    types = sorted(known.values(iri, "type"), key=vocabulary.label)
    return ListItem(
        display_thing(vocabulary, iri),
        tuple(display_thing(vocabulary, kind) for kind in types),
        format_dates(found.earliest, found.latest, found.said),
        found.earliest,
        found.latest,
        bool(found.said),
        is_apart(found.moment),
        lead_sentence(store, iri, _DAY if beside_day else frozenset()),
    )
