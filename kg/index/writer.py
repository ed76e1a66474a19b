"""Write the index of a build: names, classes, days and points in SQLite.

One pass over the statements, subject by subject, then SQL (`kg.index.writing`). Pages look things
up in it instead of reading every name. Searches use FTS5 with trigrams:
https://www.sqlite.org/fts5.html#the_trigram_tokenizer
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from kg.index import folding, hierarchy, name_keys, romanising, statement_keys, wkt
from kg.index.name_keys import write_name_keys
from kg.index.wkt import point
from kg.index.writing.selections import write_selections
from kg.index.writing.stage import staged
from kg.index.writing.subject_row import FEW, MOST_ENDS
from kg.index.writing.subjects import read_subjects
from kg.index.writing.terms import QUESTIONS, IndexTerms, figures
from kg.model import dates
from kg.model.dates import UNDATED
from kg.model.errors import KGError
from kg.model.text_files import read
from kg.nquads import lines
from kg.nquads.sorting import sorted_quads
from kg.store.store import Store

_SCHEMA, _WRITING = Path(__file__).with_suffix(".sql"), Path(__file__).with_name("writing")
_FINAL, _FACETS = _WRITING / "index.sql", _WRITING / "facets.sql"
# Of each of the two files, in KiB; the rest waits on disk.
_CACHE = 128 * 1024
_ALIKE = "two IRIs have the same hash, as once in 400,000 builds; build again"

# Where each thing is, and where the places are at which it happened.
_POINTS = """
SELECT i.id, r.iri, w.text FROM (
  SELECT key, key AS place FROM stage.geometry
  UNION SELECT key, place FROM stage.site WHERE place IN (SELECT key FROM stage.geometry)
) s
JOIN stage.geometry g ON g.key = s.place JOIN stage.wkt w ON w.node = g.node
JOIN stage.id i ON i.key = s.key JOIN stage.id p ON p.key = s.place
JOIN resource t ON t.id = i.id JOIN resource r ON r.id = p.id
GROUP BY t.iri, r.iri, w.text
"""
_COLLISION = """
SELECT m.iri, r.iri FROM stage.mention m JOIN stage.id i ON i.key = m.key
JOIN resource r ON r.id = i.id WHERE r.iri != m.iri LIMIT 1
"""


@cache
def index_name() -> str:
    """Return the name of the index file, which has a digest of the code that makes it.

    A server never reads an index that another version wrote: it makes one in memory instead.
    """
    # `dates` and `wkt` decide what is written too: sort keys and points.
    modules = (hierarchy, folding, name_keys, statement_keys, romanising, dates, wkt, lines)
    makers = [
        Path(__file__),
        *(Path(str(module.__file__)) for module in modules),
        romanising.TABLES,
        _SCHEMA,
        *sorted(path for path in _WRITING.iterdir() if path.suffix in {".py", ".sql"}),
        *sorted(QUESTIONS.glob("*.rq")),
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in makers))
    return f"index-{digest.hexdigest()[:8]}.sqlite"


def write_index(store: Store, path: Path, dataset: Path | None = None) -> None:
    """Write the index of a store into a new file, completely or not at all.

    `dataset` is the file of the store's statements as canonical N-Quads, if it is written; of what
    has no such file the lines are sorted beside the index. KGError if the index cannot be made.
    """
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    database = sqlite3.connect(draft, isolation_level=None)
    try:
        # A draft is thrown away after a crash, so it needs no journal (https://www.sqlite.org/pragma.html).
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        with _lines(store, dataset, path.parent) as quad_lines:
            _fill(store, quad_lines, database, path.with_suffix(".stage"))
    finally:
        database.close()
    draft.chmod(0o444)
    draft.replace(path)


def fill(store: Store, database: sqlite3.Connection) -> None:
    """Make the index of a store in an empty database in memory."""
    with _lines(store, None, None) as quad_lines:
        _fill(store, quad_lines, database, None)


@contextmanager
def _lines(store: Store, dataset: Path | None, folder: Path | None) -> Iterator[Iterable[bytes]]:
    """Yield the lines of a store, sorted."""
    if dataset:
        with dataset.open("rb") as file:
            yield file
    else:
        yield sorted_quads(store.quads(), folder)


def _fill(
    store: Store, quad_lines: Iterable[bytes], database: sqlite3.Connection, stage_file: Path | None
) -> None:
    database.executescript(read(_SCHEMA))
    with staged(database, stage_file) as stage:
        for name in ("main", "stage"):
            database.execute(f"PRAGMA {name}.cache_size = -{_CACHE}")
        database.execute("PRAGMA threads = 2")
        database.execute("BEGIN")
        read_subjects(quad_lines, stage, IndexTerms(store))
        _finish(database)
        database.executemany("INSERT INTO figure VALUES (?, ?)", figures(store))
        database.execute("COMMIT")
    # Statistics by which SQLite's planner chooses between the two orders of `facet`.
    database.execute("ANALYZE")


def _finish(database: sqlite3.Connection) -> None:
    """Fill the tables of the index from what was put aside."""
    try:
        _run(database, _FINAL)
    except sqlite3.IntegrityError as error:
        raise KGError(_ALIKE) from error
    if database.execute(_COLLISION).fetchone():
        raise KGError(_ALIKE)
    database.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", _points(database))
    _run(database, _FACETS)
    write_selections(database)
    write_name_keys(database)
    # The FTS table has no text of its own and is filled from `name`
    # (https://www.sqlite.org/fts5.html#external_content_tables).
    database.execute("INSERT INTO spelling (spelling) VALUES ('rebuild')")


def _run(database: sqlite3.Connection, script: Path) -> None:
    for statement in _statements(read(script)):
        database.execute(statement, {"undated": UNDATED, "few": FEW, "ends": MOST_ENDS})


def _points(database: sqlite3.Connection) -> Iterator[tuple[int, str, float, float]]:
    for thing, place, text in database.execute(_POINTS):
        coordinates = point(text)
        if coordinates:
            yield (thing, place, *coordinates)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` takes no values, and ends a transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
