"""Files of an engine that cannot be read are a damaged build, whatever is read of them."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.errors import BuildDamaged
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.engine import QuadPattern
from kg.store.store import Store

GRAPH, NODE = NamedNode("x:g"), NamedNode("x:n")


@pytest.fixture
def damaged(tmp_path: Path) -> EmbeddedEngine:
    engine = pyoxigraph.Store(tmp_path)
    engine.bulk_extend(Quad(NODE, NODE, Literal(f"{n} is long"), GRAPH) for n in range(20_000))
    del engine
    for path in tmp_path.glob("*.sst"):
        content = path.read_bytes()
        # Of the tables of quads the first blocks, so that the engine opens.
        if len(content) > 50_000:
            path.write_bytes(bytes(5000) + content[5000:])
    return EmbeddedEngine(disk=tmp_path)


@pytest.mark.parametrize(
    "read",
    [
        lambda engine: engine.quads([QuadPattern(graph=GRAPH)]),
        lambda engine: engine.count(GRAPH, 30_000),
        lambda engine: Store("", engine).select("SELECT * { GRAPH ?g { ?s ?p ?o } }"),
    ],
    ids=["quads", "count", "query"],
)
def test_files_that_cannot_be_read_are_a_damaged_build(
    damaged: EmbeddedEngine, read: Callable[[EmbeddedEngine], object]
) -> None:
    with pytest.raises(BuildDamaged, match="store cannot be read"):
        read(damaged)
