"""Describe things of ours for matching, as the index of a build has them."""

from __future__ import annotations

from datetime import date

from kg.index.reader import index
from kg.matching.description import Description
from kg.model.dates import Period, period
from kg.store.memory import per_store
from kg.store.store import Store

# Places of a thing that are compared; a course of events has many.
_MOST_POINTS = 10
_POINTS = (
    "SELECT latitude, longitude FROM point "
    "WHERE resource = (SELECT id FROM resource WHERE iri = ?) LIMIT ?"
)
# A build has tens of thousands of things at most in its busiest columns.
_CACHED = 20_000


def describe_thing(store: Store, iri: str) -> Description:
    """Return what matching may use of a thing of ours, with all classes above its own."""
    cached = _descriptions(store)
    if iri not in cached:
        if len(cached) >= _CACHED:
            cached.clear()
        cached[iri] = _describe(store, iri)
    return cached[iri]


@per_store
def _descriptions(_: Store) -> dict[str, Description]:
    return {}


def _describe(store: Store, iri: str) -> Description:
    reader = index(store)
    resource = reader.resource(iri)
    points = reader.rows(_POINTS, (iri, _MOST_POINTS))
    return Description(
        iri,
        tuple((text, tag) for kind, text, tag in resource.names if kind in {"label", "also"}),
        frozenset(reader.values(iri, "class")),
        open_period(resource.earliest, resource.latest, stated=bool(resource.stated)),
        tuple((latitude, longitude) for latitude, longitude in points),
    )


def open_period(earliest: str, latest: str, *, stated: bool) -> tuple[Period, ...]:
    """Return the days from one to another; without a stated end, on and on.

    >>> [p.last.year for p in open_period("2012-05-07", "", stated=True)]
    [9998]
    >>> open_period("", "", stated=True)
    ()
    """
    first, last = period(earliest), period(latest)
    if not (first or last):
        return ()
    # A single day that rules derived is a bound of a day, not the beginning of a time.
    end = last or (Period(_LAST, _LAST, True) if stated else first)
    start = first or Period(_FIRST, _FIRST, True)
    return (Period(start.first, end.last, False),) if end else ()


_FIRST, _LAST = date.min, date(date.max.year - 1, 12, 31)
