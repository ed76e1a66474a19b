"""What a table records of one dataset: links, rejected pairs, and things without a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model.prefixes import expand
from kg.pipeline.inputs.sssom import links

# https://mapping-commons.github.io/sssom/spec-model/#representing-unmapped-entities
NO_TERM = "sssom:NoTermFound"
NOT = "Not"
# A page about a thing is no record of the thing itself.
_PAGE = "rdfs:seeAlso"


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
    for row in links(path, name) if path.is_file() else ():
        thing, record = expand(row.cells["subject_id"]), row.cells["object_id"]
        if row.cells.get("predicate_modifier") == NOT:
            rejected.add((thing, expand(record)))
        elif record == NO_TERM:
            absent.add(thing)
        elif row.cells["predicate_id"] != _PAGE:
            linked[thing].add(expand(record))
    return RecordedLinks(
        {thing: frozenset(records) for thing, records in linked.items()},
        frozenset(absent),
        frozenset(rejected),
    )
