"""Objects of ours over a socket between processes of ours, each with bytes that follow it."""

from __future__ import annotations

import os
import pickle
import select
import socket
import struct
import time
from pathlib import Path
from typing import Any

_LENGTHS = struct.Struct("<IQ")
_PIECE = 1 << 16
_LARGE_PIECE = 1 << 20
_STALLED_SECONDS = 30.0
_BACKLOG = 256


def listen_at(path: Path) -> socket.socket:
    """Open a socket at a path, for this user alone."""
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(mask)
    listener.listen(_BACKLOG)
    return listener


def send_message(line: socket.socket, thing: object, body: bytes = b"") -> None:
    """Send one object and a body; OSError if the other end is gone."""
    head = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    start = _LENGTHS.pack(len(head), len(body)) + head
    if len(body) < _PIECE:
        line.sendall(start + body)
    else:
        line.sendall(start)
        line.sendall(body)


def receive_message(line: socket.socket) -> tuple[Any, bytes]:
    """Receive one object and its body, nothing more being on the way.

    EOFError if the other end is gone, BlockingIOError if nothing comes within the time that the
    socket waits.
    """
    got = line.recv(_PIECE)
    if not got:
        raise EOFError
    while len(got) < _LENGTHS.size:
        got += _more(line, _PIECE)
    head, body = _LENGTHS.unpack_from(got)
    end = _LENGTHS.size + head
    if len(got) < end + body:
        got = _rest(line, got, end + body)
    # Both ends are ours, on a socket in a directory that only this user can enter.
    return pickle.loads(memoryview(got)[_LENGTHS.size : end]), got[end:]  # noqa: S301


def set_receive_timeout(line: socket.socket, seconds: float) -> None:
    """Bound how long `receive_message` waits for the first word on a line."""
    # By the kernel: Python's own time limit costs each message a call of poll.
    whole = max(1, int(seconds * 1_000_000))
    limit = struct.pack("ll", *divmod(whole, 1_000_000))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)


def wait_readable(lines: list[socket.socket], seconds: float) -> set[int]:
    """Wait until something comes on one of some lines; return the files that it comes on."""
    poll = select.poll()
    for line in lines:
        poll.register(line, select.POLLIN)
    return {file for file, _ in poll.poll(seconds * 1000)}


def _rest(line: socket.socket, got: bytes, size: int) -> bytes:
    whole = bytearray(got)
    while len(whole) < size:
        whole += _more(line, min(size - len(whole), _LARGE_PIECE))
    return bytes(whole)


def _more(line: socket.socket, size: int) -> bytes:
    """Receive the next piece of what has begun to come, which is on its way."""
    end = time.monotonic() + _STALLED_SECONDS
    while time.monotonic() < end:
        try:
            piece = line.recv(size)
        except BlockingIOError:
            continue
        if not piece:
            raise EOFError
        return piece
    raise TimeoutError
