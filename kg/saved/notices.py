"""Changes of answers that wait to be sent: tried again later where sending fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from kg.outside.pacing import backoff
from kg.saved.archive import QuestionArchive

# Attempts and seconds: after one, four, sixteen minutes and so on, for some three days in all.
MOST_ATTEMPTS = 8
_STRETCH, _LEASE = 60.0, 120.0
_GROWTH = 4


class Notice(NamedTuple):
    """A change that waits to be sent: of which question, and how often it was tried."""

    id: int
    code: str
    number: int
    attempts: int


class NoticeQueue:
    """The notices of an archive, each given to one process at a time."""

    def __init__(self, archive: QuestionArchive, clock: Callable[[], float] = time.time) -> None:
        """Take the archive, and what tells the time in seconds since 1970."""
        self._archive, self._clock = archive, clock

    def take(self) -> Notice | None:
        """Return a notice that is due, which no other process takes for two minutes."""
        if not self._archive.path.is_file():
            return None
        now = self._clock()
        with self._archive.transaction() as tables:
            row = tables.execute(
                "SELECT id, code, number, attempts FROM notice WHERE due <= ? ORDER BY id LIMIT 1",
                (now,),
            ).fetchone()
            if row is None:
                return None
            tables.execute("UPDATE notice SET due = ? WHERE id = ?", (now + _LEASE, row[0]))
        return Notice(*row)

    def settle(self, notice: Notice) -> None:
        """Forget a notice that was sent."""
        with self._archive.transaction() as tables:
            tables.execute("DELETE FROM notice WHERE id = ?", (notice.id,))

    def postpone(self, notice: Notice) -> bool:
        """Keep a notice that could not be sent for later; tell whether it is tried again."""
        attempts = notice.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            self.settle(notice)
            return False
        wait = _STRETCH * _GROWTH ** (attempts - 1) * backoff(1)
        with self._archive.transaction() as tables:
            tables.execute(
                "UPDATE notice SET attempts = ?, due = ? WHERE id = ?",
                (attempts, self._clock() + wait, notice.id),
            )
        return True
