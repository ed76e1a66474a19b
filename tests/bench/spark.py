"""The build on Spark beside that in memory: the same statements to the last, and the time of each.

    python -m tests.bench.spark 10000 1000000 [--masters local[1] local[2]]

Synthetic statements (`tests/kg/spark/outside_data.py`) stand beside the graph of this tree. Each
size is built in memory once, and on Spark by each master; the sorted lines must be equal. The time
on one and two workers tells which part does not shrink: with t1 and t2, 2 · t2 - t1. On a machine
that does other work too, the seconds of a processor (driver, Java and Python workers) tell more.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.inference.derive import derive
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import ROOT
from kg.pipeline.compare import compare
from kg.pipeline.load import load
from kg.store.draft_graph import EmbeddedDraft
from tests.kg.spark.outside_data import comparable_quads, outside_lines
from tests.serving import seconds_of_work

MASTERS = ("local[1]", "local[2]")
GRAPH = "http://example.org/outside"
MEMORY = "4g"


def compare_builds(size: int, masters: Sequence[str], folder: Path) -> dict[str, Any]:
    """Build so many statements in memory and on Spark; return times, and whether all are equal."""
    # Here, as pytest reads this module for doctests where there is no PySpark.
    from kg.spark.build import build_on_spark
    from kg.spark.reading import OutsideFile

    lines = dict.fromkeys([*comparable_quads(), *outside_lines(size)])
    file = folder / f"{size}.nq"
    file.write_text("".join(f"{line}\n" for line in lines if "_:" not in line), encoding="utf-8")
    begun = time.perf_counter()
    expected = folder / f"{size}.expected"
    expected.write_text("".join(f"{line}\n" for line in _in_memory(file)), encoding="utf-8")
    result: dict[str, Any] = {"statements": size, "memory": time.perf_counter() - begun}
    for master in masters:
        stages: dict[str, tuple[float, float]] = {}
        begun, spent = time.perf_counter(), seconds_of_work(os.getpid())
        progress = partial(_reported, master, (begun, spent), stages)
        # Hadoop would read the brackets of a master as a pattern.
        out = folder / f"out-{masters.index(master)}"
        outside = [OutsideFile.of(f"{file}={GRAPH}")]
        manifest = build_on_spark(ROOT, master, outside, str(out), progress)
        result[master] = {
            "seconds": time.perf_counter() - begun,
            "seconds of a processor": seconds_of_work(os.getpid()) - spent,
            "stages": stages,
            "quads": manifest["quads"],
            "triples": manifest["triples"],
            "inferred": manifest["inferred"],
            **differing_lines(_read(expected), _lines(out, manifest)),
        }
        shutil.rmtree(out)
    return result


def _reported(
    master: str,
    begun: tuple[float, float],
    stages: dict[str, tuple[float, float]],
    stage: str,
    words: str,
) -> None:
    now = time.perf_counter() - begun[0], seconds_of_work(os.getpid()) - begun[1]
    stages[stage] = now
    print(f"{master:10} {now[0]:8.1f} s {now[1]:8.1f} cpu  {stage:24} {words}", flush=True)


def _in_memory(file: Path) -> list[str]:
    graph = EmbeddedDraft(with_default_graph([*load(ROOT).quads, *_outside(file)]))
    compare(graph)
    derive(graph)
    # The engine's blank nodes of the ontology are named alike in both.
    return sorted(f"{quad} ." for quad in graph.quads())


def _outside(file: Path) -> Iterator[Quad]:
    for quad in parse(path=file, format=RdfFormat.N_QUADS):
        named = quad.graph_name != DefaultGraph()
        yield quad if named else Quad(*quad.triple, NamedNode(GRAPH))


def _lines(out: Path, manifest: dict[str, Any]) -> Iterator[str]:
    for part in manifest["parts"]:
        yield from _read(out / part.file)


def _read(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from (line.rstrip("\n") for line in lines)


def differing_lines(expected: Iterable[str], lines: Iterable[str]) -> dict[str, Any]:
    """Compare two lists of sorted lines; return how many differ, and the first of them.

    >>> differing_lines(["a", "b"], ["a", "c"])
    {'equal': False, 'differing': 2, 'first': [('-', 'b'), ('+', 'c')]}
    """
    tagged = heapq.merge(((line, "-") for line in expected), ((line, "+") for line in lines))
    alike = groupby(tagged, itemgetter(0))
    groups = ((line, "".join(of for _, of in group)) for line, group in alike)
    # Python compares code points as Spark compares bytes of UTF-8.
    differing = [(of, line) for line, of in groups if of != "+-"]
    return {"equal": not differing, "differing": len(differing), "first": differing[:10]}


def main() -> None:
    """Compare the sizes that are asked for, and print what came of each as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--masters", nargs="+", default=MASTERS)
    options = parser.parse_args()
    # In local mode the driver has all the memory; Spark gives it 1 GB.
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-memory {MEMORY} pyspark-shell")
    with tempfile.TemporaryDirectory() as folder:
        results = [compare_builds(size, options.masters, Path(folder)) for size in options.sizes]
    print(json.dumps(results, indent=2))
    unequal = [one for one in results for m in options.masters if not one[m]["equal"]]
    raise SystemExit(1 if unequal else 0)


if __name__ == "__main__":
    main()
