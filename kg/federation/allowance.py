"""The time and bytes that one query may use on other endpoints, and the errors at their end."""

from __future__ import annotations

import time
from typing import ClassVar

from kg.model.errors import LimitReached


class ServiceLimit(LimitReached):
    """A query made too many calls of endpoints, or they sent too much."""

    _ADVICE: ClassVar = {
        "calls": "put all patterns for one endpoint into one SERVICE, or send several queries",
        "bytes": "ask for less there, by VALUES or a SELECT with LIMIT in the braces of SERVICE",
    }

    def __init__(self, limit: float, unit: str) -> None:
        """Record the limit, and its unit: `calls` or `bytes`."""
        self.unit = unit
        amount = f"{limit / 1e6:g} MB" if unit == "bytes" else f"{limit:g} {unit}"
        super().__init__(
            limit,
            f"the endpoints that this query calls by SERVICE take more than {amount}, the most for "
            f"all of them together, so nothing is sent: {self._ADVICE[unit]}",
        )

    def __reduce__(self) -> tuple[type[ServiceLimit], tuple[object, ...]]:
        """Pickle the arguments, for the way from a worker to its pool."""
        return (type(self), (self.limit, self.unit))


class CallFailed(Exception):  # noqa: N818 - the name says what happened
    """An endpoint was not called, or its response is not valid."""


class OutOfTime(CallFailed):
    """The time for all calls of a query is used up."""


class Allowance:
    """The time and the bytes that all calls of one query may use together."""

    def __init__(self, seconds: float, size: int) -> None:
        """Start the clock."""
        self.size = size
        self._seconds, self._bytes_left = seconds, size
        self._end = time.monotonic() + seconds

    @property
    def out_of_time(self) -> bool:
        """Tell whether there is no time left."""
        return time.monotonic() >= self._end

    def seconds_left(self) -> float:
        """Return the seconds left; OutOfTime if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime(
                f"it does not answer within {self._seconds:.3g} s, the most that all calls of one "
                "query may take together; ask it for less"
            )
        return left

    def charge(self, size: int) -> None:
        """Count bytes received; ServiceLimit if they exceed the allowance."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise ServiceLimit(self.size, "bytes")
