"""Ten queries that no server should answer, asked by eight clients at once for a minute.

    python -m tests.siege.killers [--seconds 60] [--clients 8] [--calm 15]

Each must get its error within the time limit and a second; memory must stay within the sum of the
limits; and a page and a short query asked meanwhile must be answered. Prints what was measured,
with and without the killers in one run, and exits with 1 if any of it does not hold.
"""

from __future__ import annotations

import collections
import http.client
import json
import random
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import click

from kg.public.limits import Limits
from tests.serving import memory, serving

HERE = Path(__file__).parent
PAGE = "/page/japan"
SHORT = "SELECT ?name { <https://w3id.org/aide-memoire/id/japan> ?p ?name } LIMIT 5 # "
_SERVERS = 2
_MEGABYTE = 1_000_000


@dataclass
class Seen:
    """What clients have seen: of each name the seconds taken, and how it ended."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    ends: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    peak: int = 0


def killers(tarpit: str) -> dict[str, str]:
    """Return the queries by name, with the tarpit's address filled in."""
    numbers = " ".join(map(str, range(600)))
    found = {}
    for path in sorted((HERE / "killers").glob("*.rq")):
        found[path.stem] = path.read_text().replace("TARPIT", tarpit).replace("NUMBERS", numbers)
    return found


def ask(port: int, path: str, patience: float) -> tuple[int, str]:
    """Ask once; return the status and what the problem is called."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        line.request("GET", path, headers={"Accept": "application/json, text/html;q=0.9"})
        answer = line.getresponse()
        body = answer.read()
        if answer.getheader("Content-Type", "").startswith("application/problem+json"):
            return answer.status, json.loads(body)["type"].rpartition("/")[2]
        return answer.status, "answered" if answer.status == 200 else "not a problem+json"
    except OSError as error:
        return 0, type(error).__name__
    finally:
        line.close()


def timed(seen: Seen, name: str, port: int, path: str, patience: float) -> None:
    """Ask once and write down what came of it."""
    start = time.monotonic()
    status, called = ask(port, path, patience)
    seen.seconds[name].append(time.monotonic() - start)
    seen.ends[name, f"{status} {called}"] += 1


def probe(seen: Seen, name: str, port: int, stop: threading.Event) -> None:
    """Ask for a page and a short query in turn, each never asked before."""
    number = 0
    while not stop.is_set():
        number += 1
        short = quote(f"{SHORT}{name}{number}")
        timed(seen, f"short query, {name}", port, f"/sparql?query={short}", 40)
        timed(seen, f"page, {name}", port, f"{PAGE}?{quote(name)}={number}", 40)
        stop.wait(0.05)


def kill(seen: Seen, port: int, queries: dict[str, str], stop: threading.Event) -> None:
    """Ask killers in a random order until told to stop."""
    names = list(queries)
    while not stop.is_set():
        name = random.choice(names)  # noqa: S311
        query = quote(f"{queries[name]}\n# {random.random()}")  # noqa: S311
        timed(seen, f"killer {name}", port, f"/sparql?query={query}", 60)


def watch(seen: Seen, process: int, stop: threading.Event) -> None:
    """Write down the most memory that the server takes."""
    while not stop.wait(0.25):
        seen.peak = max(seen.peak, memory(process))


def during(seconds: float, work: list[Callable[[threading.Event], None]]) -> None:
    """Have all that is to be done done side by side for so long."""
    stop = threading.Event()
    threads = [threading.Thread(target=one, args=(stop,)) for one in work]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()


@click.command()
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--calm", default=15.0, show_default=True, help="Seconds without killers, before.")
@click.option("--clients", default=8, show_default=True)
def main(seconds: float, calm: float, clients: int) -> None:
    """Lay siege to a server of our own, and say how it stood."""
    limits = Limits.of({})
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as pit:
        tarpit = f"http://127.0.0.1:{pit.getsockname()[1]}/sparql"
        settings = {"SERVICE_ENDPOINTS": tarpit, "SERVICE_LOCAL": tarpit}
        with serving(Path(folder) / "log", **settings) as (port, process):
            during(calm, [lambda stop: probe(seen, "calm", port, stop)])
            base = memory(process)
            queries = killers(tarpit)
            siege = [lambda stop: kill(seen, port, queries, stop)] * clients
            siege.append(lambda stop: probe(seen, "under siege", port, stop))
            siege.append(lambda stop: watch(seen, process, stop))
            during(seconds, siege)
            time.sleep(2)
            left = memory(process)
    allowed = base + _SERVERS * limits.most_memory
    sys.exit(report(seen, limits, (base, seen.peak, left, allowed)))


def report(seen: Seen, limits: Limits, held: tuple[int, int, int, int]) -> int:
    """Print the figures; return 1 if a promise was broken."""
    for (name, end), count in sorted(seen.ends.items()):
        print(f"{name:<34}{end:<28}{count:>6}  {_spread(seen.seconds[name])}")
    base, peak, left, allowed = (bytes_ / _MEGABYTE for bytes_ in held)
    print(f"memory: {base:.0f} MB calm, {peak:.0f} MB at most, {left:.0f} MB after; ", end="")
    print(f"{allowed:.0f} MB allowed")
    broken = [
        f"{name} took {max(times):.1f} s"
        for name, times in seen.seconds.items()
        if max(times) > limits.query_seconds + 1
    ]
    for name, end in seen.ends:
        # A query that sums up to little is no killer on a small graph.
        good = ("200", "422", "502", "503") if name.startswith("killer") else ("200",)
        if not end.startswith(good) or end.endswith("json"):
            broken.append(f"{name}: {end}")
    if peak > allowed:
        broken.append("memory went beyond the limits")
    print("\n".join(f"BROKEN: {line}" for line in broken) or "every promise was kept")
    return 1 if broken else 0


def _spread(times: list[float]) -> str:
    middle = statistics.median(times) * 1000
    last = sorted(times)[int(len(times) * 0.99)] * 1000
    return f"p50 {middle:8.1f} ms  p99 {last:8.1f} ms  max {max(times) * 1000:8.1f} ms"


if __name__ == "__main__":
    main()
