"""What the order of preference goes by: each source's kind, day and origin, and days of things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode

from kg.model.dates import Period, period
from kg.model.named_graphs import ENTITIES, is_claim_content
from kg.model.text_files import read
from kg.pipeline.comparison.text_rows import text_rows
from kg.store.store import Store

RECORDS = """
SELECT ?source ?kind ?rank ?issued WHERE {
  ?source a dip:Source .
  OPTIONAL { ?source dip:sourceKind ?kind . ?kind dip:sourceRank ?rank }
  OPTIONAL { ?source dcterms:issued ?issued }
}
"""
_RANKS = "SELECT ?kind ?rank WHERE { ?kind dip:sourceRank ?rank }"
DAYS = """
SELECT ?about ?day ?graph WHERE {
  GRAPH ?graph { ?about dip:date|dip:startDate|dip:endDate ?day }
}
"""


@dataclass(frozen=True)
class SourceRecord:
    """A source's rank by its kind (lower is preferred), days of publication, and origin."""

    rank: int
    issued: Period | None
    origin: str

    @property
    def published(self) -> date:
        """Return the last day on which it can have been published; without one, the first ever."""
        return self.issued.last if self.issued else date.min


def source_records(store: Store, origin_rule: Path) -> Mapping[str, SourceRecord]:
    """Read the record of each source, and that of the background, by IRI."""
    ranks = {row["kind"]: int(row["rank"]) for row in text_rows(store, _RANKS)}
    last = ranks.pop(str(ENTITIES.value), 0)
    unknown = max(ranks.values(), default=0)
    origins = _origins(store, origin_rule)
    records = {ENTITIES.value: SourceRecord(max(last, unknown + 1), None, ENTITIES.value)}
    for row in text_rows(store, RECORDS):
        iri = row["source"]
        rank = int(row.get("rank", unknown))
        records[iri] = SourceRecord(rank, period(row.get("issued", "")), origins.get(iri, iri))
    return records


def last_days(store: Store) -> Mapping[str, date]:
    """Return the last day that any source gives for each thing that has a date."""
    days: dict[str, date] = defaultdict(lambda: date.min)
    for row in text_rows(store, DAYS):
        stated = period(row["day"])
        if stated and not is_claim_content(NamedNode(row["graph"])):
            days[row["about"]] = max(days[row["about"]], stated.last)
    return dict(days)


def _origins(store: Store, rule: Path) -> dict[str, str]:
    # Its conclusions are only read here: `kg.inference.derive` adds them to the graph.
    if not rule.is_file():
        return {}
    triples = store.construct(read(rule))
    return {_iri(triple.subject): _iri(triple.object) for triple in triples}


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
