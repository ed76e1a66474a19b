"""The dumps of an opened build: each format, plain and packed, with its size and hash."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from kg.model.errors import BuildDamaged, NotFound
from kg.model.formats import DATASETS, GraphFormat, graph_format
from kg.model.syntaxes.xml import Unwritable
from kg.pipeline.publication.dump_files import (
    DUMP_FOLDER,
    DUMP_STEM,
    GZ,
    ZST,
    digests_of,
    expanded_dump,
    pack_dump,
    read_dump_digests,
)
from kg.store.dump import DUMPS, TooManyStatements, dump_graphs
from kg.store.manifest import PAGES_QUADS
from kg.store.memory import per_store
from kg.store.seal import Digest
from kg.store.store import Store

# https://www.iana.org/assignments/media-types/
PACKED_TYPES = {GZ: "application/gzip", ZST: "application/zstd"}

# Dumps of a build that has none on disk are made one at a time, as each takes much memory.
_lock = Lock()


@dataclass(frozen=True)
class Download:
    """A file to download: a dump in a format, plain or packed (`packing` is .gz, .zst or "")."""

    file: str
    form: GraphFormat
    packing: str
    digest: Digest

    @property
    def media_type(self) -> str:
        """Return the media type of the file as it is sent."""
        return PACKED_TYPES.get(self.packing, self.form.media_type)

    @property
    def all_graphs(self) -> bool:
        """Tell whether it holds all named graphs, rather than the default graph alone."""
        return self.form in DATASETS


@per_store
def downloads(store: Store) -> tuple[Download, ...]:
    """Return the dumps of a build; TooManyStatements if it is too large to have any."""
    digests = _digests(store)
    return tuple(
        Download(file, form, end, digests[file])
        for name in DUMPS
        if (form := graph_format(name))
        for end in ("", *PACKED_TYPES)
        if (file := f"{DUMP_STEM}{name}{end}") in digests
    )


def find_download(store: Store, file: str) -> Download:
    """Return the dump of a file name; NotFound names the formats.

    Unwritable if the format cannot hold the statements of the build.
    """
    for download in downloads(store):
        if download.file == file:
            return download
    if file in {f"{DUMP_STEM}{name}{end}" for name in DUMPS for end in ("", *PACKED_TYPES)}:
        raise _unwritable(file)
    formats = ", ".join(DUMPS)
    raise NotFound(f"dump {file}; the formats are {formats}, each also with {GZ} or {ZST}")


def read_download(store: Store, name: str, packing: str = "") -> bytes:
    """Return a dump in a format of `DUMPS`, plain or packed.

    TooManyStatements if the build is too large to have any; Unwritable if the format cannot hold
    it; BuildDamaged if the file is gone.
    """
    return _packed(store, name, packing) if packing else expanded_dump(_packed(store, name, ZST))


def _packed(store: Store, name: str, end: str) -> bytes:
    digests = read_dump_digests(store.folder) if store.folder else {}
    if not (store.folder and digests):
        return _made(store, name)[end]
    file = f"{DUMP_STEM}{name}{end}"
    if file not in digests:
        raise _unwritable(file)
    try:
        return (store.folder / DUMP_FOLDER / file).read_bytes()
    except OSError as error:
        raise BuildDamaged(store.folder, f"{file} cannot be read ({error.strerror})") from error


def _unwritable(file: str) -> Unwritable:
    return Unwritable(
        f"{file} cannot be written: its format cannot hold every statement of this build; N-Quads "
        "(.nq) can"
    )


def _digests(store: Store) -> dict[str, Digest]:
    recorded = read_dump_digests(store.folder) if store.folder else {}
    if recorded:
        return recorded
    made = {}
    for name in DUMPS:
        with suppress(Unwritable):
            made[name] = _made(store, name)
    return {
        file: digest
        for name, files in made.items()
        for file, digest in digests_of(name, expanded_dump(files[ZST]), files).items()
    }


def _made(store: Store, name: str) -> dict[str, bytes]:
    """Make a dump of a build that was published without any, packed, and keep it in memory."""
    made = _in_memory(store)
    with _lock:
        if name not in made:
            if not store.in_memory:
                raise TooManyStatements(PAGES_QUADS)
            made[name] = pack_dump(dump_graphs(store, name))
    return made[name]


@per_store
def _in_memory(_: Store) -> dict[str, dict[str, bytes]]:
    return {}
