"""A build's last steps: the whole dataset, its number, its directory, and the pointer to it."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    serialize,
)

from kg.model.errors import KGError
from kg.model.graphs import ENTITIES, OURS
from kg.model.prefixes import SOURCE, node
from kg.pipeline.draft import DRAFT, Say, write
from kg.pipeline.inputs.additions import Addition
from kg.pipeline.lock import alone
from kg.store.builds import numbered
from kg.store.manifest import Manifest, number_of
from kg.store.seal import damage, sync

KEPT = 5
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def publish(
    builds: Path,
    quads: Iterable[Quad],
    additions: Sequence[Addition] = (),
    say: Say = lambda *_: None,
) -> Manifest:
    """Write a dataset as a numbered build under `builds`, then make it the current one.

    The number is the beginning of the SHA-256 of the canonical N-Quads
    (https://www.w3.org/TR/rdf-canon/), and of the files added, so equal graphs have equal numbers.
    A reader sees the old build or the new one, never half of one. Builds at the same time wait for
    each other: `say` is told. KGError if there is nothing to publish, or nowhere.
    """
    whole = list(quads)
    if not whole:
        raise KGError("there is not one statement: nothing is published")
    body = canonical(whole)
    manifest = _manifest(number_of(body), whole)
    try:
        builds.mkdir(parents=True, exist_ok=True)
        with alone(builds, lambda words: say("publish", words)):
            _check_pointer(builds / "current")
            _sweep(builds)
            build, manifest = write(builds, manifest, body, additions, say)
            _point(builds, build)
            _forget(builds, build)
    except (OSError, sqlite3.Error) as error:
        raise _unwritten(builds, error) from error
    return manifest


def canonical(quads: Iterable[Quad]) -> bytes:
    """Return quads as canonical N-Quads (RDFC-1.0), lines sorted."""
    graph = Dataset(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    body = serialize(graph, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(body.splitlines(keepends=True)))


def _manifest(number: str, quads: list[Quad]) -> Manifest:
    triples = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    cited = {g for g in graphs if g.startswith(SOURCE)} - {graph.value for graph in OURS}
    content = node("dip:content")
    return Manifest(
        number=number,
        quads=len(quads),
        triples=len(triples),
        things=len({quad.subject for quad in quads if quad.graph_name == ENTITIES}),
        claims=len({triple.subject for triple in triples if triple.predicate == content}),
        sentences=len(cited),
    )


def _check_pointer(pointer: Path) -> None:
    if not pointer.is_symlink() and pointer.exists():
        kind = "directory" if pointer.is_dir() else "file"
        raise KGError(f"{pointer} is a {kind}, where a link to the build belongs; move it away")


def _point(builds: Path, build: Path) -> None:
    draft = builds / f"{DRAFT}current"
    draft.symlink_to(build.name)
    draft.replace(builds / "current")
    sync(builds)


def _sweep(builds: Path) -> None:
    # Whoever has the lock builds alone: all drafts are of builds that were killed.
    for path in builds.glob(f"{DRAFT}*"):
        path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)


def _forget(builds: Path, current: Path) -> None:
    """Remove what is older than the newest builds that are not damaged."""
    count = 0
    for path in [path for path in numbered(builds) if path != current]:
        if count < KEPT - 1:
            count += not _damaged(path)
        else:
            with suppress(OSError):  # renamed first: half of one must not look like a build
                path.rename(builds / f"{DRAFT}{path.name}")
    _sweep(builds)


def _damaged(build: Path) -> bool:
    try:
        return bool(damage(build, Manifest.of(build).digests, most=0))
    except KGError:
        return True


def _unwritten(builds: Path, error: OSError | sqlite3.Error) -> KGError:
    """Say why no build could be written, and what to do."""
    reason = getattr(error, "strerror", None) or str(error)
    name = Path(getattr(error, "filename", None) or builds).name
    where = "" if name == builds.name else f"{name}: "
    full = getattr(error, "errno", None) in _FULL or re.search(r"disk|space|too large", reason)
    todo = "make room there, or set KG_BUILDS to another" if full else "set KG_BUILDS to a"
    said = f"cannot keep builds in {builds} ({where}{reason})"
    return KGError(f"{said}; {todo} directory you can write")
