"""The order of preference: which of the values that exclude each other is served, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from pyoxigraph import NamedNode

from kg.model.errors import SourceError
from kg.model.prefixes import TERM, shorten
from kg.pipeline.comparison.decisions import Decision
from kg.pipeline.comparison.readings import Matter, Reading
from kg.pipeline.comparison.source_records import SourceRecord
from kg.pipeline.comparison.text_rows import text_rows
from kg.pipeline.comparison.values import ComparedValue, Fineness
from kg.store.store import Store

FILE = "ontology/preference.ttl"
_RULES = "SELECT ?rule ?place WHERE { GRAPH graph:ontology { ?rule dip:preferenceOrder ?place } }"

# Lower goes first; candidates of equal score are left to the next rule.
Score: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Candidate:
    """A value that no other makes more exact, and the readings that agree with it."""

    value: ComparedValue
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Preference:
    """The rules in force, and what they go by.

    `courses` are the places of statuses in their usual course.
    """

    rules: tuple[NamedNode, ...]
    records: Mapping[str, SourceRecord]
    days: Mapping[str, date]
    decisions: Mapping[tuple[frozenset[str], str], Decision]
    time_bound: frozenset[str]
    courses: Mapping[str, int]
    fineness: Fineness

    def record(self, reading: Reading) -> SourceRecord:
        """Return the record of a reading's source."""
        return self.records[reading.source.value]

    def decision(self, matter: Matter) -> Decision | None:
        """Return the editors' decision on a matter, if there is one."""
        return self.decisions.get((matter.things, matter.on.value))

    def choose(
        self, matter: Matter, candidates: Sequence[Candidate]
    ) -> tuple[Candidate, NamedNode | None]:
        """Return the candidate to serve, and the rule or decision by which it goes before others.

        A single candidate needs no rule.
        """
        left, decided = list(candidates), None
        for rule in self.rules:
            if len(left) == 1:
                break
            scores = [_CRITERIA[_name(rule)](self, matter, candidate) for candidate in left]
            best = min(scores)
            chosen = [c for c, score in zip(left, scores, strict=True) if score == best]
            decided = rule if len(chosen) < len(left) else decided
            left = chosen
        left.sort(key=lambda candidate: str(candidate.value.term))
        decision = self.decision(matter)
        by_editors = decision and decided and _name(decided) == "editorsDecision"
        return left[0], decision.iri if decision and by_editors else decided


def preference_rules(store: Store) -> tuple[NamedNode, ...]:
    """Read the rules in order; SourceError for one that the code does not have."""
    placed = sorted((int(row["place"]), row["rule"]) for row in text_rows(store, _RULES))
    for _, iri in placed:
        if iri.removeprefix(TERM) not in _CRITERIA:
            hint = f"the rules are {', '.join(f'dip:{name}' for name in _CRITERIA)}"
            raise SourceError(FILE, 0, 0, f"there is no rule {shorten(iri)}", hint)
    return tuple(NamedNode(iri) for _, iri in placed)


def _name(rule: NamedNode) -> str:
    return rule.value.removeprefix(TERM)


def _editors_decision(preference: Preference, matter: Matter, candidate: Candidate) -> Score:
    decision = preference.decision(matter)
    return (decision is not None and decision.value != candidate.value.term,)


def _newer_status(preference: Preference, matter: Matter, candidate: Candidate) -> Score:
    if matter.on.value not in preference.time_bound:
        return ()
    after = preference.days.get(matter.about.value, date.min)
    published = [preference.record(reading).published for reading in candidate.readings]
    return min((day < after, -day.toordinal()) for day in published)


def _doubt_before_fact(preference: Preference, matter: Matter, candidate: Candidate) -> Score:
    if matter.on.value not in preference.time_bound:
        return ()
    place = preference.courses.get(candidate.value.term.value)
    return (place is not None, -(place or 0))


def _stated_before_counted(_: Preference, __: Matter, candidate: Candidate) -> Score:
    return (all(reading.counted for reading in candidate.readings),)


def _primary_before_report(preference: Preference, _: Matter, candidate: Candidate) -> Score:
    return (min(preference.record(reading).rank for reading in candidate.readings),)


def _nearer_in_time(preference: Preference, matter: Matter, candidate: Candidate) -> Score:
    day = preference.days.get(matter.about.value)
    if day is None:
        return ()
    published = (preference.record(reading).published for reading in candidate.readings)
    return (min(abs((one - day).days) for one in published),)


def _finer_value(preference: Preference, _: Matter, candidate: Candidate) -> Score:
    return (preference.fineness.coarseness(candidate.value),)


def _more_publishers(preference: Preference, _: Matter, candidate: Candidate) -> Score:
    return (-len({preference.record(reading).origin for reading in candidate.readings}),)


def _earliest_published(preference: Preference, _: Matter, candidate: Candidate) -> Score:
    days = ((preference.record(r).issued, r.source.value) for r in candidate.readings)
    # What has no day of publication comes last.
    return min((day is None, day.first if day else date.max, source) for day, source in days)


_CRITERIA: dict[str, Callable[[Preference, Matter, Candidate], Score]] = {
    "editorsDecision": _editors_decision,
    "newerStatus": _newer_status,
    "doubtBeforeFact": _doubt_before_fact,
    "statedBeforeCounted": _stated_before_counted,
    "primaryBeforeReport": _primary_before_report,
    "nearerInTime": _nearer_in_time,
    "finerValue": _finer_value,
    "morePublishers": _more_publishers,
    "earliestPublished": _earliest_published,
}
