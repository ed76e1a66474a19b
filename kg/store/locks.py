"""Numbered slots that processes of one machine claim by file locks.

The kernel releases a lock when its process ends, however it ends: no slot is lost by a crash.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Slot(NamedTuple):
    """A claimed slot: its number, and the open file whose closing releases it."""

    number: int
    file: int


def claim_slot(folder: Path, name: str, numbers: Iterable[int]) -> Slot | None:
    """Claim the first free number of a name; return None if all are in use.

    The lock files stay in the folder, one for each name and number: deleting one while another
    process opens it would let two processes lock different files of the same name.
    """
    for number in numbers:
        file = os.open(folder / f"{name}-{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return Slot(number, file)
    return None
