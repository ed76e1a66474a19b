"""Record a build as a release, after those before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kg.model.errors import KGError
from kg.pipeline.draft import save
from kg.pipeline.publication.changes import changes_between, count_sources
from kg.pipeline.publication.release import (
    RELEASES,
    Changes,
    Release,
    read_releases,
    write_releases,
)
from kg.store.builds import Builds, numbered
from kg.store.manifest import DATASET, Manifest
from kg.store.seal import hash_file


def record_release(builds: Path, draft: Path, manifest: Manifest) -> None:
    """Write the releases of a draft: itself, then those that the current build records.

    A damaged build that is made again stays the release that it was.
    """
    for build in numbered(builds, manifest.number):
        same = _releases(build)
        if same:
            save(draft / RELEASES, write_releases(same))
            return
    former = Builds(builds).current()
    before = _releases(former) if former else ()
    changes = _changes(former, draft, manifest) if former else None
    save(draft / RELEASES, write_releases((_release(draft, manifest, changes), *before)))


def _releases(build: Path) -> tuple[Release, ...]:
    # A damaged build must not keep the next one from being published.
    try:
        return read_releases(build)
    except KGError:
        return ()


def _changes(former: Path, draft: Path, manifest: Manifest) -> Changes | None:
    """Compare with a former build; None if that cannot be read."""
    try:
        earlier = Manifest.of(former)
        datasets = (former / DATASET, draft / DATASET)
        return changes_between(earlier.number, datasets, (earlier.added, manifest.added))
    # ValueError: a line that is no statement.
    except (KGError, OSError, ValueError):
        return None


def _release(draft: Path, manifest: Manifest, changes: Changes | None) -> Release:
    dataset = hash_file(draft / DATASET)
    with (draft / DATASET).open("rb") as lines:
        sources = count_sources(lines)
    return Release(
        number=manifest.number,
        published=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        statements=manifest.triples,
        things=manifest.things,
        claims=manifest.claims,
        sentences=manifest.sentences,
        sources=sources,
        added=sum(file.statements for file in manifest.added),
        size=dataset.size,
        sha256=dataset.sha256,
        changes=changes,
    )
