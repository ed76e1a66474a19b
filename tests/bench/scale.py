"""What a build and its pages cost as the graph grows: `make scale SIZE=1000,1000000`.

The real graph with so many synthetic statements among its own, which lists, searches and maps have
to bear too; or with `--added`, in a third-party file beside it. For each size: the processor time
of the store and of the index, the most memory that the build held, disk, what the server holds,
and how long pages and queries take. The table is Markdown, with how each figure grows from size to
size: the exponent of the size, 1 for what grows with it and 0 for what does not grow.
"""

from __future__ import annotations

import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from kg.model.prefixes import ROOT, THING
from kg.model.source_texts import SourceTexts
from kg.pipeline.additions.additions import Addition
from kg.pipeline.build import build, checked_graph, index_and_publish
from kg.pipeline.describe import describe
from kg.store.draft_graph import DraftGraph, EmbeddedDraft
from tests.bench.client import latencies
from tests.bench.contenders import OURS, Contender
from tests.bench.generate import BASE, Size, write
from tests.bench.pages import measure_pages, rest, write_among_ours
from tests.bench.shapes import LOOKUPS, Query, mix
from tests.serving import memory, serving

_QUERIES = 300
_STAGES = ("write", "store", "index")
_MEGABYTE = 1e6


class _WithLines(EmbeddedDraft):
    """Our graph in memory, and a file of triples that stand in a graph and in the default graph."""

    def __init__(self, ours: DraftGraph, file: Path) -> None:
        super().__init__(ours.quads())
        self._file = file

    def lines(self, folder: Path) -> Iterator[bytes]:
        """Yield the lines of both."""
        return chain(super().lines(folder), self._added())

    def _added(self) -> Iterator[bytes]:
        graph = f"<{BASE}> .\n".encode()
        with self._file.open("rb") as lines:
            for line in lines:
                yield line
                yield line.removesuffix(b".\n") + graph


@click.command()
@click.option("--sizes", default="1000,1000000", show_default=True)
@click.option("--added", is_flag=True, help="In a third-party file, which pages do not count.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the figures here, as JSON.")
@click.option("--folder", type=click.Path(path_type=Path), help="Work here rather than in /tmp.")
@click.option("--build", "task", nargs=2, hidden=True)
def main(
    sizes: str, added: bool, out: Path | None, folder: Path | None, task: tuple[str, str] | None
) -> None:
    """Measure each size, and print the table."""
    if task:
        click.echo(json.dumps(_built(Path(task[0]), Path(task[1]), added)))
        return
    found: dict[int, dict[str, float]] = {}
    for size in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="kg-scale-", dir=folder) as place:
            found[size] = _measured(size, Path(place), added)
        click.echo(f"{size:,}: {json.dumps(found[size])}", err=True)
        if out:
            out.write_text(json.dumps(found, indent=1))
    click.echo(table(found))


def table(found: dict[int, dict[str, float]]) -> str:
    """Write figures by size as a table, with the exponent by which each grows between two sizes.

    >>> print(table({10: {"s": 1.0, "ms": 5.0}, 1000: {"s": 100.0, "ms": 5.0}}))
    | | 10 | 1,000 | growth |
    |---|---:|---:|---:|
    | s | 1 | 100 | 1.00 |
    | ms | 5 | 5 | 0.00 |
    """
    sizes = sorted(found)
    head = ("", *(f"{size:,}" for size in sizes), *["growth"] * (len(sizes) - 1))
    lines = [f"| {' | '.join(head)} |".replace("|  |", "| |"), f"|---|{'---:|' * (len(head) - 1)}"]
    for name in found[sizes[-1]]:
        values = [found[size][name] for size in sizes]
        cells = [f"{value:.3g}" if value < 100 else f"{value:,.0f}" for value in values]
        lines.append(f"| {' | '.join((name, *cells, *_growth(sizes, values)))} |")
    return "\n".join(lines)


def _growth(sizes: Sequence[int], values: Sequence[float]) -> Iterator[str]:
    for at in range(1, len(sizes)):
        ratio = math.log(sizes[at] / sizes[at - 1])
        known = values[at] > 0 and values[at - 1] > 0
        yield f"{math.log(values[at] / values[at - 1]) / ratio:.2f}" if known else ""


def _measured(size: int, place: Path, added: bool) -> dict[str, float]:
    file, builds = place / "synthetic.nt", place / "builds"
    (write(file, Size(size)) if added else write_among_ours(file, size))
    command = [sys.executable, "-m", "tests.bench.scale", "--build", str(file), str(builds)]
    done = subprocess.run(
        [*command, *(["--added"] if added else [])], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    file.unlink()
    with serving(place / "log", BUILDS=builds, CACHE_BYTES=0) as (port, pid):
        rest(pid)
        figures["served, MB at first"] = memory(pid) / _MEGABYTE
        figures |= measure_pages(port, builds)
        figures |= _query_times(port, size, THING if not added else BASE)
        figures["served, MB after"] = memory(pid) / _MEGABYTE
    return figures


def _built(file: Path, builds: Path, added: bool) -> dict[str, float]:
    """Publish a build; return the processor seconds of its stages, and what it took."""
    spent: dict[str, float] = dict.fromkeys(_STAGES, 0.0)
    at: list[Any] = ["", _processor_time()]

    def progress(stage: str, _: str) -> None:
        now = _processor_time()
        if at[0] in spent:
            spent[at[0]] += now - at[1]
        # The second call of a stage is its end.
        at[:] = ["" if stage == at[0] else stage, now]

    start = time.perf_counter()
    if added:
        build(builds=builds, progress=progress, additions=[Addition.of(f"{file}={BASE}")])
    else:
        ours = checked_graph(ROOT)
        describe(ours, ROOT)
        graph = _WithLines(ours, file)
        index_and_publish(builds, graph, SourceTexts.of_tree(ROOT), progress=progress)
    wall = time.perf_counter() - start
    files = [path for path in (builds / "current").resolve().rglob("*") if path.is_file()]
    index = sum(path.stat().st_size for path in files if path.name.startswith("index-"))
    return {
        **{f"{stage}, s of a processor": spent[stage] for stage in _STAGES},
        "build, s by the clock": wall,
        "build, most MB": _most_memory() / _MEGABYTE,
        "build on disk, MB": sum(path.stat().st_size for path in files) / _MEGABYTE,
        "index on disk, MB": index / _MEGABYTE,
    }


def _processor_time() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _most_memory() -> float:
    # In kilobytes, of the larger of this process and the largest that it started: getrusage(2).
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) * 1024


def _query_times(port: int, size: int, base: str) -> dict[str, float]:
    """Return the median milliseconds of look-ups, and of the other shapes of the bench."""
    queries = [Query(q.shape, q.text.replace(BASE, base)) for q in mix(Size(size), _QUERIES)]
    taken = latencies(Contender(OURS), port, queries)
    by_shape = {shape: 1000 * statistics.median(times) for shape, times in taken.items()}
    found = {f"look-up {name}, ms": by_shape.pop(name) for name in LOOKUPS}
    return found | {f"query {name}, ms": time for name, time in sorted(by_shape.items())}


if __name__ == "__main__":
    main()
