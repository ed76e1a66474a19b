"""Find things by name, in every language, whatever the accents and case."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from kg.memory import per_store
from kg.prefixes import THING
from kg.read.instances import types
from kg.read.statement import Value, thing
from kg.read.vocabulary import vocabulary
from kg.store import Store

LIMIT = 50

# No name is longer, and spelling is compared in the square of the length.
_LONGEST = 200

_EXACT, _START, _WORD, _INSIDE, _ALL_WORDS, _NONE = range(6)


@dataclass(frozen=True)
class Hit:
    """A thing found, the name that matched and its classes."""

    thing: Value
    name: str
    classes: tuple[Value, ...]


@dataclass(frozen=True)
class Found:
    """The best hits, and how many there are beyond them too."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class _Name:
    folded: str
    name: str
    iri: str


def search(store: Store, question: str, limit: int = LIMIT) -> Found:
    """Find the things whose names match: the whole name first, then its start, a word, a part."""
    wanted = fold(question[:_LONGEST])
    if not wanted:
        return Found((), 0)
    best: dict[str, tuple[int, int, str]] = {}
    for known in _index(store):
        rank = _rank(known.folded, wanted)
        if rank != _NONE:
            found = (rank, len(known.name), known.name)
            best[known.iri] = min(best.get(known.iri, found), found)
    order = sorted(best, key=lambda iri: (*best[iri], iri))
    return Found(tuple(_hit(store, iri, best[iri][2]) for iri in order[:limit]), len(order))


def near_names(store: Store, question: str) -> list[Hit]:
    """Return the things whose names are spelt much like the question."""
    by_name = {known.folded: known for known in _index(store)}
    close = difflib.get_close_matches(fold(question[:_LONGEST]), by_name, n=5, cutoff=0.6)
    hits = {by_name[name].iri: _hit(store, by_name[name].iri, by_name[name].name) for name in close}
    return list(hits.values())


def fold(name: str) -> str:
    """Write a name without accents, case and punctuation.

    >>> fold("Viktor  ORBÁN")
    'viktor orban'
    >>> fold("Владимир Путин") == fold("владимир путин")
    True
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return _EXACT
    if name.startswith(wanted):
        return _START
    if f" {wanted}" in name:
        return _WORD
    if wanted in name:
        return _INSIDE
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return _ALL_WORDS
    return _NONE


@per_store
def _index(store: Store) -> tuple[_Name, ...]:
    return tuple(
        _Name(fold(name.value), name.value, iri)
        for iri, names in vocabulary(store).names.items()
        for _, name in names
        if iri.startswith(THING) and "#" not in iri
    )


def _hit(store: Store, iri: str, name: str) -> Hit:
    words = vocabulary(store)
    classes = words.most_specific(types(store).get(iri, ()))
    return Hit(thing(words, iri), name, tuple(thing(words, c) for c in classes))
