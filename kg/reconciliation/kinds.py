"""The classes that a query may name as kinds of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from rapidfuzz import fuzz, process

from kg.index.folding import fold_name
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import TERM
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary

_SIMILAR = 70


@dataclass(frozen=True)
class Kind:
    """A class by its local name, and the kinds directly above it."""

    id: str
    name: str
    description: str
    broader: tuple[str, ...]
    principal: bool
    things: int

    @property
    def iri(self) -> str:
        """Return the IRI of the class."""
        return TERM + self.id


@per_reader
def listed_kinds(store: Store) -> Mapping[str, Kind]:
    """Return the classes that have things, by local name: principal ones first, then by number."""
    vocabulary, reader = read_vocabulary(store), index(store)
    rows = []
    for iri, record in vocabulary.classes.items():
        things = reader.count(ThingFilter((("class", iri),))) if iri.startswith(TERM) else 0
        if things:
            broader = sorted(p.removeprefix(TERM) for p in record.parents if p.startswith(TERM))
            label = vocabulary.term_label(iri)
            name = iri.removeprefix(TERM)
            rows.append(
                Kind(name, label, record.definition, tuple(broader), record.principal, things)
            )
    rows.sort(key=lambda kind: (not kind.principal, -kind.things, kind.id))
    return {kind.id: kind for kind in rows}


def kind_iri(store: Store, name: str) -> str:
    """Return the IRI of the class that a query names; of none of ours, an IRI that no thing has.

    Local and prefixed names, IRIs and labels name a class: Person, dip:Person, person.
    """
    local = name.removeprefix(TERM).removeprefix("dip:")
    if local in read_vocabulary(store).classes or TERM + local in read_vocabulary(store).classes:
        return TERM + local
    # Quoted, because a name may hold characters that no IRI may (RFC 3987, 2.2).
    return _by_label(store).get(fold_name(local), TERM + quote(local))


@per_reader
def _by_label(store: Store) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for kind in listed_kinds(store).values():
        for name in (kind.name, kind.id):
            named.setdefault(fold_name(name), kind.iri)
    return named


def suggest_kinds(store: Store, prefix: str, limit: int) -> list[Kind]:
    """Return the classes whose names begin with, contain or resemble a text, best first."""
    folded, listed = fold_name(prefix), listed_kinds(store)
    names = {kind.id: fold_name(f"{kind.name} {kind.id}") for kind in listed.values()}
    starting = [id_ for id_, name in names.items() if f" {folded}" in f" {name}"]
    inside = [id_ for id_, name in names.items() if folded in name]
    similar = process.extract(
        folded, names, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=_SIMILAR
    )
    ids = dict.fromkeys([*starting, *inside, *(id_ for _, _, id_ in similar)])
    return [listed[id_] for id_ in ids][:limit]
