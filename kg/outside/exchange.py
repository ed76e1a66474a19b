"""One request to one checked address, and its response within a time and a number of bytes."""

from __future__ import annotations

import errno
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse, IncompleteRead
from ssl import SSLError
from urllib.parse import urlsplit

from kg.federation.connection import CheckedConnection, Resolver, resolve_name
from kg.federation.errors import NameNotResolved, NotPublic
from kg.outside.errors import (
    NoNetwork,
    OutsideMalformed,
    OutsideRefused,
    OutsideTimeout,
    OutsideTooLarge,
)

_MOST_MEMBERS = 100
_BREAKS_OFF = "sends a response that ends before it is complete"
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


@dataclass(frozen=True)
class OutsideRequest:
    """A request: method, address, headers and body."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Exchange:
    """A response as it came, with its body no longer coded."""

    status: int
    headers: Message
    body: bytes


class Deadline:
    """The end of the time for one request, redirects included, and the bytes that it may send."""

    def __init__(self, url: str, seconds: float, size: int, clock: Callable[[], float]) -> None:
        """Start the clock."""
        self.size = size
        self._url, self._seconds, self._clock = url, seconds, clock
        self._end, self._bytes_left = clock() + seconds, size

    def seconds_left(self) -> float:
        """Return the seconds left; OutsideTimeout if there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise OutsideTimeout(self._url, self._seconds)
        return left

    def charge(self, size: int) -> None:
        """Count bytes received; OutsideTooLarge if they are too many."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise OutsideTooLarge(self._url, self.size)


def exchange(
    request: OutsideRequest,
    deadline: Deadline,
    *,
    target: str = "",
    any_address: bool = False,
    resolve: Resolver = resolve_name,
) -> Exchange:
    """Send a request and read its response, whatever its status; redirects are not followed.

    It goes to `target`, if that is given, in place of its own host. NoNetwork, OutsideRefused,
    OutsideTimeout, OutsideTooLarge and OutsideMalformed say why there is no response.
    """
    parts = urlsplit(request.url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"

    def resolved(host: str, port: int) -> list[str]:
        return _in_time(lambda: resolve(host, port), deadline.seconds_left())

    url = target or request.url
    with (
        _failures(request.url, deadline),
        CheckedConnection(url, deadline, any_address=any_address, resolve=resolved) as line,
    ):
        line.request(request.method, path, request.body, dict(request.headers))
        return _read(request, line.getresponse(), deadline)


@contextmanager
def _failures(url: str, deadline: Deadline) -> Iterator[None]:
    """Raise what goes wrong in a block as one of ours."""
    try:
        yield
    except NotPublic as error:
        raise OutsideRefused(url, f"is not asked: {error}") from error
    except NameNotResolved as error:
        raise NoNetwork(url, str(error)) from error
    except TimeoutError:
        # OutsideTimeout, if the time is over; else the system gave up before.
        deadline.seconds_left()
        raise NoNetwork(url, "it does not answer") from None
    except IncompleteRead as error:
        raise OutsideMalformed(url, _BREAKS_OFF) from error
    except (OSError, HTTPException) as error:
        raise _failure(url, error) from error


def _failure(url: str, error: OSError | HTTPException) -> NoNetwork | OutsideMalformed:
    reason = str(error) or type(error).__name__
    unreachable = isinstance(error, OSError) and error.errno in _UNREACHABLE
    if isinstance(error, ConnectionRefusedError) or unreachable:
        return NoNetwork(url, error.strerror or reason)  # type: ignore[union-attr]
    if isinstance(error, SSLError):
        return OutsideMalformed(url, f"has no secure connection to offer ({reason[:200]})")
    return OutsideMalformed(url, f"sends no response of HTTP ({reason[:200]})")


def _in_time(call: Callable[[], list[str]], seconds: float) -> list[str]:
    """Return what a function does if that takes no longer than so many seconds; TimeoutError.

    The system's resolver takes no timeout, and may wait for half a minute.
    """
    results: list[list[str] | Exception] = []

    def run() -> None:
        try:
            results.append(call())
        except (OSError, UnicodeError) as error:
            results.append(error)

    thread = threading.Thread(target=run, name="resolver", daemon=True)
    thread.start()
    thread.join(seconds)
    if not results:
        raise TimeoutError
    if isinstance(results[0], Exception):
        raise results[0]
    return results[0]


def _read(request: OutsideRequest, response: HTTPResponse, deadline: Deadline) -> Exchange:
    announced = response.getheader("Content-Length", "")
    if request.method != "HEAD" and announced.isdecimal() and int(announced) > deadline.size:
        raise OutsideTooLarge(request.url, deadline.size)
    # By our limit, not by its Content-Length, for which http.client would allocate memory at once.
    body = response.read(deadline.size + 1)
    if response.length and request.method != "HEAD":
        raise OutsideMalformed(request.url, _BREAKS_OFF)
    coding = response.getheader("Content-Encoding", "identity").strip().lower()
    if coding in {"gzip", "x-gzip"} and body:
        body = _decompress(request.url, body, deadline.size)
    elif coding != "identity" and body:
        raise OutsideMalformed(request.url, f"sends a response in a coding ({coding[:40]})")
    return Exchange(response.status, response.msg, body)


def _decompress(url: str, body: bytes, most: int) -> bytes:
    """Return what a gzip body holds; OutsideTooLarge beyond `most` bytes.

    >>> import gzip
    >>> _decompress("http://x/", gzip.compress(b"a" * 3) + gzip.compress(b"b"), 4)
    b'aaab'
    """
    content, rest = b"", body
    try:
        # A body may have several members (RFC 1952, 2.2). All that follows one is copied, so that
        # a million empty ones would take an hour.
        for _ in range(_MOST_MEMBERS + 1):
            if not rest:
                return content
            member = zlib.decompressobj(wbits=31)
            content += member.decompress(rest, most + 1 - len(content))
            if len(content) > most:
                raise OutsideTooLarge(url, most)
            if not member.eof:
                raise OutsideMalformed(url, _BREAKS_OFF)
            rest = member.unused_data
    except zlib.error as error:
        raise OutsideMalformed(url, "sends a response that is not gzip as it says") from error
    raise OutsideMalformed(url, f"sends a response of more than {_MOST_MEMBERS} gzip members")
