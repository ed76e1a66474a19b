"""The last step of a build: seal the draft, name it, and point `current` to it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kg.model.errors import KGError
from kg.pipeline.draft import DRAFT, remove_drafts, save
from kg.store.builds import numbered
from kg.store.manifest import Manifest
from kg.store.seal import MANIFEST, damage, seal, sync

# Builds that stay on disk: the current one, and those that an operator may point back to.
RETAINED = 5


def publish(builds: Path, draft: Path, manifest: Manifest) -> Manifest:
    """Seal a draft, make it the current build and return its manifest, which names its files.

    A reader sees the old build or the new one, never half of one. Beside a damaged build of the
    same number it stands as NUMBER-2: a process that has either open reads one build.
    """
    manifest = replace(manifest, files=seal(draft))
    save(draft / MANIFEST, manifest.text())
    # `mkdtemp` made it 0700, and the server may run as another user.
    draft.chmod(0o755)
    # The manifest and the directory's entries before the rename, which would else be on disk first
    # (fsync(2): a file's entry needs a sync of its directory).
    sync(draft / MANIFEST)
    sync(draft)
    build = _free(builds, manifest.number)
    draft.rename(build)
    sync(builds)
    _make_current(builds, build)
    return manifest


def publish_again(builds: Path, build: Path) -> Manifest:
    """Make a build that is there already the current one; return its manifest."""
    # The time of its publication orders builds, and decides which ones are removed.
    os.utime(build)
    _make_current(builds, build)
    return Manifest.of(build)


def _free(builds: Path, number: str) -> Path:
    names = (number, *(f"{number}-{n}" for n in range(2, 1000)))
    return next(builds / name for name in names if not os.path.lexists(builds / name))


def _make_current(builds: Path, build: Path) -> None:
    draft = builds / f"{DRAFT}current"
    draft.symlink_to(build.name)
    # Renaming replaces the old link at once: rename(2).
    draft.replace(builds / "current")
    sync(builds)
    _forget(builds, build)


def _forget(builds: Path, current: Path) -> None:
    """Remove the builds that are older than the newest undamaged ones."""
    count = 0
    for path in [path for path in numbered(builds) if path != current]:
        if count < RETAINED - 1:
            count += not _damaged(path)
        else:
            with suppress(OSError):  # renamed first: half of one must not look like a build
                path.rename(builds / f"{DRAFT}{path.name}")
    remove_drafts(builds)


def _damaged(build: Path) -> bool:
    try:
        # Sizes only: a hash would read every file of every retained build at each publication.
        return bool(damage(build, Manifest.of(build).digests, most=0))
    except KGError:
        return True
