"""Messages between the server's processes: a pickled object and the bytes that follow it."""

from __future__ import annotations

import os
import pickle
import select
import socket
import struct
from pathlib import Path
from typing import Any

_LENGTHS = struct.Struct("<IQ")
_SMALL_READ = 1 << 16
_LARGE_READ = 1 << 20
_STALLED_SECONDS = 30.0
# Connections that the kernel queues while the listening process is busy, forking for example.
_BACKLOG = 256


def listen_at(path: Path) -> socket.socket:
    """Open a listening Unix socket at a path, for this user alone."""
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(mask)
    listener.listen(_BACKLOG)
    return listener


def send_message(sock: socket.socket, message: object, body: bytes = b"") -> None:
    """Send one object and a body; OSError if the other end is closed."""
    pickled = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    head = _LENGTHS.pack(len(pickled), len(body)) + pickled
    # Without a limit: Python's would cover the transfer of a large body, not a pause in it.
    sock.settimeout(None)
    if len(body) < _SMALL_READ:
        sock.sendall(head + body)
    else:
        # A large body is not copied behind the head: a result may have 64 MB.
        sock.sendall(head)
        sock.sendall(body)


def receive_message(sock: socket.socket, seconds: float | None = None) -> tuple[Any, bytes]:
    """Receive one object and its body; the next message must not be on the way yet.

    TimeoutError if nothing comes within `seconds` (None: wait for ever), EOFError if the other end
    is closed, ConnectionError if a message stops half way.
    """
    sock.settimeout(seconds)
    data = sock.recv(_SMALL_READ)
    if not data:
        raise EOFError
    while len(data) < _LENGTHS.size:
        data += _receive_more(sock, _SMALL_READ)
    head, body = _LENGTHS.unpack_from(data)
    end = _LENGTHS.size + head
    if len(data) < end + body:
        data = _receive_rest(sock, data, end + body)
    # Both ends are ours, on a socket in a directory that only this user can enter.
    return pickle.loads(memoryview(data)[_LENGTHS.size : end]), data[end:]  # noqa: S301


def wait_readable(socks: list[socket.socket], seconds: float) -> set[int]:
    """Wait until something comes on one of some sockets; return the descriptors it came on."""
    poll = select.poll()
    for sock in socks:
        poll.register(sock, select.POLLIN)
    return {descriptor for descriptor, _ in poll.poll(seconds * 1000)}


def _receive_rest(sock: socket.socket, data: bytes, size: int) -> bytes:
    message = bytearray(data)
    while len(message) < size:
        message += _receive_more(sock, min(size - len(message), _LARGE_READ))
    return bytes(message)


def _receive_more(sock: socket.socket, size: int) -> bytes:
    """Receive the next piece of a message that has begun to come."""
    sock.settimeout(_STALLED_SECONDS)
    try:
        piece = sock.recv(size)
    except TimeoutError:
        # Not a TimeoutError to the caller: that would mean that no message has begun.
        raise ConnectionError(f"a message stopped for {_STALLED_SECONDS:g} s") from None
    if not piece:
        raise EOFError
    return piece
