"""What one query may take of other endpoints, and how it fails when that is used up."""

from __future__ import annotations

import time
from typing import ClassVar

from kg.model.errors import LimitReached


class ServiceLimit(LimitReached):
    """The endpoints that a query calls were called too often, or sent too much."""

    _ADVICE: ClassVar = {
        "calls": "write all that you ask of one endpoint into one SERVICE, or send several queries",
        "bytes": "ask for less there, by VALUES or a SELECT with LIMIT in the braces of SERVICE",
    }

    def __init__(self, limit: float, unit: str) -> None:
        """Record the limit, and whether it is one of `calls` or of `bytes`."""
        self.unit = unit
        most = f"{limit / 1e6:g} MB" if unit == "bytes" else f"{limit:g} {unit}"
        super().__init__(
            limit,
            f"the endpoints that this query calls by SERVICE take more than {most}, the most for "
            f"all of them together, so nothing is sent: {self._ADVICE[unit]}",
        )

    def __reduce__(self) -> tuple[type[ServiceLimit], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.limit, self.unit))


class CallFailed(Exception):  # noqa: N818 - the name says what happened
    """The endpoint was not called, or did not answer as it should."""


class OutOfTime(CallFailed):
    """The time for all calls of a query is over."""


class Allowance:
    """The time and the bytes that all calls of one query may take together."""

    def __init__(self, seconds: float, size: int) -> None:
        """Start the clock."""
        self.size = size
        self._seconds, self._left = seconds, size
        self._end = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """Tell whether there is no time left."""
        return time.monotonic() >= self._end

    def seconds(self) -> float:
        """Return the seconds left; OutOfTime if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise OutOfTime(
                f"it does not answer within {self._seconds:.3g} s, the most that all calls of one "
                "query may take together; ask it for less"
            )
        return left

    def take(self, size: int) -> None:
        """Count bytes that have come; ServiceLimit if they are more than may come."""
        self._left -= size
        if self._left < 0:
            raise ServiceLimit(self.size, "bytes")
