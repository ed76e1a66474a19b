"""One build at a time: a lock on the directory that builds are published in."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

LOCK = ".lock"


@contextmanager
def exclusive(builds: Path, report_wait: Callable[[str], None], name: str = LOCK) -> Iterator[None]:
    """Hold a lock of a directory of builds; `report_wait` is called if another build holds it.

    The kernel releases it when a process ends, however it ends.
    https://man7.org/linux/man-pages/man2/flock.2.html
    """
    # "a+" creates the file, and leaves the number of the process that holds it for `_holder`.
    with (builds / name).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report_wait(f"waiting for another build{_holder(file)} …")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _holder(file: TextIO) -> str:
    file.seek(0)
    number = file.read()
    return f" (process {number})" if number else ""
