"""The files of a build: forced to disk and hashed when it is made, compared when it is opened."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model.errors import BuildDamaged

MANIFEST = "manifest.json"
# What opening a build hashes: a file of so many bytes takes some 10 ms. Of larger ones it compares
# the size, and the engine checks each block of its own files as it reads them.
SMALL = 16 * 1024 * 1024

# The engine's diary and its lock hold nothing that is read again.
_PASSED_OVER = ("LOG", "LOCK")
# Hashed in pieces, as a file of the engine may be larger than memory.
_PIECE = 1 << 20


@dataclass(frozen=True)
class Digest:
    """The SHA-256 of a file, in hexadecimal digits, and its size in bytes."""

    sha256: str
    size: int


def seal(build: Path) -> dict[str, Digest]:
    """Force every file and directory of a build to disk; return the digest of each file by name.

    The manifest, which will hold them, has none.
    """
    paths = sorted(build.rglob("*"))
    # Directories too: without that a crash may lose the name of a synced file (fsync(2)).
    for path in (*paths, build):
        sync(path)
    files = (path for path in paths if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(build).as_posix(): hash_file(path)
        for path in files
        if not path.name.startswith(_PASSED_OVER)
    }


def damage(build: Path, files: Mapping[str, Digest], most: float = SMALL) -> str:
    """Say which file of a build is not as it was published, and how; nothing if all are.

    Compares the size of each, and the hash of those of at most `most` bytes.
    """
    for name, expected in files.items():
        wrong = _wrong(build / name, expected, most)
        if wrong:
            return f"{name} {wrong}"
    return ""


class Files:
    """The files that an opened build is read from, and what turned out to be wrong with them."""

    def __init__(self, folder: Path, digests: Mapping[str, Digest]) -> None:
        """Take the build's directory and what each file should be."""
        self.folder = folder
        self.damaged = ""
        self._digests = digests

    def __contains__(self, name: str) -> bool:
        """Tell whether there should be a file of this name."""
        return name in self._digests

    def check(self, most: float = 0) -> str:
        """Say what is wrong, as `damage` does, or was wrong when a file was read.

        A file that was removed can still be read by whoever has it open; others report it.
        """
        there = {name: one for name, one in self._digests.items() if (self.folder / name).exists()}
        self.damaged = self.damaged or damage(self.folder, there, most)
        return self.damaged

    def failed(self, what: str) -> BuildDamaged:
        """Remember that a file could not be read; return the error to raise."""
        self.damaged = self.damaged or what
        return BuildDamaged(self.folder, what)


def _wrong(path: Path, expected: Digest, most: float) -> str:
    try:
        size = path.stat().st_size
        if size != expected.size:
            return f"is {size:,} bytes long, not {expected.size:,}"
        if size <= most and hash_file(path) != expected:
            return "is not as it was published"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return ""


def hash_file(path: Path) -> Digest:
    """Read a file and return its digest."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Digest(digest.hexdigest(), size)


def sync(path: Path) -> None:
    """Force a file or directory to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
