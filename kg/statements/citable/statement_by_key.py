"""The statement that a key names, in the build that is open or in a former one on disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.index import sql
from kg.index.reader import index
from kg.index.statement_keys import is_statement_key, key_number, statement_key
from kg.model.errors import NotFound
from kg.store.builds import numbered
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class FormerStatement:
    """What a former build has under a key: the IRIs of subject and property, and its number."""

    build: str
    subject: str
    property: str


class StatementGone(NotFound):
    """No statement of this build has the key, but one of a former build has."""

    def __init__(self, key: str, former: FormerStatement, about: str) -> None:
        """Record the key, what the former build has under it, and that in words."""
        self.key, self.former, self.about = key, former, about
        words = f"statement {key} in this build; the former build {former.build}"
        super().__init__(f"{words} has it: one about {about}")

    def __reduce__(self) -> tuple[type[NotFound], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.key, self.former, self.about))


def statement_by_key(store: Store, key: str) -> Triple:
    """Return the triple with a key.

    NotFound says whether the text is no key, or no build on disk has such a statement;
    StatementGone which of them has it.
    """
    if not is_statement_key(key):
        raise NotFound(f"statement {key[:80]}: a key is 16 hexadecimal digits, 0-9 and a-f")
    place = index(store).keyed_statement(key)
    if place is None:
        former = former_statement(store, key)
        if former is not None:
            raise StatementGone(key, former, _about(store, former))
        raise NotFound(f"statement {key} in this build, nor in a former one that is still on disk")
    subject, property_ = map(NamedNode, place)
    # Few: the values of one property. A key is that of one of them.
    quads = store.quads_around(subject, True, property_)
    return next(q.triple for q in quads if statement_key(*q.triple) == key)


def _about(store: Store, former: FormerStatement) -> str:
    # The labels that this build has: a former one is not opened.
    vocabulary = read_vocabulary(store)
    return f"{vocabulary.label(former.subject)} ({vocabulary.term_label(former.property)})"


def former_statement(store: Store, key: str) -> FormerStatement | None:
    """Return what the newest of the other builds beside this one has under a key."""
    if store.folder is None:
        return None
    for build in numbered(store.folder.parent):
        place = _place(build, key) if build != store.folder else None
        if place is not None:
            return FormerStatement(build.name[:12], *place)
    return None


def _place(build: Path, key: str) -> tuple[str, str] | None:
    # Whatever version wrote it: an older one has no such table, and then nothing is recorded.
    for path in sorted(build.glob("index-*.sqlite")):
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                row = database.execute(sql.STATEMENT, (key_number(key),)).fetchone()
        except sqlite3.DatabaseError:
            continue
        if row:
            return (str(row[0]), str(row[1]))
    return None
