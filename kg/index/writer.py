"""The index of a build: names, classes, days and points in SQLite, so that no page reads them all.

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

from kg.index import hierarchy, resources
from kg.index.folding import fold_name
from kg.index.hierarchy import ancestors
from kg.index.resources import Resources
from kg.model import dates, wkt
from kg.model.dates import UNDATED
from kg.model.prefixes import TERM, expand
from kg.model.text_files import read
from kg.model.wkt import point
from kg.sparql.named_queries import QUERIES
from kg.store.store import Store, Term

# The classes of each thing: those stated, and those with all that are above them.
_Classes = dict[str, tuple[frozenset[str], frozenset[str]]]
_NONE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

_SCHEMA = Path(__file__).with_suffix(".sql")
_ALSO, _WKT = expand("skos:altLabel"), expand("geo:asWKT")


@cache
def index_name() -> str:
    """Name the file of the index: what is made in another way has another name."""
    makers = [
        Path(__file__),
        *(Path(str(module.__file__)) for module in (resources, hierarchy, dates, wkt)),
        _SCHEMA,
        *sorted((QUERIES / "index").glob("*.rq")),
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in makers))
    return f"index-{digest.hexdigest()[:8]}.sqlite"


def write_index(store: Store, path: Path) -> None:
    """Write the index of a store into a new file, whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    database = sqlite3.connect(draft, isolation_level=None)
    try:
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
    known = Resources(database)
    names = list(_names(store))
    _write_names(database, known, names)
    _note_fields(store, known)
    classes = _classes(store)
    _write_facets(store, database, known, classes)
    _write_points(store, database, known)
    _write_ties(store, database, known, classes)
    _write_tallies(store, database, known)
    known.told -= {_text(row["thing"]) for row in _rows(store, "withdrawn")}
    known.save()
    database.execute("INSERT INTO spelling (spelling) VALUES ('rebuild')")
    database.execute("COMMIT")
    database.execute("ANALYZE")


def _rows(store: Store, name: str) -> list[dict[str, Term]]:
    return store.select(read(QUERIES / "index" / f"{name}.rq"))


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _names(store: Store) -> Iterator[tuple[str, str, Literal]]:
    for row in _rows(store, "names"):
        name, kind = row["name"], _text(row["property"])
        if isinstance(name, Literal):
            yield _text(row["thing"]), {_ALSO: "also", _WKT: "point"}.get(kind, "label"), name


def _write_names(
    database: sqlite3.Connection, known: Resources, names: list[tuple[str, str, Literal]]
) -> None:
    names.sort(key=lambda n: (n[0], n[1] == "also", n[2].language or "", n[2].value))
    titles: dict[str, str] = {}
    for iri, kind, name in names:
        english = name.language in {None, "en"}
        if kind == "label" and (english or iri not in titles):
            titles[iri] = fold_name(name.value)
    known.told |= {iri for iri, _, _ in names}
    # Numbered by name, things are found in order of name without being sorted.
    for iri in sorted(titles, key=lambda one: (titles[one], one)):
        known.id(iri)
    database.executemany(
        "INSERT INTO name (resource, text, folded, language, kind) VALUES (?, ?, ?, ?, ?)",
        (
            (known.id(iri), name.value, " " + fold_name(name.value), name.language or "", kind)
            for iri, kind, name in names
        ),
    )


def _note_fields(store: Store, known: Resources) -> None:
    for row in _rows(store, "moments"):
        iri = _text(row["thing"])
        known.id(iri)
        known.fields[iri]["earliest"] = _text(row["earliest"]) if "earliest" in row else None
        known.fields[iri]["latest"] = _text(row["latest"]) if "latest" in row else None
        known.fields[iri]["said"] = _text(row["stated"]) if "stated" in row else None
    statuses: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, "statuses"):
        statuses[_text(row["thing"])].add(_text(row["status"]))
        if "apart" in row and _text(row["apart"]) == "true":
            known.fields[_text(row["thing"])]["apart"] = True
    for iri, found in statuses.items():
        known.id(iri)
        known.fields[iri]["status"] = ", ".join(sorted(found))
    for row in _rows(store, "degrees"):
        iri = _text(row["thing"])
        known.id(iri)
        known.fields[iri]["degree"] = int(_text(row["degree"]))
    for row in _rows(store, "articles"):
        known.fields[_text(row["thing"])]["article"] = _text(row["article"])


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
    store: Store, database: sqlite3.Connection, known: Resources, classes: _Classes
) -> None:
    above = ancestors(store)
    known.told |= classes.keys()
    found: set[tuple[int, str, str]] = set()
    for iri, (kinds, whole) in classes.items():
        number = known.id(iri)
        wide = set().union(*(above.get(kind, set()) for kind in kinds))
        found |= {(number, "class", kind) for kind in whole}
        found |= {(number, "type", k) for k in kinds - wide if k.startswith(TERM)}
    for row in _rows(store, "facets"):
        number = known.id(_text(row["thing"]))
        found.add((number, _text(row["facet"]), _text(row["value"])))
    for iri, fields in known.fields.items():
        if fields.get("earliest"):
            found.add((known.id(iri), "year", str(fields["earliest"])[:4]))
    moments = {known.id(iri): known.moment(iri) for iri in list(known.fields)}
    database.executemany(
        "INSERT INTO facet VALUES (?, ?, ?, ?)",
        sorted(
            (kind, value, moments.get(number, UNDATED), number) for number, kind, value in found
        ),
    )


def _write_ties(
    store: Store, database: sqlite3.Connection, known: Resources, classes: _Classes
) -> None:
    principal = {_text(row["class"]) for row in _rows(store, "principal")}
    pairs = ((_text(row["thing"]), _text(row["other"])) for row in _rows(store, "ties"))
    rows = (
        (known.id(other), kind, known.moment(thing), known.id(thing))
        for thing, other in pairs
        for kind in sorted(principal & classes.get(thing, _NONE)[1])
    )
    database.executemany("INSERT OR IGNORE INTO tie VALUES (?, ?, ?, ?)", rows)


def _write_tallies(store: Store, database: sqlite3.Connection, known: Resources) -> None:
    for outwards, name in ((1, "tallies-from"), (0, "tallies-to")):
        found = (
            (known.id(_text(row["thing"])), outwards, _text(row["property"]), _text(row["count"]))
            for row in _rows(store, name)
        )
        database.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", found)


def _write_points(store: Store, database: sqlite3.Connection, known: Resources) -> None:
    database.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", _points(store, known))


def _points(store: Store, known: Resources) -> Iterable[tuple[int, str, float, float]]:
    columns = ("thing", "place", "point")
    rows = (tuple(_text(row[name]) for name in columns) for row in _rows(store, "points"))
    for thing, place, written in sorted(rows):
        where = point(written)
        if where:
            yield (known.id(thing), place, *where)
