import sqlite3
from collections import Counter
from itertools import product

import pytest

from kg.index import sql
from kg.index.reader import Index
from kg.index.thing_filter import ThingFilter
from kg.index.writer import fill
from kg.index.writing.selections import write_selections
from kg.model.prefixes import TERM, THING
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


PAIRS: list[tuple[tuple[str, str], ...]] = [
    (),
    (("class", TERM + "Event"),),
    (("class", TERM + "Meeting"), ("year", "2018")),
    (("actor", THING + "japan"),),
    (("actor", THING + "nobody"),),
]
STATES = ({}, {"dated": True}, {"undated": True}, {"placed": True}, {"first": "2018-03-01"})


@pytest.mark.parametrize("many", [0, 1_000_000])
def test_counts_made_with_the_index_are_those_of_the_things_themselves(
    corpus: Store, many: int
) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(corpus, database)
    database.execute("DELETE FROM selection")
    write_selections(database, many)
    index = Index(database)
    for pairs, state, kind in product(PAIRS, STATES, ("class", "actor", "year")):
        selection = ThingFilter(pairs, **state)
        things = index.members(selection, limit=-1)
        values = Counter(value for iri in things for value in index.values(iri, kind))
        expected = sorted(values.items(), key=lambda counted: (-counted[1], counted[0]))
        assert index.count(selection) == len(things), selection
        assert index.facet(selection, kind, 20) == expected[:20], selection
        for order in ("day", "degree"):
            assert sorted(index.members(selection, order, -1)) == sorted(things)


def test_a_page_of_a_long_list_is_read_in_the_order_of_an_index(corpus: Store) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(corpus, database)
    queries: list[str] = []
    database.set_trace_callback(queries.append)
    index = Index(database)
    for pairs, state in product((PAIRS[0], PAIRS[1], PAIRS[2]), STATES[:-1]):
        for order in ("name", "day", "degree"):
            index.members(ThingFilter(pairs, **state), order, 10, 20)
        index.points(ThingFilter(pairs, **state), 10)
    reading = [query for query in queries if "ORDER BY d." in query]
    assert len(reading) == 3 * 4 * 4
    for query in reading:
        plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {query}")]
        # The points of one thing are sorted, not the things.
        assert not {"USE TEMP B-TREE FOR ORDER BY"} & set(plan), query


def test_misspelt_names_are_looked_for_by_rare_trigrams_where_very_many_have_the_others() -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(Store.of([]), database)
    names = [f" treaty {number}" for number in range(50_001)] + [" zebra treaty"]
    database.executemany(
        "INSERT INTO resource (id, iri, thing, moment) VALUES (?, ?, 1, '')",
        [(number, f"urn:{number}") for number in range(len(names))],
    )
    database.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, '', 'label')",
        [(number, number, name, name) for number, name in enumerate(names)],
    )
    database.execute("INSERT INTO spelling (spelling) VALUES ('rebuild')")
    found = Index(database).similar_names("zebbra treaty", 10)
    assert [match.name for match in found] == [" zebra treaty"]
    assert Index(database).similar_names("treaty 50000", 3)[0].name == " treaty 50000"
    assert len(Index(database).similar_names("eaty", 5)) == 5
    assert Index(database).similar_names("qqqq", 5) == []
