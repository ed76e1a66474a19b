"""The facets and days that lists filter by: kind, actor, place, year; from, until."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.prefixes import TERM, THING
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.literals import XSD
from kg.terms.vocabulary import read_vocabulary

# The facets that lists narrow by: the index's name for each and the start of its values' IRIs.
FACETS = {
    "kind": ("class", TERM),
    "actor": ("actor", THING),
    "place": ("place", THING),
    "year": ("year", ""),
}


# The days that lists narrow by, from the one to the other.
DAYS = ("from", "until")


_DATE = NamedNode(XSD + "date")


_SHOWN = 15


_MANY = 400


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: the name for it in an address, and how many things have it."""

    name: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its commonest values, the chosen one first."""

    name: str
    choices: tuple[FacetValue, ...]

    @property
    def chosen(self) -> FacetValue | None:
        """Return the value that the list is narrowed to."""
        return next((choice for choice in self.choices if choice.chosen), None)


def apply_facets(base: Narrowing, chosen: Mapping[str, str]) -> Narrowing:
    """Narrow by the values that an address chooses."""
    for name, (kind, start) in FACETS.items():
        if chosen.get(name):
            base = base.and_also(kind, start + chosen[name])
    return replace(base, first=chosen.get("from", ""), last=chosen.get("until", ""))


def facet_terms(chosen: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the values that an address chooses as a query has them.

    >>> facet_terms({"actor": "japan", "year": "2018"})["actor"].value
    'https://w3id.org/aide-memoire/id/japan'
    """
    values = {
        name: NamedNode(start + quote(chosen[name])) if start else Literal(chosen[name])
        for name, (_, start) in FACETS.items()
        if chosen.get(name)
    }
    days = {n: Literal(chosen[n], datatype=_DATE) for n in DAYS if chosen.get(n)}
    return values | days


def read_facet(
    store: Store, name: str, base: Narrowing, chosen: Mapping[str, str], narrowing: Narrowing
) -> Facet:
    """Count the values of a facet among the things of a list; once one is chosen, that one alone.

    `base` is the list before any facet filters it, `narrowing` the list as filtered.
    """
    kind, start = FACETS[name]
    taken = chosen.get(name, "")
    most = _MANY if name == "kind" else _SHOWN
    counts: dict[str, int] = dict(index(store).facet(narrowing, kind, most))
    offered = _kinds(store, base, counts, start + taken) if name == "kind" else counts
    values = {start + taken: counts.get(start + taken, 0)} if taken else offered
    vocabulary = read_vocabulary(store)
    return Facet(
        name,
        tuple(
            FacetValue(
                iri.removeprefix(start), vocabulary.label(iri) if start else iri, count, bool(taken)
            )
            for iri, count in values.items()
        ),
    )


def day_facet(name: str, day: str, total: int) -> Facet:
    """Return the first or last day of a list as a facet with one chosen value."""
    return Facet(name, (FacetValue(day, format_dates(day, day, day), total, True),))


def _kinds(store: Store, base: Narrowing, counts: dict[str, int], taken: str) -> dict[str, int]:
    """Offer the classes below the one that the list is of, else the principal ones."""
    vocabulary = read_vocabulary(store)
    within = {value for kind, value in base.pairs if kind == "class"} or {taken}
    below = {c for c, notes in vocabulary.classes.items() if notes.parents & within}
    offered = below or {c for c, notes in vocabulary.classes.items() if notes.principal} - within
    return {c: n for c, n in counts.items() if c in offered and c.startswith(TERM)}
