"""The reading of one third-party file: its limits, and the process that is held to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.model.errors import KGError
from kg.model.text import without_controls
from kg.pipeline.additions.bounds import Bounds
from kg.pipeline.additions.reading_task import Task, is_table_file
from kg.pipeline.additions.unpacking import packing

_GIGABYTE = 1_000_000_000


def reading_bounds(path: Path, kind: str = "") -> Bounds:
    """Return the limits for reading a file: in proportion to its size, or as settings say.

    JSON-LD takes 20 bytes of memory for each of its bytes, N-Triples a second for 15 MB, a table
    a second for 1 MB, and no memory for its length. A packed file is assumed to hold twenty times
    its size. `kind` is a name that says what the file is, if its own does not.
    """
    kind = kind or path.name
    size = path.stat().st_size
    plain = size * 20 if packing(kind) else size
    memory, pace = (0, 10) if is_table_file(kind) else (30 * plain, 2)
    return Bounds(
        memory=whole_setting("KG_ADD_MEMORY", _GIGABYTE + memory),
        seconds=whole_setting("KG_ADD_SECONDS", 60 + pace * plain // 1_000_000),
        unpacked=max(64_000_000, 100 * size),
        # Prefixed names are written out as full IRIs, many times as long.
        written=_GIGABYTE + 50 * plain,
    )


def whole_setting(name: str, otherwise: int) -> int:
    """Return a setting of the environment that is a whole number; KGError if it is not one."""
    try:
        return int(os.environ.get(name) or otherwise)
    except ValueError as error:
        raise KGError(f"{name} is {os.environ[name]}, which is not a whole number") from error


def run_intake(task: Task, count: Callable[[int], None]) -> dict[str, Any]:
    """Read a file in a child process; return what it reports, or what its end means.

    `count` is called with the number of statements so far, at times. What a file holds may stand in
    the report, but without what would command a terminal.
    """
    reader = "kg.pipeline.additions.addition_reader"
    return run_confined(reader, task.text(), task.bounds, count)


def run_confined(
    module: str, argument: str, bounds: Bounds, count: Callable[[int], None]
) -> dict[str, Any]:
    """Run a module of ours that confines itself to bounds; return what it reports, as above.

    Its lines are numbers, for `count`, and at last an object; `wrong` in it says what went wrong.
    """
    result: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603 - our own module, by the interpreter that runs this
        # Without -P, a folder called kg where the command runs would go before ours.
        [sys.executable, "-P", "-m", module, argument],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        for line in child.stdout or ():
            report = json.loads(line, object_hook=_printable)
            if isinstance(report, dict):
                result = report
            else:
                count(report)
    return result or {"wrong": _end(child.returncode, bounds)}


def _printable(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: without_controls(v) if isinstance(v, str) else v for name, v in fields.items()}


def _end(code: int, bounds: Bounds) -> str:
    """Say why a child ended before it could say so itself."""
    if code == -signal.SIGXCPU:
        return f"reading it takes more than {bounds.seconds:,} s; split it, or set KG_ADD_SECONDS"
    if code == -signal.SIGSEGV:
        return "it nests too deeply to be read"
    if code != -signal.SIGABRT:
        return f"the process that read it ended unexpectedly (status {code})"
    return (
        f"reading it takes more than {bounds.memory / 1e6:,.0f} MB of memory: it nests too deeply, "
        "or holds too much for its size; split it, or set KG_ADD_MEMORY"
    )
