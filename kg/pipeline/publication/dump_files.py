"""The dumps of a build: in every RDF format, packed twice, with the hash of each, plain ones too.

They are made once, at publication, so that their sizes and hashes are on record before anybody
downloads one, and they never change. Plain ones are not stored: a server unpacks them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.model.syntaxes.xml import Unwritable
from kg.pipeline.draft import save
from kg.store.added_files import load_added
from kg.store.dump import DUMPS, dump_graphs
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.manifest import ADDED, DATASET, PAGES_QUADS, Manifest
from kg.store.seal import Digest
from kg.store.store import Store

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DUMP_FOLDER, DUMP_DIGESTS = "dumps", "dumps/digests.json"
DUMP_STEM = "aide-memoire."
GZ, ZST = ".gz", ".zst"

# Of 12.6 MB of N-Quads these make 660 and 520 KB, in 0.09 and 0.16 s.
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9


def write_dump_files(draft: Path, manifest: Manifest) -> None:
    """Write the dumps of a draft, unless it has more statements than are held in memory.

    A format that cannot hold its statements is left out: RDF/XML some properties, JSON-LD RDF 1.2.
    """
    if manifest.size > PAGES_QUADS:
        return
    (draft / DUMP_FOLDER).mkdir()
    store = _store(draft, manifest)
    # The engine and the packers release the interpreter; two at a time need twice the memory.
    with ThreadPoolExecutor(2) as pool:
        written = pool.map(lambda name: _write(draft / DUMP_FOLDER, store, name), DUMPS)
        digests = {file: vars(digest) for files in written for file, digest in files.items()}
    save(draft / DUMP_DIGESTS, json.dumps(digests, indent=1).encode() + b"\n")


def read_dump_digests(build: Path) -> dict[str, Digest]:
    """Read the hash and size of each dump of a build, by file name; none if there are no dumps."""
    try:
        digests = json.loads((build / DUMP_DIGESTS).read_bytes())
    except FileNotFoundError:
        return {}
    return {file: Digest(**digest) for file, digest in digests.items()}


def pack_dump(body: bytes) -> dict[str, bytes]:
    """Pack a dump: the packed bytes by the end of the file's name.

    Equal dumps are packed to equal bytes: gzip records no time.
    """
    return {
        GZ: gzip.compress(body, _GZIP_LEVEL, mtime=0),
        ZST: zstd.compress(body, _ZSTD_LEVEL),
    }


def expanded_dump(body: bytes) -> bytes:
    """Return what `pack_dump` packed with zstd."""
    return zstd.decompress(body)


def digests_of(name: str, body: bytes, files: Mapping[str, bytes]) -> dict[str, Digest]:
    """Return the digests of a dump and of its packed files, by file name."""
    return {
        f"{DUMP_STEM}{name}{end}": Digest(hashlib.sha256(part).hexdigest(), len(part))
        for end, part in {"": body, **files}.items()
    }


def _write(folder: Path, store: Store, name: str) -> dict[str, Digest]:
    try:
        body = dump_graphs(store, name)
    except Unwritable:
        return {}
    files = pack_dump(body)
    for end, part in files.items():
        save(folder / f"{DUMP_STEM}{name}{end}", part)
    return digests_of(name, body, files)


def _store(draft: Path, manifest: Manifest) -> Store:
    """Load a draft: its blank nodes have the names that they will have for who opens the build."""
    engine = pyoxigraph.Store()
    engine.bulk_extend(pyoxigraph.parse(path=draft / DATASET, format=RdfFormat.N_QUADS))
    load_added(engine, draft / ADDED, manifest.added)
    return Store(manifest.number, EmbeddedEngine(engine))
