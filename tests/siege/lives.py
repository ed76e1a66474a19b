"""What one attacker does with a connection until it ends."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tests.siege import streams

DUMP = "/dump/aide-memoire.nq"
NOT_SPOKEN = "HTTP/2 is not spoken"
_ESTABLISHED = 1


class Line:
    """One connection of an attacker, until a moment at most."""

    def __init__(self, port: int, until: float) -> None:
        self._port, self._until = port, until
        self._loop = asyncio.get_running_loop()
        self._socket = socket.socket()
        self._socket.setblocking(False)

    async def open(self, room: int | None = None) -> None:
        """Connect, with so many bytes of room for what arrives and is not read."""
        if room:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        await self._within(self._loop.sock_connect(self._socket, ("127.0.0.1", self._port)))

    async def send(self, data: bytes) -> None:
        """Send all of it; TimeoutError at the end of the attack."""
        await self._within(self._loop.sock_sendall(self._socket, data))

    async def receive(self, seconds: float | None = None, most: int = 65536) -> bytes | None:
        """Return what arrives, b"" at the end, None where nothing does for so many seconds."""
        wait = self.left if seconds is None else min(seconds, self.left)
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._loop.sock_recv(self._socket, most), wait)
        return None

    async def unread(self) -> str:
        """Read nothing until the server drops the connection."""
        while self.left > 0:
            info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8)
            if info[0] != _ESTABLISHED:
                return "dropped"
            await asyncio.sleep(0.25)
        return "held"

    async def silence(self, every: float | None = None, drop: bytes = b"") -> str:
        """Send nothing, or a drop every so many seconds, until the server ends it."""
        end = "dropped"
        while self.left > 0:
            data = await self.receive(every)
            if data == b"":
                return end
            if data:
                end = f"answered {data[9:12].decode(errors='replace')}"
            elif drop:
                await self.send(drop)
        return "held"

    @property
    def left(self) -> float:
        """Return the seconds until the end of the attack."""
        return max(0.0, self._until - time.monotonic())

    def close(self) -> None:
        """Close at once, without a last word."""
        self._socket.close()

    async def _within(self, doing: Awaitable[None]) -> None:
        await asyncio.wait_for(doing, self.left)


Life = Callable[[Line], Awaitable[str]]


def sends(data: bytes, every: float | None = None, drop: bytes = b"") -> Life:
    """Return a life: send this, then nothing or a drop now and then."""

    async def life(line: Line) -> str:
        await line.open()
        if data:
            await line.send(data)
        return await line.silence(every, drop)

    return life


def leaves_unread(data: Callable[[], bytes]) -> Life:
    """Return a life: request much, read nothing."""

    async def life(line: Line) -> str:
        await line.open(room=4096)
        await line.send(data())
        return await line.unread()

    return life


def reads_slowly(data: Callable[[], bytes]) -> Life:
    """Return a life: request much, and read 1 KB of it a second."""

    async def life(line: Line) -> str:
        await line.open(room=4096)
        await line.send(data())
        while line.left > 0:
            if await line.receive(most=1024) == b"":
                return "dropped"
            await asyncio.sleep(1)
        return "held"

    return life


async def _speaks(line: Line) -> bool:
    first = await line.receive()
    if first is None:
        raise TimeoutError
    return streams.is_spoken(first)


async def leaves_streams_open(line: Line) -> str:
    """Open 60 streams of HTTP/2 with a body that does not come, and close after two seconds."""
    await line.open()
    await line.send(streams.opening())
    if not await _speaks(line):
        return NOT_SPOKEN
    kind = "application/sparql-query"
    for number in range(1, 121, 2):
        await line.send(streams.unfinished_post(number, "/sparql", kind, 5000, b"S"))
    await asyncio.sleep(min(2, line.left))
    return "60 streams left open"


async def shuts_the_window(line: Line) -> str:
    """Request 100 dumps over one connection of HTTP/2 whose streams have no room for a byte."""
    await line.open()
    await line.send(streams.opening(window=0))
    if not await _speaks(line):
        return NOT_SPOKEN
    for number in range(1, 201, 2):
        await line.send(streams.get(number, DUMP))
    return await line.unread()
