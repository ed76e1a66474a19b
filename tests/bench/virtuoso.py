"""Virtuoso where it is installed: load a folder's files, or serve them on a port.

python -m tests.bench.virtuoso load FOLDER
python -m tests.bench.virtuoso serve FOLDER PORT
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.engines.processes import Virtuoso, virtuoso_settings

_GRAPH = "http://example.org/bench"
_SQL_PORT = 11_911


def load(folder: Path) -> None:
    """Load the files of a folder, then stop."""
    with subprocess.Popen(_command(folder, 18_911)) as server:
        _until_up(folder)
        running = Virtuoso(folder, 18_911, _SQL_PORT)
        running.load("*.nt", _GRAPH)
        running.run("shutdown")
        server.wait()


def _command(folder: Path, port: int) -> list[str]:
    ini = virtuoso_settings(
        folder, port, _SQL_PORT, buffers=340_000, threads=2, sparql=f"DefaultGraph = {_GRAPH}"
    )
    return ["virtuoso-t", "-f", "-c", str(ini)]


def _until_up(folder: Path) -> None:
    log = folder / "virtuoso.log"
    for _ in range(600):
        if log.exists() and "Server online" in log.read_text():
            return
        time.sleep(0.1)
    raise SystemExit("Virtuoso does not start")


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load(Path(sys.argv[2]))
    else:
        serve = _command(Path(sys.argv[2]), int(sys.argv[3]))
        os.execvp(serve[0], serve)  # noqa: S606
