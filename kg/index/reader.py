"""Read the index of a build: names, days, classes and facets of things."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from kg.index import sql
from kg.index.sql import NameMatch, Point, Resource
from kg.index.statement_keys import key_number
from kg.index.thing_filter import ThingFilter
from kg.index.writer import fill, index_name
from kg.index.writing.selections import MOST, MOST_COUNTED
from kg.model.text import truncate
from kg.store.memory import per_store
from kg.store.seal import Files
from kg.store.store import Store

# Pages list names of at most so many characters, and so many names and classes of a thing.
LONGEST_NAME, _MOST_NAMES, TYPES = 300, 100, 20

# Damage to the file; any other error of SQLite is a fault in a query.
_UNREADABLE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
# A page labels some hundred IRIs, and most pages share them.
_RESOURCES_CACHED = 50_000
# Counts take as long as a list is; a site shows some hundred lists and filters often.
_COUNTS_CACHED = 2_000
_NO_VALUES = (0, 0)
# Ranking names by their trigrams takes some 0.5 µs each.
_RANKED = 50_000
_EVERYTHING = ThingFilter()


class Index:
    """Reads the index of one build; made in memory for a store that has none on disk."""

    def __init__(self, database: sqlite3.Connection, files: Files | None = None) -> None:
        """Take the open database, and the files of the build that it belongs to."""
        self._database = database
        self._files = files
        # Caches per index, not per method: they must go with the build that they describe.
        self.resource = lru_cache(maxsize=_RESOURCES_CACHED)(self._resource)
        self.values = lru_cache(maxsize=_RESOURCES_CACHED)(self._values)
        self._cached_rows = lru_cache(maxsize=_COUNTS_CACHED)(self.rows)

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        """Return all rows of a query; BuildDamaged if the file cannot be read."""
        try:
            return self._database.execute(query, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            if self._files is None or not _unreadable(error):
                raise
            raise self._files.failed(f"{index_name()} cannot be read ({error})") from error

    def _resource(self, iri: str) -> Resource:
        """Return the record of an IRI; an empty one if it has no name, day or class."""
        rows = self.rows(sql.RESOURCE, (iri,))
        if not rows:
            return Resource(iri)
        number, earliest, latest, stated, moment, status, degree, article = rows[0]
        names = tuple(
            (kind, truncate(name, LONGEST_NAME), language)
            for kind, name, language in self.rows(sql.NAMES, (number, _MOST_NAMES))
        )
        days = (earliest or "", latest or "", stated or "")
        return Resource(iri, *days, moment, status, degree, article, names)

    def _values(self, iri: str, kind: str) -> tuple[str, ...]:
        """Return the values of one facet of a thing; of its narrowest classes the first 20."""
        most = TYPES if kind == "type" else -1
        values = (*self._kinds().get(kind, _NO_VALUES), iri, most)
        return tuple(row[0] for row in self.rows(sql.FACET_VALUES, values))

    def _kinds(self) -> dict[str, tuple[int, int]]:
        """Return the first and the last number of the values of each facet."""
        return {kind: (first, last) for kind, first, last in self._cached_rows(sql.KINDS)}

    def figures(self) -> dict[str, int]:
        """Return how many things, facts, sentences and claims the build holds, by these names."""
        return dict(self.rows(sql.FIGURES))

    def tallies(self, iri: str, outwards: bool) -> dict[str, int]:
        """Count by property the statements on one side of a thing; nothing if they are few."""
        return dict(self.rows(sql.TALLIES, (iri, int(outwards))))

    def first_ends(self, iri: str, outwards: bool, more_than: int) -> dict[str, str]:
        """Return the ends of the first statements of each property that has more than so many.

        At most `MOST_ENDS` of each, stated ones first, as lines of N-Triples' terms. No blank node
        is among them.
        """
        return dict(self.rows(sql.ENDS, (iri, int(outwards), more_than)))

    def keyed_statement(self, key: str) -> tuple[str, str] | None:
        """Return the IRIs of the subject and property of the statement with a key, if it is one."""
        rows = self.rows(sql.STATEMENT, (key_number(key),))
        return (rows[0][0], rows[0][1]) if rows else None

    def count(self, selection: ThingFilter, limit: int = -1) -> int:
        """Count the things that pass a filter, up to a limit."""
        counted = self._counted(selection)
        if counted:
            rows = self._cached_rows(sql.SELECTED, counted)
        else:
            where, values = selection.where(self._facets(selection))
            rows = self._counts(selection, sql.COUNT.format(where), (*values, limit))
        return int(rows[0][0]) if limit < 0 else min(limit, int(rows[0][0]))

    def members(
        self, selection: ThingFilter, order: str = "name", limit: int = 50, offset: int = 0
    ) -> list[str]:
        """Return the IRIs of things that pass a filter, by name, day or degree."""
        thing, where, orders, values = self._parts(selection)
        query = sql.MEMBERS.format(thing, where, orders[order])
        return [row[0] for row in self.rows(query, (*values, limit, offset))]

    def facet(self, selection: ThingFilter, kind: str, limit: int = 30) -> list[tuple[str, int]]:
        """Count the values of a facet among the things that pass a filter, commonest first."""
        first, last = self._kinds().get(kind, _NO_VALUES)
        counted = self._counted(selection)
        if selection == _EVERYTHING:
            rows = self._cached_rows(sql.FACET, (kind, limit))
        elif counted and 0 <= limit <= MOST_COUNTED.get(kind, MOST):
            rows = self._cached_rows(sql.SELECTION, (*counted, first, last, limit))
        else:
            thing, where, _, values = self._parts(selection)
            query = sql.FACET_COUNTS.format(thing, where)
            rows = self._counts(selection, query, (*values, first, last, limit))
        return [(row[0], row[1]) for row in rows]

    def _parts(
        self, selection: ThingFilter
    ) -> tuple[str, str, Mapping[str, str], Sequence[object]]:
        """Return the number of a thing, the clauses, the orders and the values of a query."""
        where, values = selection.where(self._facets(selection))
        orders = sql.ORDERS if selection.among is None else sql.ORDERS_AMONG
        return orders["name"], where, orders, values

    def _facets(self, selection: ThingFilter) -> list[int | None]:
        """Return the numbers of the facets of a filter, the rarest first; None of unused values."""
        numbers = sorted(map(self._number, dict.fromkeys(selection.facets)))
        return [number if things else None for things, number in numbers]

    def _number(self, facet: tuple[str, str]) -> tuple[int, int]:
        """Return how many things have a facet, and its number; zeros if nothing has it."""
        rows = self._cached_rows(sql.FACET_VALUE, facet)
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def _counted(self, selection: ThingFilter) -> tuple[int, ...] | None:
        """Return the key of a filter whose things the build has counted; None for any other."""
        parts = selection.state_and_value or ()
        key = tuple(self._number(part)[1] if part else 0 for part in parts)
        missing = any(part and not number for part, number in zip(parts, key, strict=True))
        # Of values that few things have it has counted nothing.
        return key if key and not missing and self._cached_rows(sql.SELECTED, key) else None

    def _counts(self, selection: ThingFilter, query: str, values: tuple[Any, ...]) -> list[Any]:
        # The matches of a search are few to count, and too various to be asked for again.
        run = self._cached_rows if selection.among is None else self.rows
        return run(query, values)

    def points(self, selection: ThingFilter, limit: int) -> list[Point]:
        """Return where the things are that pass a filter, the best-connected first."""
        thing, where, orders, values = self._parts(replace(selection, placed=True))
        # The join stands before the one WHERE of the outer query; subqueries have their own.
        joined = where.replace(" WHERE", sql.POINTS_JOIN.format(thing), 1)
        query = sql.POINTS.format(joined, orders["degree"])
        return [Point(*row) for row in self.rows(query, (*values, limit))]

    def tied_things(self, iri: str, classes: Iterable[str], limit: int) -> list[str]:
        """Return the things of some classes that have a statement about a thing, by day."""
        rows: set[tuple[str, int, str]] = set()
        # A query per class reads the first rows of an index; one for all would sort every row.
        for class_iri in classes:
            rows.update(self.rows(sql.TIED_THINGS, (iri, class_iri, limit)))
        return [other for _, _, other in sorted(rows)[:limit]]

    def iris_starting_with(self, start: str) -> list[str]:
        """Return all IRIs of the index that have this start, in order."""
        # U+10FFFF is the last code point, so that nothing with this start comes after the bound.
        rows = self.rows(sql.IRIS_FROM_TO, (start, start + chr(0x10FFFF)))
        return [row[0] for row in rows]

    def names_containing(self, folded: str, limit: int) -> list[NameMatch]:
        """Return the names of things that contain every word of a folded text."""
        words = [word for word in folded.split() if len(word) >= sql.TRIGRAM]
        if words:
            match = " AND ".join(f'"{word}"' for word in words)
            return self._names(sql.NAMES_CONTAINING, match, limit)
        # A short text is no trigram. In ASCII it must start a word; Japanese has no spaces.
        inside = f"%{folded}%" if not folded.isascii() else f"% {folded}%"
        return self._names(sql.NAMES_LIKE, inside, limit)

    def similar_names(self, folded: str, limit: int) -> list[NameMatch]:
        """Return the names of things that share the most trigrams with a folded text."""
        padded = f" {folded}"
        trigrams = {padded[at : at + sql.TRIGRAM] for at in range(len(padded) - sql.TRIGRAM + 1)}
        match = " OR ".join(f'"{trigram}"' for trigram in sorted(self._rare(trigrams)))
        return self._names(sql.NAMES_SHARING_TRIGRAMS, match, limit) if match else []

    def _rare(self, trigrams: Iterable[str]) -> list[str]:
        """Return the rarest of some trigrams, whose names together can be ranked in time."""
        self.rows(sql.TRIGRAMS)
        counted = [(self.rows(sql.NAMES_OF_TRIGRAM, (trigram,)), trigram) for trigram in trigrams]
        rarest = sorted((rows[0][0], trigram) for rows, trigram in counted if rows)
        totals = accumulate(count for count, _ in rarest)
        # One at least, however many names have it.
        most = max(_RANKED, rarest[0][0]) if rarest else 0
        return [
            trigram for (_, trigram), total in zip(rarest, totals, strict=True) if total <= most
        ]

    def _names(self, query: str, pattern: str, limit: int) -> list[NameMatch]:
        return [NameMatch(*row) for row in self.rows(query, (pattern, limit))]


@per_store
def index(store: Store) -> Index:
    """Return the index of a store: that of its build, or one made now."""
    path = store.folder / index_name() if store.folder else None
    if path is not None and (index_name() in store.files or path.is_file()):
        return _opened(path, store.files)
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    fill(store, database)
    return Index(database)


def _opened(path: Path, files: Files) -> Index:
    # A build never changes, so SQLite needs no locks (https://www.sqlite.org/uri.html#uriimmutable).
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        return Index(sqlite3.connect(address, uri=True, check_same_thread=False), files)
    except sqlite3.OperationalError as error:
        raise files.failed(f"{path.name} cannot be read ({error})") from error


def _unreadable(error: sqlite3.DatabaseError) -> bool:
    # The low byte is the kind (https://www.sqlite.org/rescode.html); bad UTF-8 has no code.
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _UNREADABLE
