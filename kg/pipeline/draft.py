"""The directory of a build, filled under another name until nothing is missing."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import inf
from pathlib import Path

import pyoxigraph

from kg.index.writer import index_name
from kg.model.errors import KGError
from kg.model.source_texts import SourceTexts
from kg.nquads.canonical import canonical_lines
from kg.nquads.counting import DatasetCounter
from kg.pipeline.lock import exclusive
from kg.pipeline.progress import Progress
from kg.store.added_files import AddedFile, load_added, load_dataset
from kg.store.builds import numbered
from kg.store.manifest import (
    ADDED,
    DATASET,
    PAGES_QUADS,
    STORE,
    STORE_OF_OURS,
    TEXTS,
    Manifest,
    number_of,
)
from kg.store.seal import damage

DRAFT = ".draft-"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def draft_in(builds: Path, progress: Progress) -> Iterator[Path]:
    """Yield an empty directory for the draft of a build, which is removed if it is left there.

    Builds at the same time wait for each other. KGError if no build can be written there, also if
    that shows later.
    """
    try:
        builds.mkdir(parents=True, exist_ok=True)
        with exclusive(builds, lambda words: progress("publish", words)):
            _check_pointer(builds / "current")
            remove_drafts(builds)
            # In the same directory: rename(2) does not move across file systems.
            draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=builds))
            try:
                yield draft
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(builds, error) from error


def remove_drafts(builds: Path) -> None:
    """Remove the drafts of builds that were killed: the lock lets no other build run."""
    for path in builds.glob(f"{DRAFT}*"):
        path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)


def write_contents(
    draft: Path, lines: Iterable[bytes], texts: SourceTexts, added: Sequence[AddedFile]
) -> Manifest:
    """Write lines of N-Quads as canonical ones, and the texts; return the manifest without files.

    The lines come in any order; they are sorted beside the file if memory is short.
    """
    counter, digest = DatasetCounter(), hashlib.sha256()
    with (draft / DATASET).open("wb") as file:
        for line in counter.passing(canonical_lines(lines, draft)):
            digest.update(line)
            file.write(line)
    (draft / DATASET).chmod(0o444)
    save(draft / TEXTS, texts.json())
    number = number_of(digest.hexdigest(), texts.json(), added)
    return Manifest.describing(number, counter, added)


def equal_build(builds: Path, draft: Path, manifest: Manifest, progress: Progress) -> Path | None:
    """Return the build that holds the same as a draft, every file of it hashed again.

    One that is damaged stays as it is, for those who read it, and is made again beside it.
    """
    damaged = []
    for build in numbered(builds, manifest.number):
        try:
            other = Manifest.of(build)
            wrong = damage(build, other.digests, most=inf)
        except KGError as error:
            wrong = str(error)
        if wrong:
            damaged.append(f"build {build.name} is damaged ({wrong}): it is made again")
        # The number is 48 bits of a hash: the bytes decide.
        elif _equal(other, manifest) and _same_bytes(build, draft):
            return build
    for words in damaged:
        progress("publish", words)
    return None


def write_store(
    draft: Path, manifest: Manifest, progress: Progress, most: int = PAGES_QUADS
) -> None:
    """Write the engine's files of a draft, unless it has at most so many quads or is elsewhere.

    Of one with third-party files, ours are written apart too if they are so many themselves.
    """
    if manifest.size <= most or manifest.store:
        return
    progress("store", f"{manifest.size:,} quads on disk, for what does not fit in memory")
    _write_engine(draft / STORE, draft, manifest.added)
    if manifest.added and manifest.quads > most:
        _write_engine(draft / STORE_OF_OURS, draft, ())


def save(path: Path, body: bytes) -> None:
    """Write a file of a build, read-only."""
    # A read-only file cannot be opened for writing again, but replaced.
    path.unlink(missing_ok=True)
    path.write_bytes(body)
    path.chmod(0o444)


def _equal(build: Manifest, other: Manifest) -> bool:
    # Another version of this code makes an index of another name.
    if index_name() not in build.files:
        return False
    # What was loaded to an engine has no added files here, if they are many.
    if build.store and not other.store and other.size > PAGES_QUADS:
        return False
    return replace(build, store="", files={}) == replace(other, store="", files={})


def _same_bytes(build: Path, draft: Path) -> bool:
    names = (DATASET, TEXTS)
    return all(filecmp.cmp(build / name, draft / name, shallow=False) for name in names)


def _write_engine(disk: Path, draft: Path, added: Sequence[AddedFile]) -> None:
    try:
        engine = pyoxigraph.Store(disk)
        load_dataset(engine, draft / DATASET)
        load_added(engine, draft / ADDED, added)
        # Those who read it open it read-only, and could not compact it any more.
        engine.optimize()
        engine.flush()
    except RuntimeError as error:  # what the engine's disk reports, a full one too
        raise OSError(str(error)) from error


def _check_pointer(pointer: Path) -> None:
    if not pointer.is_symlink() and pointer.exists():
        kind = "directory" if pointer.is_dir() else "file"
        raise KGError(f"{pointer} is a {kind}, where a link to the build belongs; move it away")


def _unwritten(builds: Path, error: OSError | sqlite3.Error) -> KGError:
    """Return the error that says why no build could be written, and what to do."""
    reason = getattr(error, "strerror", None) or str(error)
    name = Path(getattr(error, "filename", None) or builds).name
    where = "" if name == builds.name else f"{name}: "
    full = getattr(error, "errno", None) in _FULL or re.search(r"disk|space|too large", reason)
    todo = "make room there, or set KG_BUILDS to another" if full else "set KG_BUILDS to a"
    message = f"cannot keep builds in {builds} ({where}{reason})"
    return KGError(f"{message}; {todo} directory you can write")
