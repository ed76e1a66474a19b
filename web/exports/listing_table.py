"""A list of things as a table: what the page shows of each, its IRI and its sentences."""

from __future__ import annotations

from collections.abc import Iterable

from kg.exports.table import Table, joined
from kg.lists.items import ListItem
from kg.statements.sentences import sentences_stating
from kg.store.store import Store
from web.exports.citation_cells import citation_cells

COLUMNS = (
    *("label", "kinds", "description", "day", "earliest", "latest", "status", "iri"),
    *("sentences", "cited"),
)


def listing_table(store: Store, title: str, items: Iterable[ListItem]) -> Table:
    """Return the items of a list, one a row, in their order.

    `sentences` are the IRIs of the sentences that state something of the thing, `cited` their
    places as people write them.
    """
    return Table(title, COLUMNS, tuple(_row(store, item) for item in items))


def _row(store: Store, item: ListItem) -> tuple[str | None, ...]:
    return (
        item.thing.text,
        joined(kind.text for kind in item.classes),
        item.description,
        item.day,
        item.earliest,
        item.latest,
        item.thing.status,
        item.thing.iri,
        *citation_cells(sentences_stating(store, item.thing.iri)),
    )
