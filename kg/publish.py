"""A build's last steps: the whole dataset, its number, its directory, and the pointer to it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from kg.load import ENTITIES, OURS, is_content
from kg.prefixes import SOURCE, node

KEPT = 5


@dataclass(frozen=True)
class Manifest:
    """What a build holds; no time stamp, so that equal builds are equal files."""

    number: str
    quads: int
    triples: int
    things: int
    claims: int
    sentences: int


def default_graph(quads: Iterable[Quad]) -> list[Triple]:
    """Return each triple that any graph states, once; but not what only a claim says."""
    return list(dict.fromkeys(q.triple for q in quads if not is_content(q.graph_name)))


def dataset(quads: Iterable[Quad], inferred: Iterable[Quad] = ()) -> list[Quad]:
    """Return named graphs and what was derived, with the default graph made from them."""
    named = [*quads, *inferred]
    merged = (Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in default_graph(named))
    return [*named, *merged]


def publish(builds: Path, quads: Iterable[Quad]) -> Manifest:
    """Write a dataset as a numbered build under `builds`, then make it the current one.

    The number is the beginning of the SHA-256 of the canonical N-Quads
    (https://www.w3.org/TR/rdf-canon/), so equal graphs have equal numbers. A reader sees the old
    build or the new one, never half of one.
    """
    whole = list(quads)
    body = canonical(whole)
    manifest = _manifest(hashlib.sha256(body).hexdigest()[:12], whole)
    builds.mkdir(parents=True, exist_ok=True)
    _write(builds, manifest, body)
    _point(builds, manifest.number)
    _forget(builds)
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


def _write(builds: Path, manifest: Manifest, body: bytes) -> None:
    target = builds / manifest.number
    if target.is_dir():
        os.utime(target)
        return
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=builds))
    try:
        _save(draft / "dataset.nq", body)
        _save(draft / "manifest.json", json.dumps(asdict(manifest), indent=2).encode() + b"\n")
        draft.chmod(0o755)
        _sync(draft)
        draft.rename(target)
        _sync(builds)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


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
    draft = builds / f".current-{os.getpid()}"
    draft.unlink(missing_ok=True)
    draft.symlink_to(number)
    draft.replace(builds / "current")
    _sync(builds)


def _forget(builds: Path) -> None:
    current = (builds / "current").readlink().name
    numbered = [p for p in builds.iterdir() if p.is_dir() and (p / "manifest.json").is_file()]
    old = [path for path in numbered if not path.is_symlink() and path.name != current]
    for path in sorted(old, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
