"""What a build reports while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeAlias

# Called with the name of a stage and its result, each in a few words, when the stage has ended. A
# result that ends with “…” says how far a stage is that goes on.
Progress: TypeAlias = Callable[[str, str], None]

BEGUN = "…"

# The line of the terminal anew: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (EL)
_ANEW = "\r\x1b[K"


def silent(_stage: str, _result: str) -> None:
    """Report nothing."""


class StageLog:
    """Writes each stage with the seconds it took, and at the end of the block the seconds of all.

    On a terminal a line is written anew while its stage goes on; else each line is written once.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        terminal: bool,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take what writes text as it is, and whether it writes to a terminal."""
        self._write = write
        self._terminal = terminal
        self._clock = clock
        self._start = self._last = clock()
        self._open = False

    def __call__(self, stage: str, result: str) -> None:
        """Report the result of a stage, or how far it is (`Progress`)."""
        if result.endswith(BEGUN):
            self._begin(stage, result)
        else:
            now = self._clock()
            self._end(stage, result, now - self._last)
            self._last = now

    def __enter__(self) -> StageLog:
        """Begin: the seconds count from when it was made."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the seconds of all stages, unless one has failed."""
        if kind is None:
            self._end("total", "", self._clock() - self._start)
        elif self._open:
            self._write(_ANEW)

    def _begin(self, stage: str, result: str) -> None:
        if self._terminal:
            self._write(f"{_ANEW}{stage:<24}{result}")
            self._open = True
        elif result != BEGUN:
            self._write(f"{stage:<24}{result}\n")

    def _end(self, stage: str, result: str, seconds: float) -> None:
        anew = _ANEW if self._open else ""
        self._write(f"{anew}{stage:<24}{result:<44}{seconds:>8.1f} s\n")
        self._open = False
