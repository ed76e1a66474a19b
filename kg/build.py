"""From files to the build that is served: load, check, derive, publish."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph

from kg.builds import Builds
from kg.check import Say, check
from kg.errors import KGError
from kg.load import INFERRED, ONTOLOGY
from kg.prefixes import ROOT
from kg.publish import Manifest, publish

_NO_FACTS = frozenset((DefaultGraph(), ONTOLOGY, INFERRED))


def build(root: Path = ROOT, builds: Path | None = None, say: Say = lambda *_: None) -> Manifest:
    """Build the graph under a root and make it the current build.

    A mistake is a KGError and leaves the last build current. `say` is told each stage and what
    came of it.
    """
    quads = check(root, say)
    if all(quad.graph_name in _NO_FACTS for quad in quads):
        raise KGError(f"{root} holds an ontology but no facts: nothing is published")
    manifest = publish(Builds(builds, root).root, quads)
    say("publish", f"build {manifest.number}: {manifest.triples} statements")
    return manifest
