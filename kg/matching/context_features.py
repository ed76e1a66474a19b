"""Compare what two descriptions say besides names: kind, dates, place, neighbours, values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from kg.index.folding import fold_name
from kg.matching.description import Description
from kg.matching.name_features import name_features, name_value
from kg.matching.weights import weights
from kg.model.dates import period

_EARTH = 6371.0
# Values that are names are equal if they are as alike as this.
_SAME_NAME = 0.9


def context_features(query: Description, candidate: Description) -> Iterator[tuple[str, float]]:
    """Yield (feature, 0 to 1) for what both sides say; a feature of a property has its name."""
    if query.classes and candidate.classes:
        yield "kind", float(bool(query.classes & candidate.classes))
    if query.periods and candidate.periods:
        periods = product(query.periods, candidate.periods)
        yield "period", float(any(ours.overlaps(theirs) for ours, theirs in periods))
    if query.points and candidate.points:
        points = product(query.points, candidate.points)
        yield "place", _closeness(min(kilometres_between(*pair) for pair in points))
    if query.neighbours and candidate.neighbours:
        shared = len(query.neighbours & candidate.neighbours)
        enough = min(weights().enough, len(query.neighbours))
        yield "neighbours", min(1.0, shared / enough)
    yield from _values(query, candidate)


def kilometres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return kilometres between two points of (latitude, longitude), by the haversine formula.

    >>> round(kilometres_between((35.68, 139.69), (55.75, 37.62)))
    7479
    """
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (one, other))
    chord = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


def _closeness(kilometres: float) -> float:
    same, apart = weights().same, weights().apart
    return min(1.0, max(0.0, (apart - kilometres) / (apart - same)))


def _values(query: Description, candidate: Description) -> Iterator[tuple[str, float]]:
    wanted, stated = defaultdict(set), defaultdict(set)
    for name, value in query.values:
        wanted[name].add(value)
    for name, value in candidate.values:
        stated[name].add(value)
    for name in sorted(wanted.keys() & stated.keys()):
        kind = "identifier" if name in weights().identifiers else "property"
        best = max(same_value(one, other) for one in wanted[name] for other in stated[name])
        yield f"{kind}:{name}", best


def same_value(wanted: str, value: str) -> float:
    """Return how far two values of a property agree: dates by their days, others as names.

    >>> same_value("2018-04-13", "2018-04"), same_value("Japan", "JAPAN"), same_value("17", "18")
    (1.0, 1.0, 0.0)
    """
    if wanted == value:
        return 1.0
    days, other = period(wanted), period(value)
    if days and other:
        return float(days.overlaps(other))
    if fold_name(wanted) == fold_name(value):
        return 1.0
    if any(text.strip().isdecimal() for text in (wanted, value)):
        return 0.0
    alike = name_value(name_features([wanted], [value], by_surname=True))
    return alike if alike >= _SAME_NAME else 0.0
