"""What a table records of one dataset: links, rejected pairs, and things without a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model.prefixes import expand, node
from kg.pipeline.inputs.sssom import read_mapping_table
from kg.terms.literals import text

# A page about a thing is no record of the thing itself.
_PAGE = node("rdfs:seeAlso")


@dataclass(frozen=True)
class RecordedLinks:
    """IRIs of a dataset by thing of ours; things that it has no record of; pairs that are not."""

    linked: Mapping[str, frozenset[str]]
    absent: frozenset[str]
    rejected: frozenset[tuple[str, str]]

    def things_of(self, iri: str) -> list[str]:
        """Return the things of ours that are linked to a record."""
        return sorted(thing for thing, records in self.linked.items() if iri in records)

    def open(self, row: Mapping[str, str]) -> bool:
        """Tell whether a proposal is still one: its thing is not settled, nor the pair rejected."""
        thing, record = expand(row["subject_id"]), expand(row["object_id"])
        return not self.settled(thing) and (thing, record) not in self.rejected

    def settled(self, thing: str) -> bool:
        """Tell whether a thing has a link, or is recorded to have none."""
        return thing in self.linked or thing in self.absent


def recorded_links(path: Path, name: str) -> RecordedLinks:
    """Read a table of links, if there is one; `name` is what a SourceError calls the file."""
    linked, absent, rejected = defaultdict(set), set(), set()
    for row in read_mapping_table(path, name).rows if path.is_file() else ():
        thing, record = text(row.triple.subject), text(row.triple.object)
        if row.negative:
            rejected.add((thing, record))
        elif row.no_term:
            absent.add(thing)
        elif row.triple.predicate != _PAGE:
            linked[thing].add(record)
    return RecordedLinks(
        {thing: frozenset(records) for thing, records in linked.items()},
        frozenset(absent),
        frozenset(rejected),
    )
