"""Stopping a query by its handle: a secret of whoever asked it, heard in whatever process runs it.

The handle's hash names a socket beside the nursery's, where the process that waits for the answer
listens; every process of the server can send to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path

# As long as nobody guesses, and no longer than a name.
_HANDLE = re.compile(r"[A-Za-z0-9-]{20,64}")


@contextlib.contextmanager
def listen_for_cancel(folder: Path, handle: str) -> Iterator[socket.socket | None]:
    """Listen for a stop of one query; yield nothing if it has no handle that can be used."""
    if not _HANDLE.fullmatch(handle):
        yield None
        return
    path = _path(folder, handle)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        try:
            ear.bind(str(path))
        except OSError:
            # Taken by another query, or in too deep a folder: this one runs to its end.
            yield None
            return
        try:
            yield ear
        finally:
            path.unlink(missing_ok=True)


def cancel_query(folder: Path, handle: str) -> bool:
    """Have the query with a handle stopped; tell whether there is one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
        mouth.setblocking(False)
        try:
            mouth.sendto(b"stop", str(_path(folder, handle)))
        except OSError:
            return False
    return True


def _path(folder: Path, handle: str) -> Path:
    return folder / hashlib.sha256(handle.encode()).hexdigest()[:24]
