"""The build on Spark beside that in memory: the same statements to the last, and the time of each.

    python -m tests.bench.spark 10000 1000000 [--masters local[1] local[2]]

Synthetic statements (`tests/kg/spark/outside_data.py`) stand beside the graph of this tree. Each
size is built in memory once, and on Spark by each master; the sorted lines must be equal. The time
on one and two workers tells which part does not shrink: with t1 and t2, 2 · t2 - t1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
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

MASTERS = ("local[1]", "local[2]")
GRAPH = "http://example.org/outside"


def compare_builds(size: int, masters: Sequence[str], folder: Path) -> dict[str, Any]:
    """Build so many statements in memory and on Spark; return times, and whether all are equal."""
    # Here, as pytest reads this module for doctests where there is no PySpark.
    from kg.spark.build import build_on_spark
    from kg.spark.reading import OutsideFile

    lines = dict.fromkeys([*comparable_quads(), *outside_lines(size)])
    file = folder / f"{size}.nq"
    file.write_text("".join(f"{line}\n" for line in lines if "_:" not in line), encoding="utf-8")
    begun = time.perf_counter()
    expected = _in_memory(file)
    result: dict[str, Any] = {"statements": size, "memory": time.perf_counter() - begun}
    for master in masters:
        stages: dict[str, float] = {}
        begun = time.perf_counter()

        progress = partial(_said, master, begun, stages)
        # Hadoop would read the brackets of a master as a pattern.
        out = folder / f"out-{masters.index(master)}"
        outside = [OutsideFile.of(f"{file}={GRAPH}")]
        manifest = build_on_spark(ROOT, master, outside, str(out), progress)
        result[master] = {
            "seconds": time.perf_counter() - begun,
            "stages": stages,
            "quads": manifest["quads"],
            "triples": manifest["triples"],
            "inferred": manifest["inferred"],
            "equal": _sorted_hash(_lines(out, manifest)) == expected,
        }
        shutil.rmtree(out)
    return result


def _said(master: str, begun: float, stages: dict[str, float], stage: str, words: str) -> None:
    stages[stage] = time.perf_counter() - begun
    print(f"{master:10} {stages[stage]:8.1f} s  {stage:24} {words}", flush=True)


def _in_memory(file: Path) -> str:
    graph = EmbeddedDraft(with_default_graph([*load(ROOT).quads, *_outside(file)]))
    compare(graph)
    derive(graph)
    # The engine's blank nodes of the ontology are named alike in both.
    return _sorted_hash(iter(sorted(f"{quad} ." for quad in graph.quads())))


def _outside(file: Path) -> Iterator[Quad]:
    for quad in parse(path=file, format=RdfFormat.N_QUADS):
        named = quad.graph_name != DefaultGraph()
        yield quad if named else Quad(*quad.triple, NamedNode(GRAPH))


def _lines(out: Path, manifest: dict[str, Any]) -> Iterator[str]:
    for part in manifest["parts"]:
        with (out / part.file).open(encoding="utf-8", newline="\n") as lines:
            yield from (line.rstrip("\n") for line in lines)


def _sorted_hash(lines: Iterator[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def main() -> None:
    """Compare the sizes that are asked for, and print what came of each as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--masters", nargs="+", default=MASTERS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = [compare_builds(size, options.masters, Path(folder)) for size in options.sizes]
    print(json.dumps(results, indent=2))
    unequal = [one for one in results for m in options.masters if not one[m]["equal"]]
    raise SystemExit(1 if unequal else 0)


if __name__ == "__main__":
    main()
