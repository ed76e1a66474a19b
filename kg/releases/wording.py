"""What a release changed, in a sentence or two: for feeds and catalogues, in English."""

from __future__ import annotations

from kg.pipeline.publication.release import Difference, Release

_NAMED = 10


def changes_in_words(release: Release) -> str:
    """Say what a release changed, with the first names of what it added and removed."""
    changes = release.changes
    if changes is None:
        return f"{release.statements:,} statements about {release.things:,} things."
    counts = changes.statements
    words = [f"{counts.added:,} statements added, {counts.removed:,} removed."]
    for title, difference in (
        ("Sources", changes.sources),
        ("Things", changes.things),
        ("Files", changes.added_files),
    ):
        words += _named(title, difference)
    return " ".join(words)


def _named(title: str, difference: Difference) -> list[str]:
    words = []
    for verb, count, names in (
        ("added", difference.added, difference.names_added),
        ("removed", difference.removed, difference.names_removed),
    ):
        first = [name.label or name.iri for name in names[:_NAMED]]
        more = f" and {count - len(first):,} more" if count > len(first) else ""
        if count:
            words.append(f"{title} {verb}: {', '.join(first)}{more}.")
    return words
