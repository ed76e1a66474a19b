"""How the time that reading takes grows with the length of what is read."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from time import thread_time

from werkzeug.exceptions import HTTPException

from kg.model.errors import KGError
from kg.sparql.patterns import Unreadable

# A query has at most 16 KB. What takes no time that can be told for half of it, may be as it is.
SIZES = (500, 2000)
# Four times the text takes four times the time, sixteen times if it grows with the square. Between
# the two there is room for what caches of the processor and other processes add.
TIMES, MOST = 4, 8.0
# Shorter times, in seconds, are not told from the clock's own noise.
_TELLING = 0.02


def superlinear(read: Callable[[str], object], text: Callable[[int], str]) -> str:
    """Say how the time of reading a text of a size grows, if it does so faster than the size.

    The text grows until the time can be told; what is refused has been read as well.
    """
    long = _seconds(read, text(SIZES[0]))
    for size in SIZES:
        short, long = long, _seconds(read, text(TIMES * size))
        if long > _TELLING and long > MOST * short:
            # Whatever else the machine does only adds to a time.
            short = min(short, *(_seconds(read, text(size)) for _ in range(4)))
            long = min(long, *(_seconds(read, text(TIMES * size)) for _ in range(4)))
            if long > _TELLING and long > MOST * short:
                return f"{size} characters {short:.4f} s, {TIMES * size} characters {long:.4f} s"
    return ""


def _seconds(read: Callable[[str], object], text: str) -> float:
    # A collection takes time by what all tests have made, not by what is read.
    gc.disable()
    start = thread_time()
    try:
        with suppress(KGError, Unreadable, HTTPException):
            read(text)
        return thread_time() - start
    finally:
        gc.enable()
