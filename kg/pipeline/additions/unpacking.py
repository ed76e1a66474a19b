"""Packed files, unpacked as they are read, up to a bound."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from kg.model.errors import KGError

_READERS: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}
PACKINGS = tuple(_READERS)
# Python 3.14 is the first that can unpack it: https://docs.python.org/3/library/compression.zstd.html
UNSUPPORTED = {".zst": "unzstd", ".zip": "unzip", ".7z": "7z x"}
_STARTS = {
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ\x00": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"PK\x03\x04": ".zip",
}
# What the libraries raise for a file that is damaged, cut, or not packed at all.
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError)


def packing_of(body: bytes) -> str:
    """Return how bytes are packed, by what they begin with: the end of a name, or "".

    >>> packing_of(gzip.compress(b"", mtime=0)), packing_of(b"state,choice")
    ('.gz', '')
    """
    return next((end for start, end in _STARTS.items() if body.startswith(start)), "")


def packing(name: str) -> str:
    """Return the end of a file's name that says how it is packed, or an empty string.

    >>> packing("votes.csv.GZ"), packing("votes.csv")
    ('.gz', '')
    """
    return next((end for end in PACKINGS if name.lower().endswith(end)), "")


@contextmanager
def unpacked(path: str, kind: str, most: int) -> Iterator[IO[bytes]]:
    """Open a file, unpacked as its kind says: a name, which need not be its own.

    Reading raises KGError once it has more than `most` bytes, or if it is not packed so.
    """
    end = packing(kind)
    with Path(path).open("rb") as file:
        if not end:
            yield file
            return
        with _READERS[end](file) as source:
            yield cast("IO[bytes]", _Bounded(source, end, most))


class _Bounded(RawIOBase):
    """A packed file that may not grow beyond a bound."""

    def __init__(self, file: IO[bytes], end: str, most: int) -> None:
        self._file, self._left, self._most, self._end = file, most, most, end

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        # DEFLATE packs up to 1032:1, the others far more: a small file may fill a disk
        # (https://zlib.net/zlib_tech.html).
        try:
            piece = self._file.read(size)
        except _DAMAGED as error:
            raise self._damaged(error) from error
        except OSError as error:
            if error.errno is None:  # as bz2 does
                raise self._damaged(error) from error
            raise
        self._left -= len(piece)
        if self._left < 0:
            raise KGError(f"it unpacks to more than {self._most:,} bytes; add it unpacked")
        return piece

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def _damaged(self, error: Exception) -> KGError:
        kind = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}[self._end]
        return KGError(f"it is not {kind}, or not all of it ({error})")
