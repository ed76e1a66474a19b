"""Cancelling a query by its handle, a secret of the client, in whatever process waits for it.

The handle's hash names a socket beside the fork server's, where the process that waits for the
result listens; every process of the server can send to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path

# Too long to be guessed, and short enough for a header.
_HANDLE = re.compile(r"[A-Za-z0-9-]{20,64}")


@contextlib.contextmanager
def listen_for_cancel(folder: Path, handle: str) -> Iterator[socket.socket | None]:
    """Yield a socket that becomes readable when the query is cancelled; None without a handle."""
    if not _HANDLE.fullmatch(handle):
        yield None
        return
    path = _path(folder, handle)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        try:
            listener.bind(str(path))
        except OSError:
            # In use by another query, or in too deep a folder: this query runs to its end.
            yield None
            return
        try:
            yield listener
        finally:
            path.unlink(missing_ok=True)


def cancel_query(folder: Path, handle: str) -> bool:
    """Cancel the query with a handle; tell whether there is one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(b"cancel", str(_path(folder, handle)))
        except OSError:
            return False
    return True


def _path(folder: Path, handle: str) -> Path:
    # Unix socket paths have at most 108 bytes, hence part of the digest only.
    return folder / hashlib.sha256(handle.encode()).hexdigest()[:24]
