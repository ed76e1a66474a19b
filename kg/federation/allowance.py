"""The time and bytes that one query may use on other endpoints."""

from __future__ import annotations

import time

from kg.federation.errors import OutOfTime, ServiceLimit


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
