"""A build's last steps: the whole dataset, its number, its directory, and the pointer to it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from kg.build.index import file_name
from kg.build.index import write as write_index
from kg.build.load import ENTITIES, OURS, is_content, within
from kg.build.manifest import ADDED, PAGES_QUADS, STORE, Manifest, number_of
from kg.build.outside import Addition, pour, take_in
from kg.errors import KGError
from kg.prefixes import SOURCE, node
from kg.store import Store

KEPT = 5
_DRAFT = ".draft-"
_HOUR = 60 * 60


def default_graph(quads: Iterable[Quad]) -> list[Triple]:
    """Return each triple that any graph states, once; but not what only a claim says."""
    return list(dict.fromkeys(q.triple for q in quads if not is_content(q.graph_name)))


def dataset(quads: Iterable[Quad], inferred: Iterable[Quad] = ()) -> list[Quad]:
    """Return named graphs and what was derived, with the default graph made from them."""
    named = [*quads, *inferred]
    return [*named, *(within(DefaultGraph(), triple) for triple in default_graph(named))]


def with_graph(whole: Iterable[Quad], graph: Iterable[Quad]) -> list[Quad]:
    """Return a dataset with one more graph, whose triples its default graph holds as well."""
    added = list(graph)
    return [*dict.fromkeys((*whole, *added, *(within(DefaultGraph(), q.triple) for q in added)))]


def publish(
    builds: Path,
    quads: Iterable[Quad],
    additions: Sequence[Addition] = (),
    say: Callable[[str, str], None] = lambda *_: None,
) -> Manifest:
    """Write a dataset as a numbered build under `builds`, then make it the current one.

    The number is the beginning of the SHA-256 of the canonical N-Quads
    (https://www.w3.org/TR/rdf-canon/), and of the files added, so equal graphs have equal numbers.
    A reader sees the old build or the new one, never half of one. KGError if there is nothing to
    publish, or nowhere.
    """
    whole = list(quads)
    if not whole:
        raise KGError("there is not one statement: nothing is published")
    body = canonical(whole)
    manifest = _manifest(number_of(body), whole)
    try:
        builds.mkdir(parents=True, exist_ok=True)
        manifest = _write(builds, manifest, body, additions, say)
        _point(builds, manifest.number)
    except OSError as error:
        reason = f"cannot keep builds in {builds} ({error.strerror})"
        raise KGError(f"{reason}; set KG_BUILDS to a directory you can write") from error
    _forget(builds)
    _sweep(builds)
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


def _write(
    builds: Path,
    manifest: Manifest,
    body: bytes,
    additions: Sequence[Addition],
    say: Callable[[str, str], None],
) -> Manifest:
    if not additions and _holds(builds / manifest.number, _files(manifest, body)):
        os.utime(builds / manifest.number)
        _index(builds / manifest.number)
        return manifest
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=builds))
    try:
        if additions:
            manifest = _add(draft, manifest, body, additions, say)
        files = _files(manifest, body)
        for name, content in files.items():
            _save(draft / name, content)
        _index(draft)
        draft.chmod(0o755)
        _sync(draft)
        _place(draft, builds / manifest.number, files)
        _sync(builds)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _index(build: Path) -> None:
    path = build / file_name()
    if not path.is_file():
        # Questions of the whole are quicker asked in memory than on disk, by far.
        write_index(Store.open(build), path)


def _files(manifest: Manifest, body: bytes) -> dict[str, bytes]:
    return {"dataset.nq": body, "manifest.json": manifest.text()}


def _add(
    draft: Path,
    manifest: Manifest,
    body: bytes,
    additions: Sequence[Addition],
    say: Callable[[str, str], None],
) -> Manifest:
    """Take in the files of others, and make a store on disk if all is too much for memory."""
    folder = draft / ADDED
    folder.mkdir()
    held = []
    for number, addition in enumerate(additions):
        one = take_in(addition, number, folder, lambda count: say("add", f"{count:,} so far"))
        say("add", f"{addition.path}: {one.statements:,} statements into <{one.graph}>")
        held.append(one)
    manifest = replace(manifest, number=number_of(body, held), added=tuple(held))
    if manifest.size > PAGES_QUADS:
        say("store", f"{manifest.size:,} quads on disk, for what does not fit in memory")
        engine = pyoxigraph.Store(draft / STORE)
        engine.bulk_extend(parse(body, format=RdfFormat.N_QUADS))
        pour(engine, folder, held)
        engine.optimize()
        engine.flush()
    return manifest


def _holds(target: Path, files: dict[str, bytes]) -> bool:
    try:
        return all((target / name).read_bytes() == content for name, content in files.items())
    except OSError:
        return False


def _place(draft: Path, target: Path, files: dict[str, bytes]) -> None:
    try:
        draft.rename(target)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        # Another build of the same graph was quicker; or what stands there is damaged.
        if not _holds(target, files):
            target.rename(Path(tempfile.mkdtemp(prefix=_DRAFT, dir=target.parent)) / "damaged")
            draft.rename(target)


def _save(path: Path, body: bytes) -> None:
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o444)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point(builds: Path, number: str) -> None:
    draft = builds / f"{_DRAFT}current-{os.getpid()}-{threading.get_ident()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(number)
    draft.replace(builds / "current")
    _sync(builds)


def _forget(builds: Path) -> None:
    current = (builds / "current").readlink().name
    numbered = [p for p in builds.iterdir() if p.is_dir() and (p / "manifest.json").is_file()]
    old = [path for path in numbered if not path.is_symlink() and path.name != current]
    for path in sorted(old, key=_written, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _sweep(builds: Path) -> None:
    # What a build that was killed has left; a build under way is never as old as that.
    for path in builds.glob(f"{_DRAFT}*"):
        if _written(path) < time.time() - _HOUR:
            path.unlink() if path.is_symlink() else shutil.rmtree(path, ignore_errors=True)


def _written(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:  # another build has swept it
        return float("inf")
