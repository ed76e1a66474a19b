"""Numbers of which each is one process's at a time, by locks that end with the process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path


def take(folder: Path, name: str, numbers: Iterable[int]) -> tuple[int, int] | None:
    """Take the first of some numbers that nobody has; None if all are taken.

    Returns the number and an open file: whoever closes it, or ends, gives the number back. The
    files that are locked stay in the folder, one for each name and number.
    """
    for number in numbers:
        file = os.open(folder / f"{name}-{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return number, file
    return None
