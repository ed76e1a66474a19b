"""Count the facets of long lists once, for every page would count all of their things again.

Long are the list of everything, of what has a day, no day or a point, and of each of them those
that one value selects which many things have. A shorter list is counted when somebody asks.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

# A list of so many things is counted in some 10 ms.
MANY = 1_000
# Values counted of each kind: more than pages offer. All classes of a list are read.
MOST, MOST_COUNTED = 30, {"class": 400, "type": 400}

_HAS = "SELECT id FROM facet_value WHERE kind = 'has' AND value != 'page'"
_FACETS = "SELECT resource, value FROM facet WHERE value > 0 ORDER BY resource, value"
_LONG = "SELECT id FROM facet_value WHERE things > ? AND kind != 'has' ORDER BY id"
_EACH = "SELECT facets FROM member"
_OF_VALUE = (
    "SELECT m.facets FROM facet f JOIN member m ON m.resource = f.resource WHERE f.value = ?"
)

# Things by what they have, and their values.
_Counts: TypeAlias = dict[frozenset[int], Counter[int]]


def write_selections(database: sqlite3.Connection, many: int = MANY) -> None:
    """Fill the table of counts from the facets, which are written, of lists of over `many` things.

    One list at a time is in memory, and of it a number for each value.
    """
    # In a table of its own, for it is read once for each list.
    database.execute("CREATE TEMP TABLE member (resource INTEGER PRIMARY KEY, facets BLOB)")
    database.executemany("INSERT INTO member VALUES (?, ?)", _members(database))
    states = frozenset(row[0] for row in database.execute(_HAS))
    kinds = database.execute("SELECT kind, first, last FROM facet_kind").fetchall()
    long = [row[0] for row in database.execute(_LONG, (many,))]
    for chosen in (0, *long):
        rows = database.execute(_OF_VALUE, (chosen,)) if chosen else database.execute(_EACH)
        counts = _count((row[0] for row in rows), states)
        database.executemany(
            "INSERT INTO selection VALUES (?, ?, ?, ?)", _rows(chosen, counts, states, kinds)
        )
    database.execute("DROP TABLE member")


def _members(database: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Yield each thing and the numbers of its values."""
    for resource, rows in groupby(database.execute(_FACETS), itemgetter(0)):
        yield resource, array("q", (value for _, value in rows)).tobytes()


def _count(members: Iterable[bytes], states: frozenset[int]) -> _Counts:
    counts: _Counts = defaultdict(Counter)
    for member in members:
        values = array("q", member)
        counter = counts[states.intersection(values)]
        counter.update(values)
        counter[0] += 1
    return counts


def _rows(
    chosen: int, counts: _Counts, states: frozenset[int], kinds: Iterable[tuple[str, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    for state in (0, *sorted(states)):
        total: Counter[int] = Counter()
        for having, counter in counts.items():
            if not state or state in having:
                total.update(counter)
        yield state, chosen, 0, total[0]
        for kind, first, last in kinds:
            of_kind = ((value, n) for value, n in total.items() if first <= value <= last)
            for value, n in nsmallest(MOST_COUNTED.get(kind, MOST), of_kind, key=_commonest):
                yield state, chosen, value, n


def _commonest(counted: tuple[int, int]) -> tuple[int, int]:
    return -counted[1], counted[0]
