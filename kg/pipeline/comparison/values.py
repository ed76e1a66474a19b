"""Which values agree, the one finer than the other, and which exclude each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kg.model.prefixes import expand

_DATES = {expand(f"xsd:{name}") for name in ("gYear", "gYearMonth", "date", "dateTime")}
# https://www.w3.org/TR/xmlschema11-2/#dateTime, from the year 1 to the year 9999.
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?"
)


@dataclass(frozen=True)
class TimeSpan:
    """The time from one moment up to another that a date allows; `zone` is its offset, if given."""

    start: datetime
    end: datetime
    zone: timedelta | None

    @property
    def in_utc(self) -> tuple[datetime, datetime]:
        """Return both moments in universal time."""
        offset = self.zone or timedelta()
        return self.start - offset, self.end - offset


@dataclass(frozen=True)
class ComparedValue:
    """A value with its meaning: a span of time, a number or a thing.

    `least` is true of a number that is a lower bound.
    """

    term: NamedNode | Literal
    least: bool = False
    span: TimeSpan | None = None
    number: Decimal | None = None

    @classmethod
    def of(cls, term: NamedNode | Literal, *, least: bool = False) -> ComparedValue:
        """Read a term."""
        return cls(term, least, _span(term), _number(term))


@dataclass(frozen=True)
class Fineness:
    """Tells which of two values is finer, given what is part of what."""

    wholes: Mapping[str, frozenset[str]]

    def refines(self, finer: ComparedValue, coarser: ComparedValue) -> bool:
        """Tell whether a value is the other, or a part of it.

        >>> day, month = (Literal(text, datatype=NamedNode(expand(f"xsd:{kind}"))) for text, kind
        ...     in (("2018-03-04", "date"), ("2018-03", "gYearMonth")))
        >>> Fineness({}).refines(ComparedValue.of(day), ComparedValue.of(month))
        True
        """
        if finer.term == coarser.term and finer.least == coarser.least:
            return True
        if finer.span and coarser.span:
            return _within(finer.span, coarser.span)
        if finer.number is not None and coarser.number is not None:
            if coarser.least:
                return finer.number >= coarser.number
            return not finer.least and finer.number == coarser.number
        if isinstance(finer.term, NamedNode) and isinstance(coarser.term, NamedNode):
            return coarser.term.value in self.wholes.get(finer.term.value, frozenset())
        return False

    def exclude(self, one: ComparedValue, other: ComparedValue) -> bool:
        """Tell whether two values cannot both be right."""
        if self.refines(one, other) or self.refines(other, one):
            return False
        # Of two days, each by its own clock, an hour may belong to both.
        return not (one.span and other.span and _overlap(one.span, other.span))

    def coarseness(self, value: ComparedValue) -> float:
        """Return a number that is smaller the finer a value is, among values of one kind."""
        if value.span:
            return (value.span.end - value.span.start).total_seconds()
        if value.number is not None:
            return float(value.least)
        # A place within many others is a small one.
        return -float(len(self.wholes.get(str(getattr(value.term, "value", "")), ())))


def all_wholes(parts: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return everything that each part belongs to, given pairs of a part and a whole.

    >>> all_wholes([("street", "city"), ("city", "state")])["street"] == {"city", "state"}
    True
    """
    direct: dict[str, set[str]] = defaultdict(set)
    for part, whole in parts:
        direct[part].add(whole)
    return {part: frozenset(_above(direct, part)) for part in direct}


def _above(direct: Mapping[str, set[str]], part: str) -> set[str]:
    above, waiting = set[str](), [part]
    while waiting:
        new = direct.get(waiting.pop(), set()) - above - {part}
        above |= new
        waiting += new
    return above


def _within(finer: TimeSpan, coarser: TimeSpan) -> bool:
    # Without a zone a date is one by the local clock, whose day the other names as well.
    both = finer.zone is not None and coarser.zone is not None
    start, end = finer.in_utc if both else (finer.start, finer.end)
    first, last = coarser.in_utc if both else (coarser.start, coarser.end)
    return first <= start and end <= last


def _overlap(one: TimeSpan, other: TimeSpan) -> bool:
    if one.zone is None or other.zone is None:
        return False
    return max(one.in_utc[0], other.in_utc[0]) < min(one.in_utc[1], other.in_utc[1])


def _span(term: NamedNode | Literal) -> TimeSpan | None:
    if isinstance(term, NamedNode) or term.datatype.value not in _DATES:
        return None
    match = _DATE.fullmatch(term.value)
    if not match:
        return None
    *numbers, zone = match.groups()
    try:
        start = datetime(*_fields(numbers))
        return TimeSpan(start, _end(start, numbers), _offset(zone))
    # An hour 24, or the end of the year 9999.
    except (ValueError, OverflowError):
        return None


def _fields(numbers: Iterable[str | None]) -> tuple[int, int, int, int, int, int]:
    year, month, day, hour, minute, second = (int(n) if n else 0 for n in numbers)
    return year, month or 1, day or 1, hour, minute, second


def _end(start: datetime, numbers: list[str | None]) -> datetime:
    _, month, day, hour, *_ = numbers
    if hour:
        return start + timedelta(seconds=1)
    if day:
        return start + timedelta(days=1)
    if month:
        return (start + timedelta(days=31)).replace(day=1)
    return start.replace(year=start.year + 1)


def _offset(zone: str | None) -> timedelta | None:
    if zone in {None, "Z"}:
        return timedelta() if zone else None
    sign = -1 if str(zone).startswith("-") else 1
    hours, minutes = str(zone)[1:].split(":")
    return sign * timedelta(hours=int(hours), minutes=int(minutes))


def _number(term: NamedNode | Literal) -> Decimal | None:
    if isinstance(term, NamedNode) or term.language or _span(term):
        return None
    if term.datatype == NamedNode(expand("xsd:string")):
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None
