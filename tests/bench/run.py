"""`make bench`: servers side by side on the same graph and the same queries.

Each size is generated, loaded by each contender and served; the answers are compared before
anything is timed. Then rounds: each contender in turn for a slice, so that what disturbs the
machine disturbs all. Ratios are taken round by round against `oxigraph serve-read-only`. The client
runs on the same machine. Peers hold the same default graph, of ours and what was generated; ours
also holds the named graphs. `ours-uncached` keeps no answer; `ours` is as shipped. Both have all
limits on.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from kg.pipeline.additions.additions import Addition
from kg.pipeline.build import build
from kg.store.dump import dump_graphs
from kg.store.store import Store
from tests.bench.client import answer, latencies, throughput
from tests.bench.contenders import OURS, OURS_UNCACHED, OXIGRAPH, Contender, Data, contenders
from tests.bench.generate import Size, write
from tests.bench.shapes import Query, mix
from tests.serving import memory

ALL = f"{OXIGRAPH},{OURS_UNCACHED},{OURS},rdflib-endpoint,naive,virtuoso"
_SMALL = 10_000
_QUERIES = 600
_CHECKED = 45
Running = list[tuple[Contender, int, int]]


@click.command()
@click.option("--sizes", default="2000,100000,1000000", show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--seconds", default=3.0, show_default=True, help="Of each slice.")
@click.option("--clients", default="1,2,8", show_default=True)
@click.option("--contenders", "chosen", default=ALL, show_default=True)
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(
    sizes: str, rounds: int, seconds: float, clients: str, chosen: str, out: Path | None
) -> None:
    """Compare servers at each size."""
    found = []
    for triples in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            data = prepare(Size(triples), Path(folder))
            servers = contenders(chosen.split(","), triples)
            numbers = [int(number) for number in clients.split(",")]
            found.append(compare(Size(triples), data, servers, (rounds, seconds), numbers))
    if out:
        out.write_text(json.dumps(found, indent=2))


def prepare(size: Size, folder: Path) -> Data:
    """Generate a file, build our graph with it, and write our default graph for the peers."""
    click.echo(f"\n{size.triples:,} triples: generating and building")
    data = Data(folder / "bench.nt", folder / "ours.nt", folder)
    write(data.file, size)
    alone = build(builds=folder / "alone")
    data.ours.write_bytes(dump_graphs(Store.open(folder / "alone" / alone.number), "nt"))
    shutil.rmtree(folder / "alone")
    build(builds=folder / "builds", additions=[Addition.of(f"{data.file}=http://example.org/b")])
    return data


def compare(
    size: Size,
    data: Data,
    servers: list[Contender],
    slices: tuple[int, float],
    clients: Sequence[int],
) -> dict[str, Any]:
    """Load, check and time all servers at one size; print and return the figures."""
    queries = mix(size, _QUERIES, lookups=size.triples < _SMALL)
    loads = {server.name: server.load(data) for server in servers if server.loads}
    with ExitStack() as stack:
        running: Running = [(s, *stack.enter_context(s.serving(data))) for s in servers]
        check(running, queries[:_CHECKED])
        start = {server.name: memory(process) for server, _, process in running}
        rates, refused = rate(running, queries, slices, clients)
        times = shapes(running, queries[:300])
        end = {server.name: memory(process) for server, _, process in running}
    report(rates, refused, times)
    click.echo("\nload, s: " + _listed(loads, 1, "{:.2f}"))
    click.echo("memory at start, MB: " + _listed(start, 1e6, "{:.0f}"))
    click.echo("memory at end, MB: " + _listed(end, 1e6, "{:.0f}"))
    told = {f"{name}, {number} clients": values for (name, number), values in rates.items()}
    return {"triples": size.triples, "rates": told, "load": loads, "start": start, "end": end}


def check(running: Running, queries: list[Query]) -> None:
    """Stop unless all servers answer alike."""
    for query in queries:
        answers = {server.name: answer(server, port, query) for server, port, _ in running}
        if len(set(answers.values())) > 1:
            told = "\n".join(f"{name}: {str(found)[:300]}" for name, found in answers.items())
            raise SystemExit(f"the answers differ to {query.shape}:\n{query.text}\n{told}")
    click.echo(f"{len(queries)} answers are the same from {len(running)} servers")


def rate(
    running: Running, queries: list[Query], slices: tuple[int, float], clients: Sequence[int]
) -> tuple[dict[tuple[str, int], list[float]], dict[str, int]]:
    """Return queries a second by server and number of clients, round by round; and refusals."""
    rates: dict[tuple[str, int], list[float]] = defaultdict(list)
    refused: dict[str, int] = defaultdict(int)
    rounds, seconds = slices
    for number in clients:
        for _ in range(rounds):
            for server, port, _ in running:
                got, bad = throughput(server, port, queries, number, seconds)
                rates[server.name, number].append(got)
                refused[server.name] += bad
    return rates, refused


def shapes(running: Running, queries: list[Query]) -> dict[str, dict[str, float]]:
    """Return the median milliseconds of one client, by shape and server."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for server, port, _ in running:
        for shape, taken in latencies(server, port, queries).items():
            found[shape][server.name] = statistics.median(taken) * 1000
    return found


def report(
    rates: dict[tuple[str, int], list[float]],
    refused: dict[str, int],
    times: dict[str, dict[str, float]],
) -> None:
    """Print medians, and ratios round by round."""
    click.echo(f"\n{'queries a second':<24}{'clients':>8}{'median':>10}   ratio: median (min-max)")
    for (name, number), values in rates.items():
        peer = rates.get((OXIGRAPH, number), values)
        ratios = [one / other for one, other in zip(values, peer, strict=True) if other]
        told = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        bad = f"   {refused[name]} not answered" if refused[name] else ""
        click.echo(f"{name:<24}{number:>8}{statistics.median(values):>10.0f}   {told}{bad}")
    click.echo("\nmedian ms of one client, by shape")
    for shape, by_name in sorted(times.items()):
        click.echo(f"{shape:<14}" + _listed(by_name, 1, "{:.2f}"))


def _listed(values: dict[str, Any], unit: float, form: str) -> str:
    return "  ".join(f"{name} {form.format(value / unit)}" for name, value in values.items())


if __name__ == "__main__":
    main()
