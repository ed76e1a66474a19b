"""A record of another dataset that one of ours may be the same as, with its facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.index.wkt import point
from kg.linking.candidates.properties import outside_properties, role_of
from kg.model.dates import Period, period
from kg.model.text import without_controls

# A country has thousands of neighbours and hundreds of names; more would prove nothing more.
_MOST_VALUES = 200
_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*")
_BEGINS = re.compile(r"(\d{4})-(\d\d)-01T00:00:00(?:Z|\+00:00)")
_LONGEST_DESCRIPTION, _LONGEST = 300, 2000


@dataclass(frozen=True)
class OutsideCandidate:
    """What another dataset says of a record; days are (first, last), "" where it is open.

    `kinds` are classes of that dataset, `points` latitudes and longitudes, `neighbours` names.
    """

    iri: str
    names: tuple[tuple[str, str], ...] = ()
    description: str = ""
    kinds: tuple[str, ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    neighbours: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The first name in English, else the first in any language, else the IRI."""
        english = [text for text, language in self.names if language in {"en", "mul", ""}]
        return (english or [text for text, _ in self.names] or [self.iri])[0]

    def record(self) -> dict[str, Any]:
        """Return it as an object of JSON."""
        return asdict(self)

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> OutsideCandidate:
        """Read it from an object of JSON; KeyError or TypeError if it is not such a record."""
        return cls(
            record["iri"],
            tuple((text, language) for text, language in record["names"]),
            record["description"],
            tuple(record["kinds"]),
            tuple((first, last) for first, last in record["days"]),
            tuple((north, east) for north, east in record["points"]),
            tuple(record["neighbours"]),
        )


@dataclass
class CandidateFacts:
    """Gathers the facts of one record as they come, property by property."""

    iri: str
    _values: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    def add(self, property_: str, value: str, language: str = "") -> None:
        """Add a value of a property of `properties.toml`; others are left out."""
        role, value = role_of(property_), _printable(value)
        values = self._values.setdefault(role, {})
        if role and len(values) < _MOST_VALUES:
            # Labels come before other names, as their properties do in the table.
            rank = outside_properties(role).index(property_)
            values[(value, language)] = min(rank, values.get((value, language), rank))

    def candidate(self) -> OutsideCandidate:
        """Return what was gathered."""
        texts = [text for text, _ in sorted(self._of("descriptions"), key=_english_first)]
        return OutsideCandidate(
            self.iri,
            tuple(self._of("names")),
            " ".join(texts[0].split())[:_LONGEST_DESCRIPTION] if texts else "",
            tuple(sorted({kind for role in ("kinds", "wider") for kind, _ in self._of(role)})),
            tuple(self._days()),
            tuple(dict.fromkeys(self._points())),
            tuple(sorted({name for name, _ in self._of("neighbours")})),
        )

    def _of(self, role: str) -> Iterable[tuple[str, str]]:
        ranks = self._values.get(role, {})
        return sorted(ranks, key=lambda value: (ranks[value], *value))

    def _days(self) -> list[tuple[str, str]]:
        starts, ends, days = (
            [found for value, _ in self._of(role) if (found := read_days(value))]
            for role in ("starts", "ends", "days")
        )
        periods = [(day.first.isoformat(), day.last.isoformat()) for day in days]
        if starts or ends:
            # Of several dates of birth the widest reading is taken: none of them is contradicted.
            first = min(day.first for day in starts).isoformat() if starts else ""
            last = max(day.last for day in ends).isoformat() if ends else ""
            periods.insert(0, (first, last))
        return list(dict.fromkeys(periods))

    def _points(self) -> Iterable[tuple[float, float]]:
        yield from filter(None, (read_point(value) for value, _ in self._of("points")))
        north = [value for value, _ in self._of("latitudes")]
        east = [value for value, _ in self._of("longitudes")]
        # Of several pairs nothing says which latitude belongs to which longitude.
        if len(north) == len(east) == 1:
            yield from filter(None, (read_point(f"{north[0]} {east[0]}"),))


def _printable(value: str) -> str:
    """Return a text of others as one line, without what commands a terminal."""
    return without_controls(" ".join(value[:_LONGEST].split()))


def read_days(value: str) -> Period | None:
    """Return the days that a date of another dataset allows.

    Wikidata writes a year as the midnight that it begins with, and a month likewise.

    >>> read_days("1922-01-01T00:00:00Z").last, read_days("2018-04-01T00:00:00Z").last
    (datetime.date(1922, 12, 31), datetime.date(2018, 4, 30))
    """
    begins = _BEGINS.fullmatch(value)
    return period(
        (begins[1] if begins[2] == "01" else f"{begins[1]}-{begins[2]}") if begins else value
    )


def read_point(value: str) -> tuple[float, float] | None:
    """Return latitude and longitude from well-known text, or from two numbers in that order.

    >>> read_point("Point(139.7 35.7)"), read_point("35.7,139.7"), read_point("somewhere")
    ((35.7, 139.7), (35.7, 139.7), None)
    """
    pair = _PAIR.fullmatch(value)
    position = point(f"POINT({pair[2]} {pair[1]})" if pair else value)
    return (position[1], position[0]) if position else None


def _english_first(value: tuple[str, str]) -> bool:
    return value[1] not in {"en", ""}
