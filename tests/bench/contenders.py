"""What is compared: how each loads a file, and serves it on a loopback port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv" / "bench" / "bin"
_NAIVE = Path(__file__).parent / "naive.py"
RDFLIB_MOST = 200_000


@dataclass(frozen=True)
class Data:
    """The file that is added, our own graph as a file, and a folder to work in."""

    file: Path
    ours: Path
    folder: Path


@dataclass(frozen=True)
class Contender:
    """A server: `load` prepares its store once, `serve` is the command that answers."""

    name: str
    path: str = "/sparql"
    most: int = 10**12
    close: bool = False

    @property
    def loads(self) -> bool:
        """Tell whether it loads the file by a command of its own, not when it starts."""
        return self.name in _LOADS

    def load(self, data: Data) -> float:
        """Load the file for the store alone; return the seconds that it took."""
        start = time.perf_counter()
        for command, settings in _LOADS.get(self.name, lambda _: [])(data):
            _run(command, data, settings)
        return time.perf_counter() - start

    @contextmanager
    def serving(self, data: Data) -> Iterator[tuple[int, int]]:
        """Serve; yield the port and the process."""
        port = free_port()
        command, settings = _SERVES[self.name](data, port)
        log = (data.folder / f"{self.name}.log").open("wb")
        process = subprocess.Popen(
            command,
            env=os.environ | settings,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(process, port, log.name)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(15)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.close()


OURS, OURS_UNCACHED, OXIGRAPH = "ours", "ours-uncached", "oxigraph"
_Command = tuple[list[str], dict[str, str]]


def contenders(chosen: list[str], triples: int) -> list[Contender]:
    """Return those chosen that can be run here, and take a graph of this size."""
    known = [
        Contender(OXIGRAPH, "/query"),
        Contender(OURS_UNCACHED),
        Contender(OURS),
        Contender("rdflib-endpoint", "/", RDFLIB_MOST),
        Contender("naive", most=RDFLIB_MOST),
        Contender("virtuoso", close=True),
    ]
    return [c for c in known if c.name in chosen and triples <= c.most and _here(c.name)]


def _here(name: str) -> bool:
    return name != "virtuoso" or shutil.which("virtuoso-t") is not None


def _oxigraph_load(data: Data) -> list[_Command]:
    tool, store = str(PEERS / "oxigraph"), str(data.folder / "oxigraph")
    return [([tool, "load", "-l", store, "-f", str(data.ours), "-f", str(data.file)], {})]


def _ours_load(data: Data) -> list[_Command]:
    command = [sys.executable, "-P", "-m", "tests.bench.load", str(data.file)]
    return [(command, {"PYTHONPATH": str(ROOT)})]


def _virtuoso_load(data: Data) -> list[_Command]:
    return [([sys.executable, "-m", "tests.bench.virtuoso", "load", str(data.folder)], {})]


_LOADS = {OXIGRAPH: _oxigraph_load, OURS: _ours_load, "virtuoso": _virtuoso_load}


def _serve_oxigraph(data: Data, port: int) -> _Command:
    store = str(data.folder / "oxigraph")
    tool = str(PEERS / "oxigraph")
    return [tool, "serve-read-only", "-l", store, "-b", f"127.0.0.1:{port}"], {}


def _serve_ours(data: Data, port: int) -> _Command:
    settings = {"KG_BUILDS": str(data.folder / "builds")}
    return [sys.executable, "-P", "-m", "web", "--port", str(port)], settings


def _serve_uncached(data: Data, port: int) -> _Command:
    command, settings = _serve_ours(data, port)
    return command, settings | {"KG_CACHE_BYTES": "0"}


def _serve_endpoint(data: Data, port: int) -> _Command:
    files = [str(data.ours), str(data.file)]
    return [str(PEERS / "rdflib-endpoint"), "serve", "--port", str(port), *files], {}


def _serve_naive(data: Data, port: int) -> _Command:
    return [sys.executable, str(_NAIVE), str(port), str(data.ours), str(data.file)], {}


def _serve_virtuoso(data: Data, port: int) -> _Command:
    command = [sys.executable, "-m", "tests.bench.virtuoso", "serve", str(data.folder), str(port)]
    return command, {}


_SERVES = {
    OXIGRAPH: _serve_oxigraph,
    OURS: _serve_ours,
    OURS_UNCACHED: _serve_uncached,
    "rdflib-endpoint": _serve_endpoint,
    "naive": _serve_naive,
    "virtuoso": _serve_virtuoso,
}


def _run(command: list[str], data: Data, settings: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}\n(in {data.folder})")


def _wait(process: subprocess.Popen[bytes], port: int, log: str) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise SystemExit(f"a server ended: {Path(log).read_text()}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"a server does not start: {log}")
