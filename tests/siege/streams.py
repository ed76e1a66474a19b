"""The few frames of HTTP/2 that an attacker needs (RFC 9113, RFC 7541), written by hand."""

from __future__ import annotations

import struct
from collections.abc import Mapping

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS = 0, 1, 4
END_STREAM, END_HEADERS = 0x1, 0x4
INITIAL_WINDOW_SIZE = 4
# Entries of the static table, RFC 7541, appendix A.
_GET, _POST, _HTTP = b"\x82", b"\x83", b"\x86"
_NAMES = {":authority": 1, ":path": 4, "content-length": 28, "content-type": 31}


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """Return a frame.

    >>> frame(SETTINGS, 0, 0).hex()
    '000000040000000000'
    """
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def opening(window: int | None = None) -> bytes:
    """Return what a client sends first, with the window of its streams where that is not usual."""
    settings = b"" if window is None else struct.pack(">HI", INITIAL_WINDOW_SIZE, window)
    return PREFACE + frame(SETTINGS, 0, 0, settings)


def is_spoken(first: bytes) -> bool:
    """Tell whether a server's first bytes are a frame of settings, as those of HTTP/2 are."""
    return len(first) >= 9 and first[3] == SETTINGS and first[5:9] == bytes(4)


def get(stream: int, path: str) -> bytes:
    """Return a whole GET."""
    block = _GET + _HTTP + _fields({":path": path, ":authority": "localhost"})
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, block)


def unfinished_post(stream: int, path: str, kind: str, length: int, sent: bytes) -> bytes:
    """Return a POST that announces so many bytes of a body and sends only some."""
    names = {":path": path, ":authority": "localhost"}
    block = _POST + _HTTP + _fields(names | {"content-type": kind, "content-length": str(length)})
    return frame(HEADERS, END_HEADERS, stream, block) + frame(DATA, 0, stream, sent)


def _fields(fields: Mapping[str, str]) -> bytes:
    """Write fields literally, not to be indexed: RFC 7541, section 6.2.2."""
    return b"".join(_index(_NAMES[name]) + _text(value) for name, value in fields.items())


def _index(number: int) -> bytes:
    return bytes([number]) if number < 15 else bytes([15, number - 15])


def _text(value: str) -> bytes:
    assert len(value) < 127, "longer ones take more than one byte of length"
    return bytes([len(value)]) + value.encode()
