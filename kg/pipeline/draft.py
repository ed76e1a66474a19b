"""The directory of a build, written under another name until nothing is missing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, parse

from kg.index.writer import file_name
from kg.index.writer import write as write_index
from kg.model.errors import KGError
from kg.pipeline.inputs.additions import Addition, take_in
from kg.store.added import load_added
from kg.store.builds import numbered
from kg.store.manifest import ADDED, DATASET, PAGES_QUADS, STORE, Manifest, number_of
from kg.store.seal import MANIFEST, damage, seal, sync
from kg.store.store import Store

DRAFT = ".draft-"
Say = Callable[[str, str], None]


def write(
    builds: Path, manifest: Manifest, body: bytes, additions: Sequence[Addition], say: Say
) -> tuple[Path, Manifest]:
    """Write a build's directory, or take the one that holds the same and is not damaged.

    Returns it with its manifest, in which the files added are now named. A damaged build stays as
    it is, and the new one stands beside it as NUMBER-2: whoever reads either reads one build.
    """
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=builds))
    try:
        if additions:
            manifest = _add(draft, manifest, body, additions, say)
        same = _same(builds, manifest, body, say)
        if same:
            os.utime(same)
            return same, Manifest.of(same)
        manifest = _fill(draft, manifest, body, say)
        target = _free(builds, manifest.number)
        draft.rename(target)
        sync(builds)
        return target, manifest
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _add(
    draft: Path, manifest: Manifest, body: bytes, additions: Sequence[Addition], say: Say
) -> Manifest:
    folder = draft / ADDED
    folder.mkdir()
    held = []
    for number, addition in enumerate(additions):
        one = take_in(addition, number, folder, lambda count: say("add", f"{count:,} so far"))
        say("add", f"{addition.path}: {one.statements:,} statements into <{one.graph}>")
        held.append(one)
    return replace(manifest, number=number_of(body, held), added=tuple(held))


def _same(builds: Path, manifest: Manifest, body: bytes, say: Say) -> Path | None:
    """Return the build that holds what a manifest says, all of it hashed again."""
    damaged = []
    for build in numbered(builds, manifest.number):
        try:
            other = Manifest.of(build)
            wrong = damage(build, other.digests, most=inf)
        except KGError as error:
            wrong = str(error)
        if wrong:
            damaged.append(f"build {build.name} is damaged ({wrong}): it is made again")
        elif _equal(other, manifest) and (build / DATASET).read_bytes() == body:
            return build
    for words in damaged:
        say("publish", words)
    return None


def _equal(one: Manifest, other: Manifest) -> bool:
    # Another version of this code makes an index of another name.
    return file_name() in one.files and replace(one, files={}) == replace(other, files={})


def _fill(draft: Path, manifest: Manifest, body: bytes, say: Say) -> Manifest:
    _save(draft / DATASET, body)
    _save(draft / MANIFEST, manifest.text())
    if manifest.added and manifest.size > PAGES_QUADS:
        say("store", f"{manifest.size:,} quads on disk, for what does not fit in memory")
        _write_store(draft, manifest, body)
    # Questions of the whole are quicker asked in memory than on disk, by far.
    write_index(Store.open(draft), draft / file_name())
    manifest = replace(manifest, files=seal(draft))
    _save(draft / MANIFEST, manifest.text())
    draft.chmod(0o755)
    sync(draft / MANIFEST)
    sync(draft)
    return manifest


def _write_store(draft: Path, manifest: Manifest, body: bytes) -> None:
    try:
        engine = pyoxigraph.Store(draft / STORE)
        engine.bulk_extend(parse(body, format=RdfFormat.N_QUADS))
        load_added(engine, draft / ADDED, manifest.added)
        engine.optimize()
        engine.flush()
    except RuntimeError as error:  # what the engine's disk says, a full one too
        raise OSError(str(error)) from error


def _save(path: Path, body: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(body)
    path.chmod(0o444)


def _free(builds: Path, number: str) -> Path:
    names = (number, *(f"{number}-{n}" for n in range(2, 1000)))
    return next(builds / name for name in names if not os.path.lexists(builds / name))
