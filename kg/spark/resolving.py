"""One matter after another resolved, on a worker, from the row that Spark has gathered of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.model.dates import period
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import node
from kg.pipeline.compare import lower_bounds, terms_annotated
from kg.pipeline.comparison.decisions import Decision, read_decisions
from kg.pipeline.comparison.preference import Preference, preference_rules
from kg.pipeline.comparison.readings import Matter, Reading, reading_key
from kg.pipeline.comparison.resolution import conflicts, resolve
from kg.pipeline.comparison.source_records import SourceRecord, source_records
from kg.pipeline.comparison.values import Fineness
from kg.pipeline.comparison.variations import variation
from kg.store.store import Store

COLUMNS = "kind string, subject string, predicate string, object string"
_Row = tuple[str, str | None, str | None, str | None]


@dataclass(frozen=True)
class ComparisonContext:
    """What every comparison goes by, in plain texts, as it is sent to workers.

    All of it is in our own files: the order of preference, the editors' decisions, the ranks.
    """

    rules: tuple[str, ...]
    decisions: Mapping[tuple[frozenset[str], str], tuple[str, str]]
    time_bound: frozenset[str]
    courses: Mapping[str, int]
    bounds: frozenset[str]
    unknown_rank: int
    background_rank: int

    @classmethod
    def of(cls, store: Store) -> ComparisonContext:
        """Read it from the graph of our files."""
        records = source_records(store, Path())
        background = records[ENTITIES.value].rank
        return cls(
            tuple(rule.value for rule in preference_rules(store)),
            {key: (one.iri.value, str(one.value)) for key, one in read_decisions(store).items()},
            frozenset(terms_annotated(store, "dip:timeBound")),
            {iri: int(n) for iri, n in terms_annotated(store, "dip:courseOrder").items()},
            lower_bounds(store),
            max((int(n) for n in _ranks(store)), default=0),
            background,
        )

    def preference(
        self,
        records: Mapping[str, SourceRecord],
        days: Mapping[str, date],
        wholes: Mapping[str, frozenset[str]],
    ) -> Preference:
        """Return the order of preference for one matter."""
        background = SourceRecord(self.background_rank, None, ENTITIES.value)
        decisions = {
            key: Decision(NamedNode(iri), _named_or_literal(value))
            for key, (iri, value) in self.decisions.items()
        }
        return Preference(
            tuple(NamedNode(rule) for rule in self.rules),
            {**records, ENTITIES.value: background},
            days,
            decisions,
            self.time_bound,
            self.courses,
            Fineness(wholes),
        )


def resolved(rows: Iterable[Any], context: ComparisonContext) -> Iterator[_Row]:
    """Yield what follows from each matter: the statements to withdraw and to add, what to count."""
    for row in rows:
        yield from _resolved_matter(row.asDict(recursive=True), context)


def parse_term(text: str) -> NamedNode | Literal | pyoxigraph.BlankNode:
    """Read a term of N-Triples.

    >>> parse_term('"Nuuk"@kl').language
    'kl'
    """
    (quad,) = parse(f"<x:x> <x:x> {text} .", format=RdfFormat.N_TRIPLES)
    term = quad.object
    if isinstance(term, NamedNode | Literal | pyoxigraph.BlankNode):
        return term
    raise TypeError(text)


def _resolved_matter(row: Mapping[str, Any], context: ComparisonContext) -> Iterator[_Row]:
    matter = Matter(
        _iri(row["about"]), _iri(row["on"]), _iri(row["whose"]) if row["whose"] else None
    )
    readings = _readings(row["readings"])
    preference = context.preference(_records(row["readings"], context), _days(row), _wholes(row))
    for _ in conflicts(matter, readings, preference, context.bounds):
        yield "conflict", None, None, None
    resolution = resolve(matter, readings, preference, context.bounds)
    for triple in resolution.withdrawn:
        yield "withdrawn", *_texts(triple)
    if resolution.rule:
        yield "variation", None, None, None
        for triple in variation(_labels(row), resolution):
            yield "described", *_texts(triple)


def _readings(stated: Sequence[Mapping[str, Any]]) -> tuple[Reading, ...]:
    places: dict[str, int] = {}
    readings = []
    for one in stated:
        triple = None
        if one["subject"]:
            subject, predicate = _iri(one["subject"]), _iri(one["predicate"])
            triple = Triple(subject, predicate, _named_or_literal(one["object"]))
        graph = _iri(one["graph"])
        if one["place"]:
            places[graph.value] = int(parse_term(one["place"]).value)
        readings.append(Reading(_named_or_literal(one["value"]), graph, _iri(one["with"]), triple))
    return tuple(sorted(set(readings), key=lambda reading: reading_key(reading, places)))


def _records(
    stated: Sequence[Mapping[str, Any]], context: ComparisonContext
) -> dict[str, SourceRecord]:
    records = {}
    for one, reading in ((one, _readings([one])[0]) for one in stated):
        source = reading.source.value
        rank = int(_value(one["rank"])) if one["rank"] else context.unknown_rank
        issued = period(_value(one["issued"])) if one["issued"] else None
        records[source] = SourceRecord(
            rank, issued, _value(one["origin"]) if one["origin"] else source
        )
    return records


def _days(row: Mapping[str, Any]) -> dict[str, date]:
    periods = [period(_value(day)) for day in row["days"] or ()]
    last = [stated.last for stated in periods if stated]
    return {_value(row["about"]): max(last)} if last else {}


def _wholes(row: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    above: dict[str, set[str]] = defaultdict(set)
    for pair in row["wholes"] or ():
        above[_value(pair["seed"])].add(_value(pair["at"]))
    return {part: frozenset(wholes) for part, wholes in above.items()}


def _labels(row: Mapping[str, Any]) -> Store:
    labels = (
        Quad(_iri(row[name]), node("rdfs:label"), parse_term(label))
        for name in ("about", "on", "whose")
        for label in row[f"labels of {name}"] or ()
    )
    return Store.of(labels, "labels")


def _ranks(store: Store) -> Iterator[str]:
    for row in store.select(f"SELECT ?kind ?rank WHERE {{ ?kind {node('dip:sourceRank')} ?rank }}"):
        kind, rank = row["kind"], row["rank"]
        if kind != ENTITIES and isinstance(rank, Literal):
            yield rank.value


def _texts(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _iri(text: str) -> NamedNode:
    return NamedNode(text[1:-1])


def _value(text: str) -> str:
    return str(parse_term(text).value)


def _named_or_literal(text: str) -> NamedNode | Literal:
    term = parse_term(text)
    if isinstance(term, pyoxigraph.BlankNode):
        raise TypeError(text)
    return term
