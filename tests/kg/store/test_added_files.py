"""Files are loaded in parts, and blank nodes keep their names."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.store.added_files import AddedFile, load_added, load_dataset

S, P, G = NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:g")
VALUES = (BlankNode("c14n0"), BlankNode("c14n1"), Literal("_:c14n0"), Literal('"\n"'), S)


@pytest.mark.parametrize("part", [1, 3, 1000])
def test_a_dataset_is_loaded_as_it_is_written(part: int, tmp_path: Path) -> None:
    quads = {Quad(S, P, value, graph) for value in VALUES for graph in (G, DefaultGraph())}
    quads |= {Quad(BlankNode("c14n0"), P, Literal(str(n)), G) for n in range(10)}
    path = tmp_path / "dataset.nq"
    path.write_text("".join(sorted(f"{quad} .\n" for quad in quads)))
    engine = pyoxigraph.Store()
    load_dataset(engine, path, part)
    assert set(engine) == quads


@pytest.mark.parametrize("part", [1, 4, 1000])
@pytest.mark.parametrize("plain", [True, False])
def test_an_added_file_is_loaded_into_both_graphs(plain: bool, part: int, tmp_path: Path) -> None:
    values = VALUES[2:] if plain else VALUES
    lines = [f"{S} {P} {value} .\n" for value in values]
    (tmp_path / "0.nt").write_text("".join(lines))
    file = AddedFile("0.nt", G.value, len(lines), "", 0, plain)
    engine = pyoxigraph.Store()
    load_added(engine, tmp_path, [file], part)
    assert set(engine) == {Quad(S, P, value, g) for value in values for g in (G, DefaultGraph())}
