"""SPARQL servers of their own processes, for tests and for the bench.

Each listens on a free loopback port, keeps its files in a folder that the caller removes, and ends
with the block, and with this process however it ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.serving import free_port

_OXIGRAPH = Path(sys.executable).with_name("oxigraph")
_SECONDS = 60
_VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
TransactionFile = {folder}/virtuoso.trx
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 30
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 0
ThreadsPerQuery = {threads}
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
{sparql}
"""


@dataclass(frozen=True)
class Virtuoso:
    """A running Virtuoso: its folder, its port for HTTP and that of its own protocol."""

    folder: Path
    port: int
    sql_port: int

    @property
    def url(self) -> str:
        """Return where it takes queries."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def run(self, *statements: str) -> str:
        """Run SQL statements and return what isql prints; RuntimeError for one that fails."""
        printed = subprocess.run(
            [
                *("isql-vt", f"127.0.0.1:{self.sql_port}", "dba", "dba"),
                *("VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT"),
                f"EXEC={';'.join(statements)};",
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        if "*** Error" in printed:
            raise RuntimeError(printed)
        return printed

    def load(self, pattern: str, default_graph: str) -> None:
        """Load the files of its folder that match; quads without a graph go to the default one."""
        self.run(f"ld_dir('{self.folder}', '{pattern}', '{default_graph}')", "rdf_loader_run()")
        failed = self.run("SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL")
        if failed.strip():
            raise RuntimeError(failed)
        self.run("checkpoint")


def virtuoso_settings(
    folder: Path,
    port: int,
    sql_port: int,
    buffers: int = 20_000,
    threads: int = 1,
    sparql: str = "",
) -> Path:
    """Write Virtuoso's settings into a folder and return their file; a buffer takes 8 KB."""
    ini = folder / "virtuoso.ini"
    ini.write_text(
        _VIRTUOSO_INI.format(
            folder=folder,
            port=port,
            sql_port=sql_port,
            buffers=buffers,
            dirty=buffers * 3 // 4,
            threads=threads,
            sparql=sparql,
        )
    )
    return ini


@contextmanager
def virtuoso(folder: Path, **settings: Any) -> Iterator[Virtuoso]:
    """Run Virtuoso on an empty folder, or one that it has used, with `virtuoso_settings`."""
    server = Virtuoso(folder, free_port(), free_port())
    log = folder / "virtuoso.log"
    log.unlink(missing_ok=True)
    ini = virtuoso_settings(folder, server.port, server.sql_port, **settings)
    command = ["virtuoso-t", "-f", "-c", str(ini)]
    with _running(command, log, lambda text: "Server online" in text):
        yield server


@contextmanager
def oxigraph(
    folder: Path, *files: Path, in_memory: bool = False, port: int | None = None
) -> Iterator[str]:
    """Run Oxigraph's server with its log in a folder; yield where it takes queries.

    It serves what the folder has of an earlier run and the files, or in memory an empty graph.
    """
    store = [] if in_memory else ["--location", str(folder / "oxigraph")]
    for file in files:
        command = [str(_OXIGRAPH), "load", *store, "--file", str(file)]
        subprocess.run(command, check=True, capture_output=True)
    port = port or free_port()
    command = [str(_OXIGRAPH), "serve", *store, "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder / "oxigraph.log", lambda text: "Listening" in text):
        yield f"http://127.0.0.1:{port}/query"


def require_virtuoso() -> None:
    """Skip the test where there is no Virtuoso; fail it with KG_REQUIRE_ENGINES=1."""
    missing = [name for name in ("virtuoso-t", "isql-vt") if not shutil.which(name)]
    if not missing:
        return
    reason = f"Virtuoso is not tested: there is no {missing[0]} (virtuoso-opensource-7-bin)"
    if os.environ.get("KG_REQUIRE_ENGINES", "") not in {"", "0"}:
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def _running(
    command: Sequence[str], log: Path, is_up: Callable[[str], bool]
) -> Iterator[subprocess.Popen[bytes]]:
    # The kernel ends it should this process be killed.
    bound = ["setpriv", "--pdeathsig", "KILL", *command]
    with (
        log.with_suffix(".out").open("wb") as out,
        subprocess.Popen(
            bound, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _wait(server, (log, Path(out.name)), is_up)
            yield server
        finally:
            # Its files go with the folder: there is nothing to write first.
            server.kill()


def _wait(
    server: subprocess.Popen[bytes], logs: Sequence[Path], is_up: Callable[[str], bool]
) -> None:
    for _ in range(_SECONDS * 50):
        text = "".join(log.read_text() for log in logs if log.exists())
        if is_up(text):
            return
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended: {text}")
        time.sleep(0.02)
    raise RuntimeError(f"{server.args!r} does not start: {text}")
