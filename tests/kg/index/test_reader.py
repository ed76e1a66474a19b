import sqlite3

import pytest

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
