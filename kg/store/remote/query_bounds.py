"""What the requests to a remote engine may take that are made for one query of the public."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from kg.model.errors import KGError, TimeLimit
from kg.store.remote.errors import EngineSlow

# Of a question of ours, outside `bounded`: what makes a page, or a part of a build's description.
_SECONDS, _BYTES = 60.0, 256_000_000


@dataclass(frozen=True)
class QueryBounds:
    """The seconds that were allowed, when they end (`time.monotonic`), and the bytes of a reply.

    `ours` tells a question of ours from a query of the public, whose author can ask for less.
    """

    seconds: float
    end: float
    max_bytes: int
    ours: bool = True

    @classmethod
    def of(cls, seconds: float, max_bytes: int, *, ours: bool = True) -> QueryBounds:
        """Start the clock."""
        return cls(seconds, time.monotonic() + seconds, max_bytes, ours)

    def seconds_left(self) -> float:
        """Return the seconds left; the error of `too_late` if there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.too_late()
        return left

    def too_late(self) -> KGError:
        """Return the error for a request that took all the time."""
        if self.ours:
            return EngineSlow(f"the SPARQL engine takes more than {self.seconds:g} s")
        return TimeLimit(self.seconds)


_bounds: ContextVar[QueryBounds | None] = ContextVar("query bounds", default=None)


@contextmanager
def bounded(seconds: float, max_bytes: int, *, ours: bool = False) -> Iterator[QueryBounds]:
    """Bound the requests to a remote engine within the block, all together in time.

    They are for a query of the public, unless they are `ours`.

    >>> with bounded(5, 1000) as bounds:
    ...     current_bounds() is bounds
    True
    """
    bounds = QueryBounds.of(seconds, max_bytes, ours=ours)
    token = _bounds.set(bounds)
    try:
        yield bounds
    finally:
        _bounds.reset(token)


def current_bounds() -> QueryBounds:
    """Return the bounds that hold here: those of the block, else new ones for one request."""
    return _bounds.get() or QueryBounds.of(_SECONDS, _BYTES)
