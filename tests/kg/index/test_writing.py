"""The index is made of one pass over lines, in memory that does not grow with the dataset."""

import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.index.writer import fill, write_index
from kg.index.writing.stage import staged
from kg.index.writing.subject_row import FEW, MOST_ENDS
from kg.index.writing.subjects import read_subjects
from kg.index.writing.terms import IndexTerms
from kg.model.errors import KGError
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import SOURCE, TERM, THING
from kg.store.store import Store

TABLES = (
    "resource",
    "name",
    "facet",
    "facet_value",
    "facet_kind",
    "selection",
    "figure",
    "tie",
    "tally",
    "point",
    "statement",
    "name_word",
)
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def rows(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608


def database_of(lines: str) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    fill(Store.of(parse(lines, format=RdfFormat.N_QUADS)), database)
    return database


def test_the_file_is_the_same_from_a_store_and_from_its_dataset(
    store: Store, tiny: list[Quad], tmp_path: Path
) -> None:
    dataset = tmp_path / "dataset.nq"
    dataset.write_bytes(b"".join(sorted(f"{quad} .\n".encode() for quad in set(tiny))))
    write_index(store, tmp_path / "a.sqlite")
    write_index(store, tmp_path / "b.sqlite", dataset)
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"a.sqlite", "b.sqlite", "dataset.nq"}, "nothing that was put aside is left"
    first, second = (sqlite3.connect(tmp_path / name) for name in ("a.sqlite", "b.sqlite"))
    for table in TABLES:
        assert rows(first, table) == rows(second, table)
    assert rows(first, "facet")
    first.close()
    second.close()


def test_labels_decide_numbers_and_the_last_english_one_names() -> None:
    lines = "".join(
        f"<{THING}{slug}> <{RDFS}label> {label} .\n"
        for slug, label in [
            ("b", '"Zebra"@en'),
            ("b", '"Ant"@fr'),
            ("a", '"Mouse"@en'),
            ("c", '"\\u00c4rger \\"x\\" <y> ."@de'),
        ]
    )
    found = rows(database_of(lines), "resource")
    assert [row[1].removeprefix(THING) for row in found] == ["c", "a", "b"]  # type: ignore[attr-defined]


def test_hostile_values_are_read_as_they_are() -> None:
    odd = ['" . "', '"<a:b> <a:c>"', '"_:b"@en', '"a\\nb\\\\"', '"<x"^^<a:dt>', '"\\u0000"']
    lines = "".join(f"<{THING}a> <{RDFS}label> {value} <{SOURCE}s/p1s1> .\n" for value in odd)
    lines += lines.replace(f" <{SOURCE}s/p1s1> .", " .")
    found = rows(database_of(lines), "name")
    expected = {" . ", "<a:b> <a:c>", "_:b", "a\nb\\", "<x", "\0"}
    assert {row[2] for row in found} == expected
    assert len(rows(database_of(lines), "statement")) == len(odd)


def test_blank_nodes_and_triple_terms_have_no_rows() -> None:
    lines = (
        f'_:a <{RDFS}label> "nameless" .\n_:a <{TERM}location> _:b .\n'
        f"<{THING}a> <{TERM}says> <<( <{THING}b> <{TERM}p> _:a )>> <a:g> .\n"
        f"<{THING}a> <{TERM}says> _:a <a:g> .\n"
    )
    database = database_of(lines)
    assert rows(database, "statement") == []
    assert rows(database, "name") == []


def test_statements_are_counted_by_property_where_there_are_many() -> None:
    busy = "".join(f"<{THING}{n}> <{TERM}agent> <{THING}hub> .\n" for n in range(FEW + 1))
    _, outwards, property_, number, _ = rows(database_of(busy), "tally")[0]
    assert (outwards, property_, number) == (0, TERM + "agent", FEW + 1)
    few = "".join(f"<{THING}{n}> <{TERM}agent> <{THING}hub> .\n" for n in range(FEW))
    assert rows(database_of(few), "tally") == []


def test_of_many_statements_the_first_ends_are_those_stated_by_name() -> None:
    hub = f"<{THING}hub> <{TERM}agent> "
    lines = "".join(
        f'<{THING}{n}> <{RDFS}label> "{n % 7} {n:03}"@en .\n'
        f"<{THING}{n}> <{TERM}agent> <{THING}hub> .\n"
        f"{hub}<{THING}{n}> .\n"
        f"{hub}<{THING}{n}> {INFERRED if n % 2 else '<a:g>'} .\n"
        f"<{THING}{n}> <{TERM}agent> <{THING}hub> {INFERRED if n % 2 else '<a:g>'} .\n"
        for n in range(FEW + 1)
    )
    lines += f'{hub}_:b .\n{hub}_:b <a:g> .\n_:b <{TERM}agent> <{THING}hub> .\n{hub}"a\\nb" .\n'
    back, out = (str(row[4]).split("\n") for row in rows(database_of(lines), "tally"))
    by_name = sorted(range(FEW + 1), key=lambda n: (n % 2, n % 7, n))
    assert back == [f"<{THING}{n}>" for n in by_name[:MOST_ENDS]]
    assert out[0] == '"a\\nb"'
    assert out[1:] == sorted(f"<{THING}{n}>" for n in range(0, FEW + 1, 2))[: MOST_ENDS - 1]


def test_two_iris_with_one_hash_stop_the_build(store: Store, tmp_path: Path) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    with staged(database, None) as stage:
        stage.rows["mention"] += [(1, "a:b"), (1, "a:c")]
        stage.flush()
        keys = "SELECT COUNT(*), COUNT(DISTINCT key) FROM stage.mention"
        assert database.execute(keys).fetchone() == (2, 1)
    broken = tmp_path / "broken.nq"
    # A dataset that is not sorted has a subject twice, which is the same to the index.
    line = f'<{THING}a> <{RDFS}label> "a" .\n'
    broken.write_text(line + line.replace("/a>", "/b>") + line)
    with pytest.raises(KGError, match="same hash"):
        write_index(store, tmp_path / "index.sqlite", broken)
    assert not (tmp_path / "index.sqlite").exists()


def many(things: int) -> Iterator[bytes]:
    for number in range(things):
        thing = f"<{THING}t{number:07}>"
        yield f'{thing} <{RDFS}label> "Thing {number} of many"@en .\n'.encode()
        yield f"{thing} <{TERM}agent> <{THING}t{number // 2:07}> .\n".encode()
        yield f"{thing} <{TERM}agent> <{THING}t{number // 2:07}> <{SOURCE}s/p1s1> .\n".encode()


def peak(store: Store, things: int, folder: Path) -> int:
    """Return the most bytes that Python had while it read so many things."""
    database = sqlite3.connect(folder / f"{things}.sqlite", isolation_level=None)
    terms = IndexTerms(store)
    with staged(database, folder / f"{things}.stage") as stage:
        stage.remembered = 100
        tracemalloc.start()
        read_subjects(many(things), stage, terms, batch=200)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert database.execute("SELECT COUNT(*) FROM stage.subject").fetchone() == (things,)
    database.close()
    return most


def test_memory_does_not_grow_with_the_number_of_things(store: Store, tmp_path: Path) -> None:
    peak(store, 100, tmp_path)  # what is imported and cached once
    small, large = (peak(store, things, tmp_path) for things in (500, 2_000))
    assert large < 1.2 * small
