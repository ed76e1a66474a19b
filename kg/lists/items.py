"""One thing as lists show it: label, classes, day, one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.index.reader import index
from kg.model.dates import has_not_occurred
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary
from kg.things.lead import lead_sentences

# Beside a column of days, a sentence that repeats the day says it twice.
_DAY_SLOT = frozenset({"day"})


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


def list_items(
    store: Store, iris: Sequence[str], *, beside_day: bool = False
) -> tuple[ListItem, ...]:
    """Describe things in a list; with `beside_day` the sentences leave the day out."""
    sentences = lead_sentences(store, iris, _DAY_SLOT if beside_day else frozenset())
    return tuple(_list_item(store, *one) for one in zip(iris, sentences, strict=True))


def _list_item(store: Store, iri: str, sentence: str) -> ListItem:
    vocabulary, resource = read_vocabulary(store), index(store).resource(iri)
    classes = sorted(index(store).values(iri, "type"), key=vocabulary.label)
    return ListItem(
        display_thing(vocabulary, iri),
        tuple(display_thing(vocabulary, class_iri) for class_iri in classes),
        format_dates(resource.earliest, resource.latest, resource.stated),
        resource.earliest,
        resource.latest,
        bool(resource.stated),
        has_not_occurred(resource.moment),
        sentence,
    )
