"""When a host may be asked next: its interval, and waits after a failure."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import random

# Seconds before the second attempt; twice as many before each further one, up to the longest.
_FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# Too many requests, and what servers send in trouble that passes.
PASSING = frozenset({429, 500, 502, 503, 504})


class Pacing:
    """Keeps requests to one host apart, across the threads that share it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take what tells the time, in seconds."""
        self._clock = clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(self, host: str, interval: float, most: float) -> float | None:
        """Reserve the host's next turn; return the seconds to wait for it.

        None, with nothing reserved, if that is longer than `most`.
        """
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            if turn - now > most:
                return None
            self._next[host] = turn + interval
            return turn - now


def backoff(attempt: int, spread: Callable[[], float] = random) -> float:
    """Return the seconds to wait after a number of failed attempts, somewhat at random.

    >>> [backoff(attempt, lambda: 1.0) for attempt in (1, 2, 3, 9)]
    [1.0, 2.0, 4.0, 60.0]
    """
    # At random, so that many clients do not come back at the same time.
    longest = min(LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(attempt - 1, 9))
    return longest * (0.5 + spread() / 2)


def retry_after(value: str, now: datetime | None = None) -> float:
    """Return the seconds that a Retry-After header demands (RFC 9110, 10.2.3), 0 for none.

    >>> retry_after("7"), retry_after(""), retry_after("soon")
    (7.0, 0.0, 0.0)
    >>> retry_after("Sat, 28 Nov 2026 09:00:30 GMT", datetime(2026, 11, 28, 9, tzinfo=UTC))
    30.0
    """
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())
