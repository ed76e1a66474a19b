"""The facets and days that lists filter by: kind, actor, place, source, year; from, until.

Filters map the name of each to its value. Two actors are one value with a space between, which no
slug holds: the list is of what both take part in.

A new facet is `dip:facet` on properties in `ontology/display.ttl`, which fills the index, a row
of `FACETS` here, and its heading in `web/templates/macros/lists.html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import SOURCE, TERM, THING
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.literals import XSD
from kg.terms.vocabulary import read_vocabulary

# By the name in addresses: the facet's name in the index, and the namespace of its values.
FACETS = {
    "kind": ("class", TERM),
    "actor": ("actor", THING),
    "place": ("place", THING),
    "source": ("source", SOURCE),
    "year": ("year", ""),
}
# The facet that a list may be filtered by twice, and how often.
TWICE, MOST_VALUES = "actor", 2
# The first and the last day of a list, by their names in addresses.
DAYS = ("from", "until")

_DATE = NamedNode(XSD + "date")
_VALUES_SHOWN = 15
# All classes are read, for only those below the list's class, or the principal ones, are shown.
_CLASSES_READ = 400


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: its name in addresses, its label, how many things have it."""

    name: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with its commonest values, or with the chosen one alone.

    Of actors a second may be chosen: the first comes before those that it acts with.
    """

    name: str
    choices: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """Return the values that the list is filtered by."""
        return tuple(choice for choice in self.choices if choice.chosen)

    @property
    def more(self) -> bool:
        """Tell whether the list may be filtered by one value more."""
        return len(self.chosen) < (MOST_VALUES if self.name == TWICE else 1)


@dataclass(frozen=True)
class FacetCounts:
    """The facets of a list; `days` are its first and last day, if it is filtered by days."""

    facets: tuple[Facet, ...]
    days: tuple[Facet, ...]

    @property
    def chosen(self) -> list[tuple[str, FacetValue]]:
        """Return the filters of the list: facets with their values, then days."""
        return [(f.name, value) for f in (*self.facets, *self.days) for value in f.chosen]


def apply_filters(base: ThingFilter, filters: Mapping[str, str]) -> ThingFilter:
    """Select from `base` the things that have the values and days of an address."""
    for name, (facet, namespace) in FACETS.items():
        for value in chosen_values(filters, name):
            base = base.and_also(facet, namespace + value)
    return replace(base, first=filters.get("from", ""), last=filters.get("until", ""))


def chosen_values(filters: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the values of a filter, of which only actors may have two.

    >>> chosen_values({"actor": "japan russia"}, "actor"), chosen_values({}, "year")
    (('japan', 'russia'), ())
    """
    value = filters.get(name, "")
    return tuple(value.split(" ")) if name == TWICE and value else (value,) if value else ()


def filter_terms(filters: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the values and days of an address as RDF terms, to bind in a query.

    >>> filter_terms({"actor": "japan", "year": "2018"})["actor"].value
    'https://w3id.org/aide-memoire/id/japan'
    >>> list(filter_terms({"actor": "japan russia"}))
    ['actor', 'actor2']
    """
    values = {
        # Quoted, because an address may hold characters that no IRI may (RFC 3987, 2.2).
        f"{name}{number or ''}": NamedNode(namespace + quote(v)) if namespace else Literal(v)
        for name, (_, namespace) in FACETS.items()
        for number, v in zip((0, 2), chosen_values(filters, name), strict=False)
    }
    days = {name: Literal(filters[name], datatype=_DATE) for name in DAYS if filters.get(name)}
    return values | days


def count_facets(store: Store, base: ThingFilter, filters: Mapping[str, str]) -> FacetCounts:
    """Count the values of every facet among the things of `base` that pass the filters."""
    selection = apply_filters(base, filters)
    total = index(store).count(selection)
    return FacetCounts(
        tuple(_count_values(store, name, base, filters, selection) for name in FACETS),
        tuple(_day_facet(name, filters[name], total) for name in DAYS if filters.get(name)),
    )


def _count_values(
    store: Store, name: str, base: ThingFilter, filters: Mapping[str, str], selection: ThingFilter
) -> Facet:
    facet, namespace = FACETS[name]
    chosen = [namespace + value for value in chosen_values(filters, name)]
    most = _CLASSES_READ if name == "kind" else _VALUES_SHOWN
    counts: dict[str, int] = dict(index(store).facet(selection, facet, most))
    if chosen:
        # The chosen value stays, even with no match left: a reader must be able to drop it.
        others = counts if name == TWICE and len(chosen) < MOST_VALUES else {}
        counts = {iri: counts.get(iri, 0) for iri in chosen} | others
    elif name == "kind":
        counts = _only_next_classes(store, base, counts)
    label = read_vocabulary(store).label
    return Facet(
        name,
        tuple(
            FacetValue(
                iri.removeprefix(namespace), label(iri) if namespace else iri, count, iri in chosen
            )
            for iri, count in counts.items()
        ),
    )


def _only_next_classes(store: Store, base: ThingFilter, counts: dict[str, int]) -> dict[str, int]:
    """Keep the classes directly below the list's class; without one, the principal classes."""
    classes = read_vocabulary(store).classes
    listed = {value for facet, value in base.pairs if facet == "class"}
    below = {iri for iri, record in classes.items() if record.parents & listed}
    offered = below or {iri for iri, record in classes.items() if record.principal} - listed
    return {iri: n for iri, n in counts.items() if iri in offered and iri.startswith(TERM)}


def _day_facet(name: str, day: str, total: int) -> Facet:
    return Facet(name, (FacetValue(day, format_dates(day, day, day), total, True),))
