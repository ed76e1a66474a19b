"""Lists of things that narrow by facets: kind, actor, place, year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.dates import is_apart
from kg.model.prefixes import TERM, THING
from kg.statements.statement import Value, thing
from kg.store.store import Store
from kg.terms.literals import XSD, format_dates
from kg.terms.vocabulary import vocabulary
from kg.things.lead_text import lead_text

PAGE_SIZE = 50
# The facets that lists narrow by: the index's name for each and the start of its values' IRIs.
FACETS = {
    "kind": ("class", TERM),
    "actor": ("actor", THING),
    "place": ("place", THING),
    "year": ("year", ""),
}
# The days that lists narrow by, from the one to the other.
DAYS = ("from", "until")

_DAY = frozenset({"day"})
_DATE = NamedNode(XSD + "date")
_SHOWN = 15
_MANY = 400


@dataclass(frozen=True)
class ListItem:
    """A thing in a list: its narrowest classes, its day in words and as dates, one sentence.

    `stated` tells whether somebody says when; else the dates are those that it must lie between.
    `apart` is what did not happen.
    """

    thing: Value
    classes: tuple[Value, ...]
    day: str
    earliest: str
    latest: str
    stated: bool
    apart: bool
    description: str


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


@dataclass(frozen=True)
class Listing:
    """One page of a list, how long the whole is, and how it may be narrowed.

    `days` are the first and the last day that it is narrowed to, in words.
    """

    items: tuple[ListItem, ...]
    total: int
    page: int
    size: int
    facets: tuple[Facet, ...]
    days: tuple[Facet, ...] = ()

    @property
    def chosen(self) -> list[tuple[str, FacetValue]]:
        """Return what the list is narrowed by: facets and their values, then days."""
        known = (*self.facets, *self.days)
        return [(facet.name, facet.chosen) for facet in known if facet.chosen]

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.size))


def list_things(
    store: Store,
    chosen: Mapping[str, str],
    base: Narrowing = Narrowing(),  # noqa: B008 - it is immutable
    order: str = "name",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Listing:
    """List the things in `base` that have the chosen values, by name, day or degree.

    `chosen` maps facets (kind, actor, place, year) to values as addresses have them: a class's or
    thing's local name, a year; and `from` and `until` to days. A value that nothing has makes an
    empty list.
    """
    narrowing = apply_facets(base, chosen)
    known = index(store)
    iris = known.members(narrowing, order, size, size * (max(1, page) - 1))
    total = known.count(narrowing)
    return Listing(
        tuple(list_item(store, iri, beside_day=base.dated) for iri in iris),
        total,
        max(1, page),
        size,
        tuple(_facet(store, name, base, chosen, narrowing) for name in FACETS),
        tuple(_bound(name, chosen[name], total) for name in DAYS if chosen.get(name)),
    )


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


def list_item(store: Store, iri: str, *, beside_day: bool = False) -> ListItem:
    """Put a thing into a list; beside its day, its sentence need not say it."""
    words, known = vocabulary(store), index(store)
    found = known.resource(iri)
    types = sorted(known.values(iri, "type"), key=words.label)
    return ListItem(
        thing(words, iri),
        tuple(thing(words, kind) for kind in types),
        format_dates(found.earliest, found.latest, found.said),
        found.earliest,
        found.latest,
        bool(found.said),
        is_apart(found.moment),
        lead_text(store, iri, _DAY if beside_day else frozenset()),
    )


def _facet(
    store: Store, name: str, base: Narrowing, chosen: Mapping[str, str], narrowing: Narrowing
) -> Facet:
    kind, start = FACETS[name]
    taken = chosen.get(name, "")
    most = _MANY if name == "kind" else _SHOWN
    counts: dict[str, int] = dict(index(store).facet(narrowing, kind, most))
    offered = _kinds(store, base, counts, start + taken) if name == "kind" else counts
    values = {start + taken: counts.get(start + taken, 0)} if taken else offered
    words = vocabulary(store)
    return Facet(
        name,
        tuple(
            FacetValue(
                iri.removeprefix(start), words.label(iri) if start else iri, count, bool(taken)
            )
            for iri, count in values.items()
        ),
    )


def _bound(name: str, day: str, total: int) -> Facet:
    return Facet(name, (FacetValue(day, format_dates(day, day, day), total, True),))


def _kinds(store: Store, base: Narrowing, counts: dict[str, int], taken: str) -> dict[str, int]:
    """Offer the classes below the one that the list is of, else the principal ones."""
    words = vocabulary(store)
    within = {value for kind, value in base.pairs if kind == "class"} or {taken}
    below = {c for c, notes in words.classes.items() if notes.parents & within}
    offered = below or {c for c, notes in words.classes.items() if notes.principal} - within
    return {c: n for c, n in counts.items() if c in offered and c.startswith(TERM)}
