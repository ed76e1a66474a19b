"""The readings of one matter, resolved: which value is served, and what the others are to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from pyoxigraph import NamedNode, Triple

from kg.pipeline.comparison.preference import Candidate, Preference
from kg.pipeline.comparison.readings import Matter, Reading
from kg.pipeline.comparison.values import ComparedValue, Fineness


@dataclass(frozen=True)
class Conflict:
    """Two readings of one source that exclude each other, in reading order."""

    matter: Matter
    first: Reading
    second: Reading


@dataclass(frozen=True)
class Resolution:
    """What follows from the readings of a matter.

    `values` are all that sources give, with their readings; `coarser` names, by value, the
    candidates that it agrees with. Without a rule nothing excludes the value served.
    """

    matter: Matter
    served: ComparedValue
    values: Mapping[ComparedValue, tuple[Reading, ...]]
    coarser: Mapping[ComparedValue, tuple[ComparedValue, ...]]
    rule: NamedNode | None
    is_course: bool
    withdrawn: tuple[Triple, ...]


def conflicts(
    matter: Matter, readings: Sequence[Reading], preference: Preference, bounds: frozenset[str]
) -> Iterator[Conflict]:
    """Yield the first two readings of each source that exclude each other.

    What holds as of a day may change within one source, and a list need not have as many members
    as its source says: these make disagreements.
    """
    if matter.on.value in preference.time_bound:
        return
    for _, same in groupby(readings, key=lambda reading: reading.source.value):
        stated = [reading for reading in same if not reading.counted]
        for first, second in combinations(stated, 2):
            one, other = (compared(reading, bounds) for reading in (first, second))
            if preference.fineness.exclude(one, other):
                yield Conflict(matter, first, second)
                break


def resolve(
    matter: Matter,
    readings: Sequence[Reading],
    preference: Preference,
    bounds: frozenset[str],
) -> Resolution:
    """Choose the value to serve; `bounds` are the properties that give a lower bound."""
    values, fineness = _by_value(readings, bounds), preference.fineness
    candidates = _candidates(values, fineness)
    chosen, rule = preference.choose(matter, candidates)
    finest = tuple(candidate.value for candidate in candidates)
    disagree = any(fineness.exclude(one, other) for one, other in combinations(finest, 2))
    return Resolution(
        matter,
        chosen.value,
        values,
        _coarser(values, finest, fineness),
        rule if disagree else None,
        disagree and _is_course(matter, readings, preference),
        tuple(dict.fromkeys(_withdrawn(readings, chosen.value, fineness, bounds))),
    )


def _candidates(
    values: Mapping[ComparedValue, tuple[Reading, ...]], fineness: Fineness
) -> list[Candidate]:
    finest = [v for v in values if not any(_is_finer(fineness, other, v) for other in values)]
    return [
        Candidate(best, tuple(r for v in values if fineness.refines(best, v) for r in values[v]))
        for best in finest
    ]


def _coarser(
    values: Iterable[ComparedValue], finest: Sequence[ComparedValue], fineness: Fineness
) -> dict[ComparedValue, tuple[ComparedValue, ...]]:
    return {
        value: tuple(best for best in finest if fineness.refines(best, value))
        for value in values
        if value not in finest
    }


def compared(reading: Reading, bounds: frozenset[str]) -> ComparedValue:
    """Return the value of a reading as it is compared."""
    return ComparedValue.of(reading.value, least=reading.stated_with.value in bounds)


def _by_value(
    readings: Iterable[Reading], bounds: frozenset[str]
) -> dict[ComparedValue, tuple[Reading, ...]]:
    values: dict[ComparedValue, tuple[Reading, ...]] = {}
    for reading in readings:
        value = compared(reading, bounds)
        values[value] = (*values.get(value, ()), reading)
    return dict(sorted(values.items(), key=lambda item: (str(item[0].term), item[0].least)))


def _is_finer(fineness: Fineness, one: ComparedValue, other: ComparedValue) -> bool:
    return fineness.refines(one, other) and not fineness.refines(other, one)


def _is_course(matter: Matter, readings: Sequence[Reading], preference: Preference) -> bool:
    """Tell whether each later source gives the same status or one that lies further on."""
    if matter.on.value not in preference.time_bound:
        return False
    courses = preference.courses
    steps = sorted(
        (preference.record(one).published, courses.get(one.value.value, 0), one.source.value)
        for one in readings
    )
    # Of two statuses without a place in the course, neither lies further on.
    return all(place for _, place, _ in steps) and all(
        one[1] == other[1] or (one[1] < other[1] and (one[0] < other[0] or one[2] == other[2]))
        for one, other in pairwise(steps)
    )


def _withdrawn(
    readings: Iterable[Reading],
    served: ComparedValue,
    fineness: Fineness,
    bounds: frozenset[str],
) -> Iterator[Triple]:
    """Yield the triples that the default graph leaves out: all but those of the value served."""
    for reading in readings:
        value = compared(reading, bounds)
        # A lower bound that holds takes nothing from the number itself.
        fits = value.least and fineness.refines(served, value)
        if reading.triple and value != served and not fits:
            yield reading.triple
