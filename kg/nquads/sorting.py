"""Sort lines that memory does not hold: parts are sorted, written and merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad

# Bytes of the lines of a part; two are in memory at once, where Python needs half as much again.
PART_BYTES = 96 * 1024 * 1024
# Parts that are merged at once: each has a file open.
_MOST_OPEN = 64
_BUFFER = 1 << 18


def sorted_lines(
    lines: Iterable[bytes], folder: Path | None = None, part_bytes: int = PART_BYTES
) -> Iterator[bytes]:
    r"""Yield lines in the order of their bytes; parts of more than fits are written to a folder.

    Lines end in line breaks, and have no others. The files are removed when all lines have been
    read, or the iterator is closed. OSError if there is no room for them.

    >>> list(sorted_lines([b"b\n", b"a\n", b"c\n"], part_bytes=1))
    [b'a\n', b'b\n', b'c\n']
    """
    source = iter(lines)
    part = _part(source, part_bytes)
    following = _part(source, part_bytes)
    if not following:
        yield from part
        return
    with TemporaryDirectory(prefix="sort-", dir=folder) as parts_folder:
        parts = _Parts(Path(parts_folder))
        while part:
            parts.write(part)
            part, following = following, _part(source, part_bytes)
        yield from parts.merged()


def sorted_quads(quads: Iterable[Quad], folder: Path | None = None) -> Iterator[bytes]:
    """Yield the lines of quads, as canonical N-Quads writes them; errors of `sorted_lines`."""
    return sorted_lines((f"{quad} .\n".encode() for quad in quads), folder)


def _part(source: Iterator[bytes], most: int) -> list[bytes]:
    """Take lines until they have so many bytes, at least one, and sort them."""
    part: list[bytes] = []
    size = 0
    while size < most and (batch := list(islice(source, _step(most)))):
        part += batch
        size += sum(map(len, batch))
    part.sort()
    return part


def _step(most: int) -> int:
    # Lines are counted by the thousand, as that is quicker; they have some hundred bytes.
    return max(1, min(1000, most // 1000))


class _Parts:
    """Sorted files in a folder, and files merged of them when they become too many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = 0
        self._paths: list[Path] = []

    def write(self, lines: Iterable[bytes]) -> None:
        path = self._folder / str(self._written)
        self._written += 1
        with path.open("wb", buffering=_BUFFER) as file:
            file.writelines(lines)
        self._paths.append(path)

    def merged(self) -> Iterator[bytes]:
        while len(self._paths) > _MOST_OPEN:
            oldest, self._paths = self._paths[:_MOST_OPEN], self._paths[_MOST_OPEN:]
            self.write(_merge(oldest))
            for path in oldest:
                path.unlink()
        yield from _merge(self._paths)


def _merge(paths: list[Path]) -> Iterator[bytes]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb", buffering=_BUFFER)) for path in paths]
        yield from heapq.merge(*files)
