"""Which releases there were, and which one a statement or source came with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.nquads.counting import DatasetCounter
from kg.nquads.sorting import sorted_quads
from kg.pipeline.publication.changes import citation_key, count_sources
from kg.pipeline.publication.release import Release, read_releases
from kg.store.memory import per_store
from kg.store.store import Store


@per_store
def releases(store: Store) -> Sequence[Release]:
    """Return the releases of a graph, newest first: the first is the build that is open.

    A build that was never published, or before releases were recorded, has one release without a
    time. BuildDamaged if the record cannot be read.
    """
    recorded = read_releases(store.folder) if store.folder else ()
    return recorded or (_unrecorded(store),)


def find_release(store: Store, number: str) -> Release | None:
    """Return the release of a number, if it is recorded."""
    return next((one for one in releases(store) if one.number == number), None)


def cited_since(store: Store, triple: str, sentence: str) -> Release:
    """Return the release since which a sentence (its IRI) supports a triple (as N-Triples).

    Of a statement older than the record, that is the release that the record begins with.
    """
    since = _since(store)
    return since.statements.get(citation_key(triple, sentence), since.first_statements)


def source_since(store: Store, iri: str) -> Release:
    """Return the release that a source came with, or the one that the record begins with."""
    return _since(store).sources.get(iri, _since(store).first)


def source_changed(store: Store, iri: str) -> Release:
    """Return the release that last changed what a source's sentences support."""
    return _since(store).changed_sources.get(iri, source_since(store, iri))


@dataclass
class _Since:
    """The newest release that added each cited statement (by its key) and source, or changed it.

    What no release added is as old as the `first`.
    """

    first: Release
    first_statements: Release
    statements: dict[str, Release] = field(default_factory=dict)
    sources: dict[str, Release] = field(default_factory=dict)
    changed_sources: dict[str, Release] = field(default_factory=dict)


@per_store
def _since(store: Store) -> _Since:
    since = _Since(releases(store)[-1], releases(store)[-1])
    for release in reversed(releases(store)):
        changes = release.changes
        if changes is None:
            # Nothing is on record of what it added.
            since = _Since(release, release)
            continue
        if changes.cited is None:
            since.first_statements, since.statements = release, {}
        since.statements |= dict.fromkeys(changes.cited or (), release)
        since.sources |= {name.iri: release for name in changes.sources.names_added}
        since.changed_sources |= dict.fromkeys(changes.changed_sources, release)
    return since


def _unrecorded(store: Store) -> Release:
    counted = DatasetCounter()
    sources = count_sources(counted.passing(sorted_quads(store.quads())))
    return Release(
        store.number,
        "",
        counted.triples,
        counted.things,
        counted.claims,
        counted.sentences,
        sources,
        added=0,
        size=0,
        sha256="",
    )
