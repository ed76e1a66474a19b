"""A list of things as a table: what the page shows of each, its IRI and its sentences.

Of the map, a row is a thing at one of its places, as in the query behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.exports.table import Table, TableCell, joined
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.items import ListItem
from kg.statements.sentences import Sentence, sentences_stating
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from web.exports.citation_cells import citation_cells

COLUMNS = (
    *("label", "kinds", "description", "day", "earliest", "latest", "status", "iri"),
    *("sentences", "cited"),
)
MAP_COLUMNS = (*COLUMNS, "place", "longitude", "latitude", "place_iri")

# A thing is at a place and in all that lies around it: a handful.
_MOST_PLACES = 100


def listing_table(store: Store, title: str, items: Iterable[ListItem]) -> Table:
    """Return the items of a list, one a row, in their order.

    `sentences` are the IRIs of the sentences that state something of the thing, `cited` their
    places as people write them.
    """
    return Table(title, COLUMNS, tuple(row for _, row in _rows(store, items)))


def map_table(store: Store, title: str, items: Iterable[ListItem]) -> Table:
    """Return the items of a map, one a row for each of their places, in degrees east and north."""
    rows = ((*row, *place) for item, row in _rows(store, items) for place in _places(store, item))
    return Table(title, MAP_COLUMNS, tuple(rows))


def _places(store: Store, item: ListItem) -> Iterator[tuple[TableCell, ...]]:
    label = read_vocabulary(store).label
    for point in index(store).points(ThingFilter(among=(item.thing.iri,)), _MOST_PLACES):
        yield label(point.place), point.longitude, point.latitude, point.place


def _rows(
    store: Store, items: Iterable[ListItem]
) -> Iterator[tuple[ListItem, tuple[str | None, ...]]]:
    items = list(items)
    sentences = sentences_stating(store, (item.thing.iri for item in items))
    for item in items:
        yield item, _row(item, sentences[item.thing.iri])


def _row(item: ListItem, sentences: Sequence[Sentence]) -> tuple[str | None, ...]:
    return (
        item.thing.text,
        joined(kind.text for kind in item.classes),
        item.description,
        item.day,
        item.earliest,
        item.latest,
        item.thing.status,
        item.thing.iri,
        *citation_cells(sentences),
    )
