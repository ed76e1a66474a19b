"""Builds for tests: of a few quads without files, and of the corpus of `tests/corpus`."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad

from kg.inference.derive import derive
from kg.model.named_graphs import DISAGREEMENTS, in_graph, with_default_graph
from kg.model.prefixes import ROOT
from kg.model.source_texts import SourceTexts, tree_texts
from kg.pipeline.additions.additions import Addition
from kg.pipeline.build import index_and_publish
from kg.pipeline.compare import compare
from kg.pipeline.describe import describe
from kg.pipeline.progress import Progress, silent
from kg.store.draft_graph import EmbeddedDraft
from kg.store.manifest import Manifest

CORPUS = ROOT / "tests" / "corpus"


def corpus_under(root: Path) -> Path:
    """Lay out the corpus under a folder, with the real ontology and queries, and return it."""
    shutil.copytree(CORPUS / "kg", root / "kg")
    for folder in ("ontology", "kg/queries"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


def publish(
    builds: Path,
    quads: Iterable[Quad],
    additions: Sequence[Addition] = (),
    progress: Progress = silent,
    texts: SourceTexts | None = None,
) -> Manifest:
    """Index quads and publish them as the current build, with the texts of the tree."""
    return index_and_publish(builds, graph_of(quads), texts or tree_texts(), additions, progress)


def graph_of(quads: Iterable[Quad]) -> EmbeddedDraft:
    """Put quads into a graph, as the steps of a build take them."""
    return EmbeddedDraft(quads)


def with_inferred(quads: Iterable[Quad]) -> list[Quad]:
    """Return named graphs, what sources differ in, what follows, and the default graph of all."""
    quads = list(quads)
    graph = graph_of(with_default_graph(quads))
    compare(graph)
    inferred = derive(graph)
    compared = [in_graph(DISAGREEMENTS, t) for t in graph.view().graph(DISAGREEMENTS)]
    named = dict.fromkeys((*quads, *compared, *inferred))
    return [quad for quad in with_default_graph(named) if quad in graph.engine]


def with_description(quads: Iterable[Quad]) -> list[Quad]:
    """Return a dataset with graph:description of it."""
    quads = list(quads)
    description = describe(graph_of(quads))
    merged = [in_graph(DefaultGraph(), quad.triple) for quad in description]
    return [*dict.fromkeys((*quads, *description, *merged))]
