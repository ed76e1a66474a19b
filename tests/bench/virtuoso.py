"""Virtuoso where it is installed: load a folder's files, or serve them on a port.

python -m tests.bench.virtuoso load FOLDER
python -m tests.bench.virtuoso serve FOLDER PORT
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.engines.processes import virtuoso, virtuoso_settings

_GRAPH = "http://example.org/bench"
_SQL_PORT = 11_911
_SETTINGS: dict[str, Any] = {
    "buffers": 340_000,
    "threads": 2,
    "sparql": f"DefaultGraph = {_GRAPH}",
}


def load(folder: Path) -> None:
    """Load the files of a folder, then stop."""
    with virtuoso(folder, **_SETTINGS) as server:
        server.load("*.nt", _GRAPH)


def serve(folder: Path, port: int) -> None:
    """Serve in place of this process what was loaded."""
    ini = virtuoso_settings(folder, port, _SQL_PORT, **_SETTINGS)
    os.execvp("virtuoso-t", ["virtuoso-t", "-f", "-c", str(ini)])  # noqa: S606, S607


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load(Path(sys.argv[2]))
    else:
        serve(Path(sys.argv[2]), int(sys.argv[3]))
