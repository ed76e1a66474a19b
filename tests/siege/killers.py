"""Ten queries that no server should answer, sent by eight clients at once for a minute.

    python -m tests.siege.killers [--seconds 60] [--attackers 8] [--calm 15]

Each must get its error within the time limit and a second; memory must stay within the sum of the
limits; and a page and a short query requested meanwhile must be answered. Prints what was measured,
with and without the killers in one run, and exits with 1 if any of it does not hold.
"""

from __future__ import annotations

import random
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import click

from kg.workers.query_limits import Limits
from tests.serving import memory, serving
from tests.siege import clients
from tests.siege.clients import MEGABYTE, Client, Measured, Work

HERE = Path(__file__).parent
_SERVERS = 2


def killers(tarpit: str) -> dict[str, str]:
    """Return the queries by name, with the tarpit's address filled in."""
    numbers = " ".join(map(str, range(600)))
    found = {}
    for path in sorted((HERE / "killers").glob("*.rq")):
        found[path.stem] = path.read_text().replace("TARPIT", tarpit).replace("NUMBERS", numbers)
    return found


def kill(measured: Measured, port: int, queries: dict[str, str], stop: threading.Event) -> None:
    """Send killers in a random order until told to stop."""
    names = list(queries)
    while not stop.is_set():
        name = random.choice(names)  # noqa: S311
        query = quote(f"{queries[name]}\n# {random.random()}")  # noqa: S311
        client = Client(port, patience=60)
        clients.timed(measured, f"killer {name}", client, f"/sparql?query={query}")


def all_of(seconds: float, calm: float = 10, attackers: int = 8, **settings: object) -> list[str]:
    """Send killers for so long, after a time without them; return what promises broke."""
    limits, measured = Limits.of(settings), Measured()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as pit:
        tarpit = f"http://127.0.0.1:{pit.getsockname()[1]}/sparql"
        settings |= {"SERVICE_ENDPOINTS": tarpit, "SERVICE_LOCAL": tarpit}
        with serving(Path(folder) / "log", None, **settings) as (port, process):
            names = clients.things(port)
            clients.during(calm, clients.honest(measured, port, names, "before"))
            base = memory(process)
            queries = killers(tarpit)
            siege: list[Work] = [lambda stop: kill(measured, port, queries, stop)] * attackers
            siege += clients.honest(measured, port, names, "during")
            with clients.watching(measured, process):
                clients.during(seconds, siege)
                time.sleep(2)
            left = memory(process)
    allowed = base + _SERVERS * limits.max_memory
    return report(measured, limits, (base, measured.peak, left, allowed))


def report(measured: Measured, limits: Limits, held: tuple[int, int, int, int]) -> list[str]:
    """Print the figures; return what promises broke."""
    print("\nkillers")
    for name in sorted(measured.seconds):
        print(measured.row(name))
    base, peak, left, allowed = (count / MEGABYTE for count in held)
    print(f"memory: {base:.0f} MB calm, {peak:.0f} MB at most, {left:.0f} MB after; ", end="")
    print(f"{allowed:.0f} MB allowed")
    broken = [
        f"{name} took {max(times):.1f} s"
        for name, times in measured.seconds.items()
        if max(times) > limits.query_seconds + 1
    ]
    for name, end in measured.ends:
        # A query that sums up to little is no killer on a small graph.
        # 429: who has used its budget is told so while others wait.
        killer = name.startswith("killer")
        good = ("200", "422", "429", "502", "503") if killer else ("200",)
        if not end.startswith(good) or " in " in end:
            broken.append(f"{name}: {end}")
    if peak > allowed:
        broken.append("memory went beyond the limits")
    return [f"killers: {line}" for line in broken]


@click.command()
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--calm", default=15.0, show_default=True, help="Seconds without killers, before.")
@click.option("--attackers", default=8, show_default=True)
def main(seconds: float, calm: float, attackers: int) -> None:
    """Lay siege to a server of our own, and say how it stood."""
    sys.exit(clients.verdict(all_of(seconds, calm, attackers)))


if __name__ == "__main__":
    main()
