"""The index of a build, asked: names, days, classes and facets of things."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.index.narrowing import Narrowing
from kg.index.writer import fill, index_name
from kg.model.dates import UNDATED
from kg.model.text import truncate
from kg.store.memory import per_store
from kg.store.seal import Files
from kg.store.store import Store

# Pages name things by so many characters, of so many names and classes.
LONGEST_NAME, _NAMES, TYPES = 300, 100, 20

_UNREADABLE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
_KEPT = 50_000
_COUNTS_KEPT = 500


class Resource(NamedTuple):
    """What the index says of one IRI; `names` are (kind, text, language), labels first."""

    iri: str
    earliest: str = ""
    latest: str = ""
    said: str = ""
    moment: str = UNDATED
    status: str = ""
    degree: int = 0
    article: str = ""
    names: tuple[tuple[str, str, str], ...] = ()


class Point(NamedTuple):
    """A place on the map: the thing there, the place that it is at, degrees east and north."""

    iri: str
    place: str
    longitude: float
    latitude: float


_COUNT = "SELECT COUNT(*) FROM (SELECT 1 {} LIMIT ?)"
_COUNTS = (
    "SELECT v.value, COUNT(*) AS n FROM facet v WHERE v.kind = ? AND v.resource IN "
    "(SELECT r.id {}) GROUP BY v.value ORDER BY n DESC, v.value LIMIT ?"
)
# Of a facet's many values the first are found by its own orders.
_OWN_ORDERS = {"name": "d.resource", "day": "d.moment, d.resource"}
_POINTS = " JOIN point p ON p.resource = r.id WHERE"
_ORDERS = {
    "name": "r.id",
    "day": "r.moment, r.id",
    "degree": "r.degree DESC, r.id",
}


class Index:
    """Reads the index of one build; made in memory for a store that has none on disk."""

    def __init__(self, database: sqlite3.Connection, files: Files | None = None) -> None:
        """Take the open database, and the files of the build that it is one of."""
        self._database = database
        self._files = files
        self.resource = lru_cache(maxsize=_KEPT)(self._resource)
        self.values = lru_cache(maxsize=_KEPT)(self._values)
        self._counted = lru_cache(maxsize=_COUNTS_KEPT)(self.rows)

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        """Return all rows of a query; BuildDamaged if the file cannot be read."""
        try:
            return self._database.execute(query, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            if self._files is None or not _unreadable(error):
                raise
            raise self._files.failed(f"{index_name()} cannot be read ({error})") from error

    def _resource(self, iri: str) -> Resource:
        """Return what is known of an IRI; an empty record if it has no name, day or class."""
        found = self.rows(_RESOURCE, (iri,))
        if not found:
            return Resource(iri)
        number, earliest, latest, said, place, status, degree, article = found[0]
        names = tuple(
            (kind, truncate(name, LONGEST_NAME), language)
            for kind, name, language in self.rows(_NAMED, (number, _NAMES))
        )
        days = (earliest or "", latest or "", said or "")
        return Resource(iri, *days, place, status, degree, article, names)

    def _values(self, iri: str, kind: str) -> tuple[str, ...]:
        """Return the values of one facet of a thing; of its narrowest classes the first 20."""
        found = self.rows(
            "SELECT value FROM facet JOIN resource ON id = resource WHERE iri = ? AND kind = ? "
            "LIMIT ?",
            (iri, kind, TYPES if kind == "type" else -1),
        )
        return tuple(row[0] for row in found)

    def tallies(self, iri: str, outwards: bool) -> dict[str, int]:
        """Count by property the statements on one side of a thing; nothing if they are few."""
        return dict(self.rows(_TALLIES, (iri, int(outwards))))

    def count(self, narrowing: Narrowing, limit: int = -1) -> int:
        """Count the things that have all of these values, up to a limit."""
        where, values = narrowing.where()
        return int(self._counts(narrowing, _COUNT.format(where), (*values, limit))[0][0])

    def members(
        self, narrowing: Narrowing, order: str = "name", limit: int = 50, offset: int = 0
    ) -> list[str]:
        """Return the IRIs of things that have all of these values, by name, day or degree."""
        where, values = narrowing.where()
        by = _ORDERS | _OWN_ORDERS if narrowing.pairs else _ORDERS
        query = f"SELECT r.iri {where} ORDER BY {by[order]} LIMIT ? OFFSET ?"
        return [row[0] for row in self.rows(query, (*values, limit, offset))]

    def facet(self, narrowing: Narrowing, kind: str, limit: int = 30) -> list[tuple[str, int]]:
        """Count the values of a facet among the things that have these values, commonest first."""
        where, values = narrowing.where()
        found = self._counts(narrowing, _COUNTS.format(where), (kind, *values, limit))
        return [(row[0], row[1]) for row in found]

    def _counts(self, narrowing: Narrowing, query: str, values: tuple[Any, ...]) -> list[Any]:
        """Count, and remember it: of a great many that takes long. What a search finds is few."""
        ask = self._counted if narrowing.among is None else self.rows
        return ask(query, values)

    def points(self, narrowing: Narrowing, limit: int) -> list[Point]:
        """Return where things are that have these values, the most spoken of first."""
        where, values = narrowing.where()
        query = (
            f"SELECT r.iri, p.place, p.longitude, p.latitude {where.replace(' WHERE', _POINTS, 1)} "
            f"ORDER BY {_ORDERS['degree']}, p.place LIMIT ?"
        )
        return [Point(*row) for row in self.rows(query, (*values, limit))]

    def tied(self, iri: str, classes: Iterable[str], limit: int) -> list[str]:
        """Return the things of some classes that have a statement about a thing, by day."""
        found: list[tuple[str, int, str]] = []
        for kind in classes:
            found += self.rows(_TIED, (iri, kind, limit))
        return [other for _, _, other in sorted(set(found))[:limit]]

    def starting(self, start: str) -> list[str]:
        """Return all IRIs that are known and start so, in order."""
        found = self.rows(
            "SELECT iri FROM resource WHERE iri >= ? AND iri < ? ORDER BY iri",
            (start, start + chr(0x10FFFF)),
        )
        return [row[0] for row in found]

    def spelt(self, wanted: str, limit: int) -> list[Spelt]:
        """Return the names of things in which each word of a folded text is found."""
        words = [word for word in wanted.split() if len(word) >= _GRAM]
        if words:
            match = " AND ".join(f'"{word}"' for word in words)
            return [Spelt(*row) for row in self.rows(_SPELT + _MATCH, (match, limit))]
        inside = f"%{wanted}%" if not wanted.isascii() else f"% {wanted}%"
        return [Spelt(*row) for row in self.rows(_SPELT + _LIKE, (inside, limit))]

    def resembling(self, wanted: str, limit: int) -> list[Spelt]:
        """Return the names of things that share the most groups of three signs with a text."""
        padded = f" {wanted}"
        grams = {padded[at : at + _GRAM] for at in range(len(padded) - _GRAM + 1)}
        if not grams:
            return []
        match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        return [Spelt(*row) for row in self.rows(_SPELT + _CLOSEST, (match, limit))]


class Spelt(NamedTuple):
    """A thing's name, as it is and folded, and how often the thing is spoken of."""

    iri: str
    name: str
    folded: str
    degree: int


# What is no date may be of any length, and a name as well (`LONGEST_NAME` and one more).
_RESOURCE = (
    "SELECT id, substr(earliest, 1, 40), substr(latest, 1, 40), substr(said, 1, 40), "
    "substr(moment, 1, 80), substr(status, 1, 300), degree, substr(article, 1, 40) "
    "FROM resource WHERE iri = ?"
)
# Those that readers may want come first, so that none of thousands of others stands before them.
_NAMED = (
    "SELECT kind, name, language FROM (SELECT id, kind, substr(text, 1, 301) AS name, language "
    "FROM name WHERE resource = ? ORDER BY language NOT IN ('', 'en', 'ja', 'ru'), id LIMIT ?) "
    "ORDER BY id"
)
_TIED = (
    "SELECT t.moment, t.resource, r.iri FROM tie t JOIN resource r ON r.id = t.resource "
    "WHERE t.other = (SELECT id FROM resource WHERE iri = ?) AND t.class = ? "
    "ORDER BY t.moment, t.resource LIMIT ?"
)
_TALLIES = (
    "SELECT property, statements FROM tally "
    "WHERE resource = (SELECT id FROM resource WHERE iri = ?) AND outwards = ? ORDER BY property"
)
_GRAM = 3
_SPELT = "SELECT r.iri, substr(n.text, 1, 300), substr(n.folded, 2, 300), r.degree FROM "
_OF_THINGS = "JOIN resource r ON r.id = n.resource WHERE r.thing = 1 AND n.kind != 'point'"
_MATCH = (
    f"spelling s JOIN name n ON n.id = s.rowid {_OF_THINGS} AND spelling MATCH ? "
    "ORDER BY r.degree DESC LIMIT ?"
)
_CLOSEST = (
    f"spelling s JOIN name n ON n.id = s.rowid {_OF_THINGS} AND spelling MATCH ? "
    "ORDER BY s.rank LIMIT ?"
)
_LIKE = f"name n {_OF_THINGS} AND n.folded LIKE ? ORDER BY r.degree DESC LIMIT ?"


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
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        return Index(sqlite3.connect(address, uri=True, check_same_thread=False), files)
    except sqlite3.OperationalError as error:
        raise files.failed(f"{path.name} cannot be read ({error})") from error


def _unreadable(error: sqlite3.DatabaseError) -> bool:
    # The low byte is the kind (https://www.sqlite.org/rescode.html); bad UTF-8 has no code.
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF in _UNREADABLE
