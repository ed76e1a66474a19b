"""The real server on a loopback port, asked by a client that others use."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from pyoxigraph import Quad
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from tests.publishing import publish
from tests.serving import free_port

STATES = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT ?state { ?state a dip:State } ORDER BY ?state
"""


@contextmanager
def serve(builds: Path, port: int, cwd: Path | None = None) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "web", "--port", str(port)],
        cwd=cwd,
        env=os.environ | {"KG_BUILDS": str(builds)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            yield server
        finally:
            server.terminate()


def wait_until_up(port: int) -> None:
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Path:
    root = tmp_path_factory.mktemp("builds")
    publish(root, tiny)
    return root


@pytest.fixture(scope="module")
def port(builds: Path) -> Iterator[int]:
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        yield number
        server.terminate()
        out, _ = server.communicate(timeout=20)
        assert out.startswith("Aide-Mémoire is serving build ")


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_reads_rows(port: int, form: str, method: str) -> None:
    client = SPARQLWrapper(f"http://127.0.0.1:{port}/sparql")
    client.setQuery(STATES)
    client.setReturnFormat(form)
    client.setMethod(method)
    found = client.query().convert()
    if form == JSON:
        names = [row["state"]["value"] for row in found["results"]["bindings"]]
    elif form == XML:
        names = [node.firstChild.data for node in found.getElementsByTagName("uri")]
    else:
        names = found.decode().split()[1:]
    assert [name.rpartition("/")[2] for name in names] == ["ruritania", "sylvania"]


def test_sparqlwrapper_reads_a_graph(port: int) -> None:
    client = SPARQLWrapper(f"http://127.0.0.1:{port}/sparql")
    client.setQuery("DESCRIBE <https://w3id.org/aide-memoire/id/sylvania>")
    client.setReturnFormat(TURTLE)
    assert b"dip:State" in client.query().convert()


def test_a_new_build_is_served_without_a_restart(port: int, builds: Path, tiny: list[Quad]) -> None:
    def served() -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return bytes(answer.read())

    before = served()
    number = publish(builds, tiny[:-1]).number.encode()
    # While one thread opens the new build, the others go on with the old one.
    deadline = time.monotonic() + 20
    while number not in served() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert number in served()
    assert number not in before
    publish(builds, tiny)


def post(
    port: int, body: bytes | list[bytes], kind: str, more: dict[str, str] | None = None
) -> int:
    """Send a body whole, or in chunks if it is a list of them, and return the status."""
    client = HTTPConnection("127.0.0.1", port, timeout=10)
    with closing(client):
        # Who refuses a body answers before it is sent, and may hang up upon it.
        with suppress(BrokenPipeError, ConnectionResetError):
            client.request("POST", "/sparql", body, {"Content-Type": kind} | (more or {}))
        return client.getresponse().status


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_body_is_read_whole_or_refused(port: int, kind: str) -> None:
    start = b"query=ASK+%7B%7D" if "form" in kind else b"ASK {}"
    assert post(port, start, kind) == 200
    assert post(port, start, kind, {"Content-Length": "1000001"}) == 413
    assert post(port, [start], kind) == 411


def test_a_port_in_use_is_one_clear_line(port: int, builds: Path) -> None:
    with serve(builds, port) as second:
        _, said = second.communicate(timeout=20)
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in said
    assert len(said.strip().splitlines()) == 1


def workers(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline") for child in children}
    others = (b"resource_tracker", b"web.forkserver")
    return [c for c, path in commands.items() if not any(o in path.read_bytes() for o in others)]


def alive(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="there is no /proc to look in")
def test_a_worker_that_dies_is_replaced(builds: Path) -> None:
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        assert alive(number)
        worker, *_ = workers(server.pid)
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not (worker not in workers(server.pid) and alive(number)):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_folder_called_web_is_not_run(builds: Path, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "__init__.py").write_text("raise SystemExit('the wrong web')")
    number = free_port()
    with serve(builds, number, tmp_path) as server:
        wait_until_up(number)
        assert alive(number)
        server.terminate()
        _, said = server.communicate(timeout=20)
    assert said == ""


def test_no_build_is_one_clear_line(tmp_path: Path) -> None:
    with serve(tmp_path / "none", free_port()) as server:
        _, said = server.communicate(timeout=20)
    assert server.returncode == 1
    assert "kg build" in said
