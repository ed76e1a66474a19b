"""The values that things of ours have of a property, from the default graph alone.

What a claim says stands in a graph of its own, so that no value here is only claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sized
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.index.reader import index
from kg.model.outside_datasets import dataset_of, outside_datasets
from kg.model.prefixes import THING, expand
from kg.model.text_files import read
from kg.reconciliation.errors import ReconciliationLimit
from kg.reconciliation.properties import ReconciliationProperty
from kg.sparql.named_queries import QUERIES
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import text

# Values of one property of one thing; more are an error, as a cut list would look complete.
MOST_VALUES = 1_000
# Rows of a table name the same candidates again and again.
_CACHED = 20_000
_LINKS = tuple(
    NamedNode(expand(name)) for name in ("owl:sameAs", "skos:exactMatch", "skos:closeMatch")
)


def property_values(store: Store, one: ReconciliationProperty, iri: str) -> list[Term]:
    """Return the values of a property of a thing, in a fixed order; none if it has none.

    Links come as literals of the identifier in their dataset. ReconciliationLimit beyond a
    thousand values.
    """
    if one.query:
        rows = store.select(_query(one.query), thing=NamedNode(iri))
        values = [row["value"] for row in rows if "value" in row]
    elif one.dataset:
        values = list(_identifiers(store, one.dataset, iri))
    else:
        values = [NamedNode(iri)] if one.path else []
        for step in one.path:
            values = _step(store, one, values, step)
    _require_few(one, values)
    return sorted(dict.fromkeys(values), key=lambda term: (isinstance(term, Literal), str(term)))


@cache
def _query(name: str) -> str:
    return read(QUERIES / "reconciliation" / f"{name}.rq")


def _step(
    store: Store, one: ReconciliationProperty, values: Iterable[Term], step: str
) -> list[Term]:
    """Return the values a step further; each step is bounded, as they multiply."""
    ends: dict[Term, None] = {}
    for value in values:
        ends |= dict.fromkeys(_follow(store, value, step))
        _require_few(one, ends)
    return list(ends)


def _require_few(one: ReconciliationProperty, values: Sized) -> None:
    if len(values) > MOST_VALUES:
        raise ReconciliationLimit(MOST_VALUES, f"{one.name} has too many values")


def _follow(store: Store, node: Term, step: str) -> list[Term]:
    if not isinstance(node, NamedNode):
        return []
    property_ = NamedNode(step.removeprefix("^"))
    most = MOST_VALUES + 1
    if step.startswith("^"):
        return store.subjects(property_, node, most)
    return store.objects(node, property_, most)


def _identifiers(store: Store, dataset: str, iri: str) -> list[Literal]:
    records = [
        text(value)
        for link in _LINKS
        for value in store.objects(NamedNode(iri), link, MOST_VALUES + 1)
    ]
    table = outside_datasets()[dataset]
    return [Literal(table.identifier(r)) for r in records if dataset_of(r) is table]


def subjects_with(store: Store, one: ReconciliationProperty, value: str, most: int) -> list[str]:
    """Return things of ours with a value, for queries that give no name: by code, link or thing."""
    nodes: list[tuple[NamedNode, Term]] = []
    if one.dataset:
        records = outside_datasets()[one.dataset].records(value)
        identifier = outside_datasets()[one.dataset].iri(value)
        found = dict.fromkeys(filter(_is_iri, (*records, identifier)))
        nodes = [(link, NamedNode(record)) for record in found for link in _LINKS]
    elif len(one.path) == 1 and not one.path[0].startswith("^"):
        step = NamedNode(one.path[0])
        # Codes are upper-case, and people type “jp”.
        nodes = [(step, Literal(form)) for form in dict.fromkeys((value, value.upper()))]
        nodes += [(step, NamedNode(iri)) for iri in [THING + value] if _is_iri(iri)]
    ends = (text(s) for link, node in nodes for s in store.subjects(link, node, most))
    return [iri for iri in dict.fromkeys(ends) if iri.startswith(THING)][:most]


def _is_iri(value: str) -> bool:
    try:
        return bool(NamedNode(value))
    except ValueError:
        return False


def comparable_values(store: Store, one: ReconciliationProperty, iri: str) -> tuple[str, ...]:
    """Return the values of a property as texts to compare: of a thing its names and its slug."""
    cached = _comparable(store)
    if (one.id, iri) not in cached:
        if len(cached) >= _CACHED:
            cached.clear()
        cached[one.id, iri] = _texts(store, one, iri)
    return cached[one.id, iri]


@per_store
def _comparable(_: Store) -> dict[tuple[str, str], tuple[str, ...]]:
    return {}


def _texts(store: Store, one: ReconciliationProperty, iri: str) -> tuple[str, ...]:
    try:
        values = property_values(store, one, iri)
    except ReconciliationLimit:
        return ()
    texts: list[str] = []
    for value in values:
        if isinstance(value, NamedNode):
            texts += [value.value.removeprefix(THING), value.value]
            texts += [name for _, name, _ in index(store).resource(value.value).names]
        else:
            texts.append(text(value))
    return tuple(dict.fromkeys(texts))
