"""From files to the build that is served: load, compare, derive, check, describe, index, publish.

One engine holds the graph all the way: it is filled from the files, and each step adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from kg.index.writer import index_name, write_index
from kg.inference.derive import derive
from kg.model.errors import CheckFailed, KGError
from kg.model.named_graphs import DISAGREEMENTS, INFERRED, ONTOLOGY, with_default_graph
from kg.model.prefixes import ROOT
from kg.model.source_texts import SourceTexts
from kg.pipeline.additions.additions import Addition, add_files
from kg.pipeline.check import check_files, check_graph
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.logic import start_reasoner
from kg.pipeline.compare import compare
from kg.pipeline.describe import describe
from kg.pipeline.draft import draft_in, equal_build, write_contents, write_store
from kg.pipeline.load import load
from kg.pipeline.progress import BEGUN, Progress, silent
from kg.pipeline.publication.dump_files import write_dump_files
from kg.pipeline.publication.record import record_release
from kg.pipeline.publish import publish, publish_again
from kg.pipeline.remote.remote_build import EngineToLoad, RemoteBuild, remote_build
from kg.store.builds import Builds
from kg.store.draft_graph import DraftGraph, EmbeddedDraft
from kg.store.manifest import ADDED, DATASET, REMOTE, Manifest


def build(
    root: Path = ROOT,
    builds: Path | None = None,
    progress: Progress = silent,
    additions: Sequence[Addition] = (),
    engine: EngineToLoad | None = None,
) -> Manifest:
    """Build the graph of the files under a root and make it the current build.

    `additions` are third-party files, which are not checked. The graph stands in the memory of this
    process, or in a SPARQL engine, which holds the build then. Any mistake is a KGError and leaves
    the last build current.
    """
    place = Builds(builds, root).root
    with remote_build(engine, place, progress) if engine else nullcontext() as graph:
        return _build(root, place, progress, additions, graph)


def _build(
    root: Path,
    builds: Path,
    progress: Progress,
    additions: Sequence[Addition],
    graph: DraftGraph | None,
) -> Manifest:
    graph = checked_graph(root, progress, graph=graph)
    if set(graph.view().graphs()) <= {ONTOLOGY, DISAGREEMENTS, INFERRED}:
        raise KGError(f"{root} holds an ontology but no facts: nothing is published")
    progress("describe", BEGUN)
    description = describe(graph, root)
    progress("describe", f"{len(description):,} statements")
    texts = SourceTexts.of_tree(root)
    manifest = index_and_publish(builds, graph, texts, additions, progress)
    progress("publish", f"build {manifest.number}: {manifest.triples:,} statements")
    return manifest


def checked_graph(
    root: Path, progress: Progress = silent, source: str = "", graph: DraftGraph | None = None
) -> DraftGraph:
    """Load the files under a root, compare sources, derive what follows, check; return the graph.

    All findings come in one CheckFailed. With `source`, a finding stands in its files rather than
    in others, and the logic of the ontology is not checked, as no source can change it.
    """
    progress("load", BEGUN)
    tree = load(root)
    progress("load", f"{len(tree.origin):,} statements from {len(tree.files)} files")
    findings = check_files(tree, progress, source)
    # HermiT needs a second or two in a separate process, while the other checks run here.
    reasoner = None if source else start_reasoner(tree.triples(ONTOLOGY))
    progress("compare", BEGUN)
    graph = EmbeddedDraft() if graph is None else graph
    graph.add(with_default_graph(tree.origin))
    comparison = compare(graph, root / "ontology")
    progress("compare", f"{comparison.variations} differences between sources")
    progress("derive", BEGUN)
    inferred = derive(graph, root / "ontology" / "rules")
    progress("derive", f"{len(inferred):,} statements")
    causes = Causes(tree, graph.view(texts=SourceTexts.of_tree(root)), source)
    findings += check_graph(tree, comparison, causes, reasoner, progress)
    if findings:
        raise CheckFailed(findings)
    return graph


def index_and_publish(
    builds: Path,
    graph: DraftGraph,
    texts: SourceTexts,
    additions: Sequence[Addition] = (),
    progress: Progress = silent,
) -> Manifest:
    """Add files to a graph, index it, and publish it with its texts as the current build.

    A build that holds the same already is made current again instead. KGError if there is nothing
    to publish, or nowhere.
    """
    if not len(graph):
        raise KGError("there is not one statement: nothing is published")
    with draft_in(builds, progress) as draft:
        added = add_files(additions, draft, progress)
        progress("write", BEGUN)
        manifest = write_contents(draft, graph.lines(draft), texts, added)
        manifest = replace(manifest, store=REMOTE if isinstance(graph, RemoteBuild) else "")
        progress("write", f"{manifest.quads:,} quads of {manifest.things:,} things")
        same = equal_build(builds, draft, manifest, progress)
        if not same:
            _index(draft, graph, manifest, progress)
        if isinstance(graph, RemoteBuild):
            graph.complete(draft / ADDED, manifest, progress)
        if same:
            return publish_again(builds, same)
        write_dump_files(draft, manifest)
        record_release(builds, draft, manifest)
        return publish(builds, draft, manifest)


def _index(draft: Path, graph: DraftGraph, manifest: Manifest, progress: Progress) -> None:
    write_store(draft, manifest, progress)
    progress("index", BEGUN)
    # Added files are left out: no list, search or map counts what nobody here has checked.
    write_index(graph.view(manifest.number), draft / index_name(), draft / DATASET)
    progress("index", f"{(draft / index_name()).stat().st_size:,} bytes")
