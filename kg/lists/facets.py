"""The facets and days that lists filter by: kind, actor, place, source, year; from, until.

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
    """A facet with its commonest values, or with the chosen one alone."""

    name: str
    choices: tuple[FacetValue, ...]

    @property
    def chosen(self) -> FacetValue | None:
        """Return the value that the list is filtered by, if any."""
        return next((choice for choice in self.choices if choice.chosen), None)


@dataclass(frozen=True)
class FacetCounts:
    """The facets of a list; `days` are its first and last day, if it is filtered by days."""

    facets: tuple[Facet, ...]
    days: tuple[Facet, ...]

    @property
    def chosen(self) -> list[tuple[str, FacetValue]]:
        """Return the filters of the list: facets with their values, then days."""
        return [(f.name, f.chosen) for f in (*self.facets, *self.days) if f.chosen]


def apply_filters(base: ThingFilter, filters: Mapping[str, str]) -> ThingFilter:
    """Select from `base` the things that have the values and days of an address."""
    for name, (facet, namespace) in FACETS.items():
        if filters.get(name):
            base = base.and_also(facet, namespace + filters[name])
    return replace(base, first=filters.get("from", ""), last=filters.get("until", ""))


def filter_terms(filters: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the values and days of an address as RDF terms, to bind in a query.

    >>> filter_terms({"actor": "japan", "year": "2018"})["actor"].value
    'https://w3id.org/aide-memoire/id/japan'
    """
    values = {
        # Quoted, because an address may hold characters that no IRI may (RFC 3987, 2.2).
        name: NamedNode(namespace + quote(value)) if namespace else Literal(value)
        for name, (_, namespace) in FACETS.items()
        if (value := filters.get(name))
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
    chosen = filters.get(name, "")
    most = _CLASSES_READ if name == "kind" else _VALUES_SHOWN
    counts: dict[str, int] = dict(index(store).facet(selection, facet, most))
    if chosen:
        # The chosen value stays, even with no match left: a reader must be able to drop it.
        counts = {namespace + chosen: counts.get(namespace + chosen, 0)}
    elif name == "kind":
        counts = _only_next_classes(store, base, counts)
    label = read_vocabulary(store).label
    return Facet(
        name,
        tuple(
            FacetValue(
                iri.removeprefix(namespace), label(iri) if namespace else iri, count, bool(chosen)
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
