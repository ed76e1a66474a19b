"""Write the index of a build: names, classes, days and points in SQLite.

Pages look things up in it instead of reading every name. Searches use FTS5 with trigrams:
https://www.sqlite.org/fts5.html#the_trigram_tokenizer
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.index import folding, hierarchy, name_keys, resources, romanising, statement_keys, wkt
from kg.index.folding import fold_name
from kg.index.hierarchy import ancestors
from kg.index.name_keys import write_name_keys
from kg.index.resources import Resources
from kg.index.statement_keys import write_statement_keys
from kg.index.wkt import point
from kg.model import dates
from kg.model.dates import UNDATED
from kg.model.prefixes import TERM, expand
from kg.model.text_files import read
from kg.sparql.named_queries import QUERIES
from kg.store.store import Store, Term

# The classes of each thing: those stated, and the same with all classes above them.
_Classes = dict[str, tuple[frozenset[str], frozenset[str]]]
_NONE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

_SCHEMA = Path(__file__).with_suffix(".sql")
_ALSO, _WKT = expand("skos:altLabel"), expand("geo:asWKT")


@cache
def index_name() -> str:
    """Return the name of the index file, which has a digest of the code that makes it.

    A server never reads an index that another version wrote: it makes one in memory instead.
    """
    # `dates` and `wkt` decide what is written too: sort keys and points.
    keys = (name_keys, statement_keys)
    modules = (resources, hierarchy, folding, *keys, romanising, dates, wkt)
    makers = [
        Path(__file__),
        *(Path(str(module.__file__)) for module in modules),
        romanising.TABLES,
        _SCHEMA,
        *sorted((QUERIES / "index").glob("*.rq")),
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in makers))
    return f"index-{digest.hexdigest()[:8]}.sqlite"


def write_index(store: Store, path: Path) -> None:
    """Write the index of a store into a new file, completely or not at all."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    database = sqlite3.connect(draft, isolation_level=None)
    try:
        # A draft is thrown away after a crash, so it needs no journal (https://www.sqlite.org/pragma.html).
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        fill(store, database)
    finally:
        database.close()
    draft.chmod(0o444)
    draft.replace(path)


def fill(store: Store, database: sqlite3.Connection) -> None:
    """Make the index of a store in an empty database."""
    database.executescript(read(_SCHEMA))
    database.execute("BEGIN")
    numbered = Resources(database)
    names = list(_names(store))
    _write_names(database, numbered, names)
    _read_fields(store, numbered)
    classes = _classes(store)
    _write_facets(store, database, numbered, classes)
    _write_points(store, database, numbered)
    _write_ties(store, database, numbered, classes)
    _write_tallies(store, database, numbered)
    write_statement_keys(database, numbered, _rows(store, "statements"))
    numbered.described -= {_text(row["thing"]) for row in _rows(store, "withdrawn")}
    numbered.save()
    write_name_keys(database)
    # The FTS table has no text of its own and is filled from `name`
    # (https://www.sqlite.org/fts5.html#external_content_tables).
    database.execute("INSERT INTO spelling (spelling) VALUES ('rebuild')")
    database.execute("COMMIT")
    # Statistics by which SQLite's planner chooses between the two orders of `facet`.
    database.execute("ANALYZE")


def _rows(store: Store, name: str) -> list[dict[str, Term]]:
    return store.select(read(QUERIES / "index" / f"{name}.rq"))


def _texts(store: Store, name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    return (tuple(_text(row[column]) for column in columns) for row in _rows(store, name))


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _names(store: Store) -> Iterator[tuple[str, str, Literal]]:
    for row in _rows(store, "names"):
        name, kind = row["name"], _text(row["property"])
        if isinstance(name, Literal):
            yield _text(row["thing"]), {_ALSO: "also", _WKT: "point"}.get(kind, "label"), name


def _write_names(
    database: sqlite3.Connection, numbered: Resources, names: list[tuple[str, str, Literal]]
) -> None:
    # Labels before other names, and equal builds in equal order: the store returns any.
    names.sort(key=lambda n: (n[0], n[1] == "also", n[2].language or "", n[2].value))
    titles: dict[str, str] = {}
    for iri, kind, name in names:
        english = name.language in {None, "en"}
        if kind == "label" and (english or iri not in titles):
            titles[iri] = fold_name(name.value)
    numbered.described |= {iri for iri, _, _ in names}
    # Numbered by name, things are listed in order of name without being sorted.
    for iri in sorted(titles, key=lambda iri: (titles[iri], iri)):
        numbered.id(iri)
    database.executemany(
        "INSERT INTO name (resource, text, folded, language, kind) VALUES (?, ?, ?, ?, ?)",
        (
            (numbered.id(iri), name.value, " " + fold_name(name.value), name.language or "", kind)
            for iri, kind, name in names
        ),
    )


def _read_fields(store: Store, numbered: Resources) -> None:
    for row in _rows(store, "moments"):
        iri = _text(row["thing"])
        numbered.id(iri)
        numbered.fields[iri]["earliest"] = _text(row["earliest"]) if "earliest" in row else None
        numbered.fields[iri]["latest"] = _text(row["latest"]) if "latest" in row else None
        numbered.fields[iri]["stated"] = _text(row["stated"]) if "stated" in row else None
    statuses: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "statuses"):
        statuses[_text(row["thing"])].add(_text(row["status"]))
        if "apart" in row and _text(row["apart"]) == "true":
            numbered.fields[_text(row["thing"])]["not_occurred"] = True
    for iri, concepts in statuses.items():
        numbered.id(iri)
        numbered.fields[iri]["status"] = " ".join(sorted(concepts))
    for row in _rows(store, "degrees"):
        iri = _text(row["thing"])
        numbered.id(iri)
        numbered.fields[iri]["degree"] = int(_text(row["degree"]))
    for row in _rows(store, "articles"):
        numbered.fields[_text(row["thing"])]["article"] = _text(row["article"])


def _classes(store: Store) -> _Classes:
    """Return the classes of each thing as stated, and with all those above them."""
    above = ancestors(store)
    stated: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "types"):
        stated[_text(row["thing"])].add(_text(row["type"]))
    return {
        iri: (frozenset(kinds), frozenset(kinds.union(*(above.get(kind, ()) for kind in kinds))))
        for iri, kinds in stated.items()
    }


def _write_facets(
    store: Store, database: sqlite3.Connection, numbered: Resources, classes: _Classes
) -> None:
    above = ancestors(store)
    numbered.described |= classes.keys()
    facets: set[tuple[int, str, str]] = set()
    for iri, (kinds, all_classes) in classes.items():
        number = numbered.id(iri)
        # Only the narrowest of the stated classes: pages do not name a meeting an event as well.
        wide = set().union(*(above.get(kind, set()) for kind in kinds))
        facets |= {(number, "class", kind) for kind in all_classes}
        facets |= {(number, "type", k) for k in kinds - wide if k.startswith(TERM)}
    for row in _rows(store, "facets"):
        number = numbered.id(_text(row["thing"]))
        facets.add((number, _text(row["facet"]), _text(row["value"])))
    for iri, fields in numbered.fields.items():
        if fields.get("earliest"):
            facets.add((numbered.id(iri), "year", str(fields["earliest"])[:4]))
    # Things without a row of fields get `UNDATED`, so that they come last in an order of days.
    moments = {numbered.id(iri): numbered.moment(iri) for iri in list(numbered.fields)}
    database.executemany(
        "INSERT INTO facet VALUES (?, ?, ?, ?)",
        sorted(
            (kind, value, moments.get(number, UNDATED), number) for number, kind, value in facets
        ),
    )


def _write_ties(
    store: Store, database: sqlite3.Connection, numbered: Resources, classes: _Classes
) -> None:
    principal = {_text(row["class"]) for row in _rows(store, "principal")}
    pairs = ((_text(row["thing"]), _text(row["other"])) for row in _rows(store, "ties"))
    # Two properties may tie the same two things, hence OR IGNORE.
    rows = (
        (numbered.id(other), kind, numbered.moment(thing), numbered.id(thing))
        for thing, other in pairs
        for kind in sorted(principal & classes.get(thing, _NONE)[1])
    )
    database.executemany("INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?)", rows)


def _write_tallies(store: Store, database: sqlite3.Connection, numbered: Resources) -> None:
    for outwards, name in ((1, "tallies-from"), (0, "tallies-to")):
        rows = (
            (
                numbered.id(_text(row["thing"])),
                outwards,
                _text(row["property"]),
                _text(row["count"]),
            )
            for row in _rows(store, name)
        )
        database.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", rows)


def _write_points(store: Store, database: sqlite3.Connection, numbered: Resources) -> None:
    database.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", _points(store, numbered))


def _points(store: Store, numbered: Resources) -> Iterable[tuple[int, str, float, float]]:
    for thing, place, wkt_literal in sorted(_texts(store, "points", "thing", "place", "point")):
        coordinates = point(wkt_literal)
        if coordinates:
            yield (numbered.id(thing), place, *coordinates)
