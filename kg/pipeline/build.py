"""From files to the build that is served: load, check, derive, describe, publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph

from kg.model.errors import KGError
from kg.model.graphs import INFERRED, ONTOLOGY, with_named_graph
from kg.model.prefixes import ROOT
from kg.pipeline.check import Say, check
from kg.pipeline.describe import describe
from kg.pipeline.inputs.additions import Addition
from kg.pipeline.publish import publish
from kg.store.builds import Builds
from kg.store.manifest import Manifest

_NO_FACTS = frozenset((DefaultGraph(), ONTOLOGY, INFERRED))


def build(
    root: Path = ROOT,
    builds: Path | None = None,
    say: Say = lambda *_: None,
    additions: Sequence[Addition] = (),
) -> Manifest:
    """Build the graph under a root and make it the current build.

    `additions` are files of others, taken in as they are. A mistake is a KGError and leaves the
    last build current. `say` is told each stage and what came of it.
    """
    quads = check(root, say)
    if all(quad.graph_name in _NO_FACTS for quad in quads):
        raise KGError(f"{root} holds an ontology but no facts: nothing is published")
    description = describe(quads, root)
    say("describe", f"{len(description)} statements")
    whole = with_named_graph(quads, description)
    manifest = publish(Builds(builds, root).root, whole, additions, say)
    say("publish", f"build {manifest.number}: {manifest.triples} statements")
    return manifest
