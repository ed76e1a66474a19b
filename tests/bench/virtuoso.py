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

_GRAPH = "http://example.org/bench"
_SQL_PORT = 11_911
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
TransactionFile = {folder}/virtuoso.trx
ErrorLogFile = {folder}/virtuoso.out
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 30
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ThreadsPerQuery = 2
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
DefaultGraph = {graph}
"""


def load(folder: Path) -> None:
    """Load the files of a folder, then stop."""
    with subprocess.Popen(_command(folder, 0)) as server:
        for statement in (
            f"ld_dir('{folder}', '*.nt', '{_GRAPH}')",
            "rdf_loader_run()",
            "checkpoint",
            "shutdown",
        ):
            _isql(statement)
        server.wait()


def _command(folder: Path, port: int) -> list[str]:
    ini = folder / "virtuoso.ini"
    told = _INI.format(folder=folder, sql=_SQL_PORT, port=port or 18_911, graph=_GRAPH)
    ini.write_text(told)
    return ["virtuoso-t", "-f", "-c", str(ini)]


def _isql(statement: str) -> None:
    command = ["isql-vt", f"127.0.0.1:{_SQL_PORT}", "dba", "dba", f"EXEC={statement};"]
    for _ in range(60):
        if not subprocess.run(command, check=False, capture_output=True).returncode:
            return
        time.sleep(0.5)
    raise SystemExit(f"Virtuoso does not take {statement}")


if __name__ == "__main__":
    if sys.argv[1] == "load":
        load(Path(sys.argv[2]))
    else:
        serve = _command(Path(sys.argv[2]), int(sys.argv[3]))
        os.execvp(serve[0], serve)  # noqa: S606
