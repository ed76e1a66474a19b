"""The default graph alone in memory, for the queries that read no other.

A statement stands in the default graph and in the graph of each source, so this is less than half:
at 1M statements 420 MB instead of 780. What reads named graphs is asked of the engine's files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from kg.nquads.lines import split_line
from kg.store.added_files import load_added, load_lines
from kg.store.manifest import ADDED, BuildContents

# Lines loaded at once: what the engine needs for them stays with the process.
_PART = 50_000


def load_default_graph(build: Path, contents: BuildContents, *, ours: bool) -> pyoxigraph.Store:
    """Load the default graph of a build; `ours` leaves third-party files out.

    The errors are those of the engine in reading files, OSError, RuntimeError and ValueError.
    """
    engine = pyoxigraph.Store()
    load_lines(engine, _default_lines(contents.dataset), _PART)
    if not ours:
        added = contents.manifest.added
        load_added(engine, build / ADDED, added, _PART, default_only=True)
    return engine


def _default_lines(dataset: Path) -> Iterator[bytes]:
    with dataset.open("rb") as lines:
        yield from (line for line in lines if not split_line(line)[3])
