"""HTTP to an address that was checked, within a time and a number of bytes."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, TypeAlias
from urllib.parse import urlsplit

from kg.federation.addresses import non_public_block
from kg.federation.errors import NameNotResolved, NotPublic
from kg.model.prefixes import BASE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# As https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy asks; its
# servers refuse requests without one.
USER_AGENT = f"AideMemoire/{version('aide-memoire')} (+{BASE})"

Resolver: TypeAlias = Callable[[str, int], list[str]]


class Meter(Protocol):
    """What measures the time and the bytes of a connection."""

    def seconds_left(self) -> float:
        """Return the seconds left; raise if there are none."""

    def charge(self, size: int) -> None:
        """Count bytes received; raise if they are too many."""


def resolve_name(host: str, port: int) -> list[str]:
    """Return the addresses of a host by the system's resolver; OSError if there are none."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in entries]


class CheckedConnection(HTTPConnection):
    """HTTP to the address that was checked; over TLS the certificate must be the host's.

    Resolving again after the check would let a name point to a private address meanwhile.
    """

    def __init__(
        self, url: str, meter: Meter, *, any_address: bool, resolve: Resolver = resolve_name
    ) -> None:
        """Take the URL whose host to connect to; private addresses pass if `any_address`."""
        parts = urlsplit(url)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.default_port = 443 if self._tls else 80
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._meter, self._any_address, self._resolve = meter, any_address, resolve
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        """Resolve the name, check its addresses, and connect to the first."""
        address = self._address()
        raw = socket.create_connection((address, self.port), self._meter.seconds_left())
        self._raw = raw
        raw.settimeout(self._meter.seconds_left())
        if self._tls:
            raw = self._raw = self._tls.wrap_socket(raw, server_hostname=self.host)
            raw.settimeout(self._meter.seconds_left())
        self.sock = _CountingSocket(raw, self._meter)

    def _address(self) -> str:
        """Return an address to connect to; NotPublic if any address of the name is not public."""
        try:
            addresses = self._resolve(self.host, self.port)
        except TimeoutError:
            raise
        except (OSError, UnicodeError) as error:
            raise NameNotResolved from error
        for address in addresses:
            block = None if self._any_address else non_public_block(address)
            if block:
                raise NotPublic(address, block)
        return addresses[0]

    def __enter__(self) -> CheckedConnection:
        """Return the connection, which opens when something is sent."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the socket, which `http.client` leaves open."""
        self.close()
        if self._raw:
            self._raw.close()


class _CountingSocket(io.RawIOBase):
    """The part of a socket that `http.client` uses; each byte read is counted by a meter.

    A socket's timeout is for each read: a server that sends a byte now and then never meets it.
    """

    def __init__(self, raw: socket.socket, meter: Meter) -> None:
        self._raw, self._meter = raw, meter
        self.sendall = raw.sendall

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a buffered reader."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read within the rest of the time."""
        self._raw.settimeout(self._meter.seconds_left())
        size = self._raw.recv_into(buffer)
        self._meter.charge(size)
        return size

    def close(self) -> None:
        """Leave the socket open: `http.client` closes it before the response is read."""
