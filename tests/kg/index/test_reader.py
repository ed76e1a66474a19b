import sqlite3

import pytest

from kg.index.narrowing import Narrowing
from kg.index.reader import Index
from kg.index.writer import fill
from kg.model.prefixes import TERM
from kg.store.store import Store

MEETINGS = Narrowing((("class", TERM + "Meeting"),))


@pytest.fixture
def asked(store: Store) -> tuple[Index, list[str]]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(store, database)
    asked: list[str] = []
    database.set_trace_callback(asked.append)
    return Index(database), asked


def test_counts_of_a_class_are_asked_for_once(asked: tuple[Index, list[str]]) -> None:
    index, queries = asked
    first = index.facet(MEETINGS, "type"), index.count(MEETINGS)
    assert first[1] == 3
    known = len(queries)
    assert (index.facet(MEETINGS, "type"), index.count(MEETINGS)) == first
    assert len(queries) == known


def test_counts_of_what_a_search_found_are_not_kept(asked: tuple[Index, list[str]]) -> None:
    index, queries = asked
    found = Narrowing(among=tuple(index.members(MEETINGS)))
    assert index.count(found) == index.count(MEETINGS)
    known = len(queries)
    assert index.count(found) == 3
    assert len(queries) == known + 1
