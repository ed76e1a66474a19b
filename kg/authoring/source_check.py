"""One source checked against all that is there already, with its faults only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import CheckFailed, Finding, KGError
from kg.pipeline.build import checked_graph


@dataclass(frozen=True)
class SourceFaults:
    """What is wrong in the files of a source, by check, and how much is in other files.

    Not complete if a fault kept other checks from running.
    """

    by_check: dict[str, list[Finding]]
    elsewhere: int
    complete: bool = True


def source_faults(root: Path, slug: str) -> SourceFaults:
    """Check a source of the tree under a root.

    KGError lists the sources there are if it is none, and names the first file that cannot be read.
    """
    require_source(root, slug)
    try:
        checked_graph(root, source=slug)
    except CheckFailed as failed:
        return _of_source(failed, f"kg/sources/{slug}/")
    return SourceFaults({}, 0)


def require_source(root: Path, slug: str) -> None:
    """Raise a KGError that lists the sources there are, if this is none of them."""
    slugs = source_slugs(root)
    if slug not in slugs:
        there = f"there are: {', '.join(slugs)}" if slugs else "there is none in kg/sources"
        raise KGError(f"there is no source called {slug}; {there}")


def source_slugs(root: Path) -> list[str]:
    """Return the names of the folders of sources under a root, sorted."""
    return sorted(path.name for path in (root / "kg" / "sources").glob("*/") if path.is_dir())


def _of_source(failed: CheckFailed, folder: str) -> SourceFaults:
    by_check: dict[str, list[Finding]] = {}
    own = [finding for finding in failed.findings if finding.file.startswith(folder)]
    for finding in own:
        by_check.setdefault(finding.check, []).append(finding)
    return SourceFaults(by_check, len(failed.findings) - len(own), failed.complete)
