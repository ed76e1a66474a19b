"""Statements of a file, counted as an engine counts them."""

from pathlib import Path

from kg.pipeline.remote.file_counts import expected_counts
from kg.store.remote.blank_nodes import GENID

NUMBER = '"{}"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def counts(tmp_path: Path, name: str, lines: list[str]) -> dict[str, tuple[int, int]]:
    path = tmp_path / name
    path.write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
    return {
        graph: (count.statements, count.alike)
        for graph, count in expected_counts(path, "urn:g").items()
    }


def test_what_is_stated_twice_counts_once(tmp_path: Path) -> None:
    lines = ["<urn:a> <urn:p> <urn:b>", '<urn:a> <urn:p> "a <urn:b>"', "<urn:a> <urn:p> <urn:b>"]
    assert counts(tmp_path, "a.nt", lines) == {"urn:g": (2, 0)}


def test_numbers_of_one_property_may_be_equal_to_an_engine(tmp_path: Path) -> None:
    one, other, text = NUMBER.format("1.5"), NUMBER.format("1.50"), '"1.5"'
    lines = [f"<urn:a> <urn:p> {value}" for value in (one, other, text)]
    lines += [f"<urn:b> <urn:p> {one}", f"<urn:b> <urn:q> {one}"]
    assert counts(tmp_path, "a.nt", lines) == {"urn:g": (5, 1)}


def test_a_dataset_has_counts_of_each_graph(tmp_path: Path) -> None:
    lines = [
        "<urn:a> <urn:p> <urn:b> <urn:x>",
        "<urn:a> <urn:p> <urn:b>",
        '<urn:a> <urn:p> "it is <urn:y>"',
        '<urn:a> <urn:p> "in \\"<urn:z>" <urn:x>',
        "_:b0 <urn:p> _:b1 <urn:x>",
        '<urn:a> <urn:p> "o"@en',
    ]
    assert counts(tmp_path, "a.nq", lines) == {"urn:g": (3, 0), "urn:x": (3, 0)}


def test_a_graph_that_a_blank_node_names_counts_under_an_iri(tmp_path: Path) -> None:
    lines = ["<urn:a> <urn:p> <urn:b> _:x", "<urn:a> <urn:p> <urn:b>"]
    assert counts(tmp_path, "a.nq", lines) == {"urn:g": (1, 0), f"{GENID}x": (1, 0)}
