import sqlite3

import pytest

from kg.index import sql
from kg.index.reader import Index
from kg.index.thing_filter import ThingFilter
from kg.index.writer import fill
from kg.model.prefixes import TERM
from kg.store.store import Store

MEETINGS = ThingFilter((("class", TERM + "Meeting"),))


@pytest.fixture
def traced(store: Store) -> tuple[Index, list[str]]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(store, database)
    queries: list[str] = []
    database.set_trace_callback(queries.append)
    return Index(database), queries


def test_counts_of_a_class_are_read_once(traced: tuple[Index, list[str]]) -> None:
    index, queries = traced
    first = index.facet(MEETINGS, "type"), index.count(MEETINGS)
    assert first[1] == 3
    before = len(queries)
    assert (index.facet(MEETINGS, "type"), index.count(MEETINGS)) == first
    assert len(queries) == before


def test_counts_of_search_matches_are_not_cached(traced: tuple[Index, list[str]]) -> None:
    index, queries = traced
    matches = ThingFilter(among=tuple(index.members(MEETINGS)))
    assert index.count(matches) == index.count(MEETINGS)
    before = len(queries)
    assert index.count(matches) == 3
    assert len(queries) == before + 1


def test_names_of_the_best_connected_are_read_first_without_sorting(corpus: Store) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(corpus, database)
    for query, pattern in ((sql.NAMES_CONTAINING, '"the"'), (sql.NAMES_LIKE, "% t%")):
        degrees = [row[3] for row in database.execute(query, (pattern, 1000))]
        assert degrees == sorted(degrees, reverse=True)
        assert degrees[0] > degrees[-1]
        plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}", (pattern, 1000))]
        assert plan
        assert not [step for step in plan if "TEMP B-TREE" in step]
