"""Releases: builds that were published, when, with what they hold and what they changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.model.errors import BuildDamaged

RELEASES = "releases.json"
# Of the oldest ones a build forgets that they were: some 2 KB each.
MOST_RELEASES = 100


class NamedChange(NamedTuple):
    """What was added or removed, with its English label at the time, or none."""

    iri: str
    label: str


@dataclass(frozen=True)
class Difference:
    """How many were added and removed, and the first of them by name."""

    added: int = 0
    removed: int = 0
    names_added: tuple[NamedChange, ...] = ()
    names_removed: tuple[NamedChange, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was added or removed."""
        return bool(self.added or self.removed)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Difference:
        """Read it again from the fields of `asdict`."""
        added, removed = (
            tuple(NamedChange(*name) for name in fields[key])
            for key in ("names_added", "names_removed")
        )
        return cls(int(fields["added"]), int(fields["removed"]), added, removed)


@dataclass(frozen=True)
class Changes:
    """What a release changed, compared with the one before it, whose number is `former`.

    `statements` are those of the default graph without third-party files; `changed_sources` the
    IRIs of sources of which a sentence supports more or fewer statements. `cited` has the keys
    of the statements that a sentence supports since this release (`changes.citation_key`), and
    is None if there were too many to record.
    """

    former: str
    statements: Difference
    things: Difference
    sources: Difference
    added_files: Difference
    changed_sources: tuple[str, ...] = ()
    cited: frozenset[str] | None = frozenset()


@dataclass(frozen=True)
class Release:
    """A build as it was published: its number, when (UTC, ISO 8601), what it holds.

    `statements` are those of the default graph, without `added` ones from third-party files;
    `size` (bytes) and `sha256` are of its canonical N-Quads. `changes` is None for the first.
    """

    number: str
    published: str
    statements: int
    things: int
    claims: int
    sentences: int
    sources: int
    added: int
    size: int
    sha256: str
    changes: Changes | None = None

    @property
    def day(self) -> str:
        """Return the day of its publication."""
        return self.published.partition("T")[0]


def write_releases(releases: Sequence[Release]) -> bytes:
    """Return the record of releases as JSON, newest first, without the oldest of too many."""
    records = [_record(release) for release in releases[:MOST_RELEASES]]
    return json.dumps(records, ensure_ascii=False, indent=1).encode() + b"\n"


def read_releases(build: Path) -> tuple[Release, ...]:
    """Read the releases that a build records, itself first; none if it is older than they are.

    BuildDamaged if they cannot be read.
    """
    try:
        records = json.loads((build / RELEASES).read_bytes())
        return tuple(_release(record) for record in records)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildDamaged(build, f"{RELEASES} cannot be read ({error})") from error


def _record(release: Release) -> dict[str, Any]:
    record = asdict(release)
    if release.changes and release.changes.cited is not None:
        record["changes"]["cited"] = sorted(release.changes.cited)
    return record


def _release(record: dict[str, Any]) -> Release:
    changes = record.pop("changes")
    return Release(**record, changes=_changes(changes) if changes else None)


def _changes(fields: dict[str, Any]) -> Changes:
    cited = fields["cited"]
    return Changes(
        former=fields["former"],
        statements=Difference.of(fields["statements"]),
        things=Difference.of(fields["things"]),
        sources=Difference.of(fields["sources"]),
        added_files=Difference.of(fields["added_files"]),
        changed_sources=tuple(fields["changed_sources"]),
        cited=None if cited is None else frozenset(cited),
    )
