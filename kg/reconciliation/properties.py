"""The properties that a query may name: those of a table, of linked datasets, of the ontology."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from kg.index.folding import fold_name
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import TERM, shorten
from kg.model.text_files import read
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.completion import PROPERTY, usable_terms

PERIOD, PLACE = "period", "place"
_TABLE = Path(__file__).with_name("properties.toml")
# Steps of a path such as positionHeld/positionIn.
_LONGEST_PATH = 4
_SIMILAR = 70


@dataclass(frozen=True)
class ReconciliationProperty:
    """A property by the name that queries and columns have for it.

    Its values are those of a `query`, of a `path` of IRIs, or links to a `dataset`; or it
    `compares` what it gives with the days or coordinates of a thing.
    """

    id: str
    name: str
    description: str = ""
    query: str = ""
    path: tuple[str, ...] = ()
    dataset: str = ""
    compares: str = ""
    uses: int = 0

    @property
    def readable(self) -> bool:
        """Tell whether a thing has values of it, to be read into a column."""
        return not self.compares


@per_reader
def reconciliation_properties(store: Store) -> Mapping[str, ReconciliationProperty]:
    """Return all properties by their ids: the table, identifiers, then the most used of ours."""
    ours = (
        ReconciliationProperty(
            _local_name(term.iri), term.label, term.definition, path=(term.iri,), uses=term.uses
        )
        for term in usable_terms(store)
        if term.kind == PROPERTY
    )
    listed = {one.id: one for one in (*_table(), *_identifiers())}
    return listed | {one.id: one for one in ours if one.id not in listed}


def _local_name(iri: str) -> str:
    return iri.removeprefix(TERM) if iri.startswith(TERM) else shorten(iri)


def _table() -> Iterable[ReconciliationProperty]:
    for name, row in _rows().items():
        yield ReconciliationProperty(
            name,
            row["name"],
            row["description"],
            query=row.get("query", ""),
            compares=row.get("compares", ""),
        )


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(read(_TABLE))


def _identifiers() -> Iterable[ReconciliationProperty]:
    for name, dataset in outside_datasets().items():
        about = f"The identifier of the thing in {dataset.name}, or its address there"
        yield ReconciliationProperty(name, f"{dataset.name} identifier", about, dataset=name)


def resolve_property(store: Store, name: str) -> ReconciliationProperty | None:
    """Return the property of an id, alias, label, prefixed name or IRI, or path of such."""
    direct = _by_name(store).get(name) or _by_name(store).get(fold_name(name))
    if direct or "/" not in name or "://" in name:
        return direct
    steps = name.split("/")
    resolved = [_by_name(store).get(step.lstrip("^")) for step in steps]
    if len(steps) > _LONGEST_PATH or not all(one and one.path for one in resolved):
        return None
    path = (
        ("^" if step.startswith("^") else "") + iri
        for step, one in zip(steps, resolved, strict=True)
        for iri in (one.path if one else ())
    )
    label = ", ".join(one.name for one in resolved if one)
    return ReconciliationProperty(name, label, path=tuple(path))


@per_reader
def _by_name(store: Store) -> Mapping[str, ReconciliationProperty]:
    """Return the properties by all their names; ids first, then the names of the table."""
    listed = reconciliation_properties(store)
    names: dict[str, ReconciliationProperty] = dict(listed)
    aliases = [(alias, listed[id_]) for id_, row in _rows().items() for alias in row["aliases"]]
    labels = [(fold_name(one.name), one) for one in listed.values()]
    ids = [(fold_name(one.id), one) for one in listed.values()]
    iris = [(name, one) for one in listed.values() for name in _iri_names(one)]
    for name, one in (*iris, *aliases, *ids, *labels):
        names.setdefault(name, one)
    return names


def _iri_names(one: ReconciliationProperty) -> Iterable[str]:
    for iri in one.path:
        yield iri
        yield shorten(iri)


def suggest_properties(store: Store, prefix: str, limit: int) -> list[ReconciliationProperty]:
    """Return the properties whose names begin with, contain or resemble a text, best first."""
    listed, folded = reconciliation_properties(store), fold_name(prefix)
    if not folded:
        return list(listed.values())[:limit]
    direct = resolve_property(store, prefix)
    names = {one.id: fold_name(f"{one.name} {one.id}") for one in listed.values()}
    starting = [id_ for id_, name in names.items() if f" {name}".find(f" {folded}") >= 0]
    inside = [id_ for id_, name in names.items() if folded in name]
    similar = process.extract(
        folded, names, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=_SIMILAR
    )
    ids = dict.fromkeys([*starting, *inside, *(id_ for _, _, id_ in similar)])
    ranked = dict.fromkeys([*filter(None, [direct]), *(listed[id_] for id_ in ids)])
    return list(ranked)[:limit]
