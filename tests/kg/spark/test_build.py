"""The build on Spark is that of the embedded engine, to the last triple.

The corpus and outside data in every form, on a cluster of two workers in processes of their own.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")

from click.testing import CliRunner
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from kg.cli.commands import kg_command
from kg.model.errors import KGError
from kg.model.named_graphs import INFERRED, with_default_graph
from kg.model.prefixes import node
from kg.pipeline.compare import compare
from kg.pipeline.load import load
from kg.spark.build import NOT_RUN, build_on_spark
from kg.spark.reading import OutsideFile
from kg.spark.session import spark_session
from kg.store.store import Store
from tests.kg.spark.outside_data import comparable_quads, outside_lines
from tests.publishing import corpus_under, graph_of, with_inferred

CLUSTER = "local-cluster[2,1,1024]"
GRAPH = "http://example.org/outside"


def quads_of(lines: Iterable[str], graph: str) -> list[Quad]:
    return [
        Quad(*q.triple, NamedNode(graph) if q.graph_name == DefaultGraph() else q.graph_name)
        for q in parse("\n".join(lines), format=RdfFormat.N_QUADS)
    ]


def canonical(quads: Iterable[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@pytest.fixture(scope="module")
def made(java, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Build the corpus with a packed file, a plain one and a table, and the same in memory."""
    folder = tmp_path_factory.mktemp("spark")
    root, lines = corpus_under(folder / "tree"), list(outside_lines(400))
    # A blank node is one within a file only.
    blank = [line for line in lines if "_:" in line]
    lines = [line for line in lines if "_:" not in line]
    stated = [*comparable_quads(), *blank, *lines[0::3]]
    (folder / "plain.nq").write_text("\n".join(stated) + "\n", encoding="utf-8")
    with gzip.open(folder / "packed.nt.gz", "wt", encoding="utf-8") as packed:
        packed.writelines(f"{line}\n" for line in lines[1::3])
    rows = [quad for line in lines[2::3] for quad in quads_of([line], GRAPH)]
    with spark_session("local[2]") as session:
        table = [(str(q.subject), str(q.predicate), str(q.object)) for q in rows]
        frame = session.createDataFrame(table, "subject string, predicate string, object string")
        frame.write.parquet(str(folder / "table.parquet"))
    names = ("plain.nq", "packed.nt.gz", "table.parquet")
    files = [OutsideFile.of(f"{folder / name}={GRAPH}") for name in names]
    build_on_spark(root, CLUSTER, files, str(folder / "out"))
    outside = [*quads_of(stated, GRAPH), *quads_of(lines[1::3], GRAPH), *rows]
    every = [*load(root).quads, *outside]
    embedded = Store.of(with_inferred(every))
    return SimpleNamespace(folder=folder / "out", stated=every, embedded=embedded, root=root)


def written(made: SimpleNamespace) -> list[Quad]:
    files = [made.folder / part["file"] for part in read_manifest(made)["parts"]]
    return [quad for path in files for quad in parse(path=path, format=RdfFormat.N_QUADS)]


def read_manifest(made: SimpleNamespace) -> dict:
    return json.loads((made.folder / "manifest.json").read_text("utf-8"))


def test_every_statement_is_that_of_the_embedded_build(made) -> None:
    ours, theirs = canonical(made.embedded.quads()), canonical(written(made))
    assert (ours - theirs, theirs - ours) == (set(), set())


def test_something_is_derived_and_compared_of_outside_data(made) -> None:
    manifest = read_manifest(made)
    derived = [quad for quad in written(made) if quad.graph_name == INFERRED]
    assert manifest["inferred"] == len(derived)
    assert any("example.org" in str(quad.subject) for quad in derived)
    alone = compare(graph_of(with_default_graph(load(made.root).quads)))
    compared = compare(graph_of(with_default_graph(made.stated)))
    assert manifest["variations"] == compared.variations > alone.variations
    assert manifest["conflicts"] == len(compared.conflicts)


def test_every_check_finds_what_it_finds_in_memory(made) -> None:
    checks = read_manifest(made)["run"]["checks"]
    folder = made.root / "ontology" / "checks"
    asked = {
        path.stem: len(made.embedded.select(path.read_text("utf-8"))) for path in folder.iterdir()
    }
    assert {name: one["findings"] for name, one in checks.items()} == asked
    assert checks["uncited-triple"]["first"][0].startswith("<http://example.org/")


def test_parts_are_sorted_and_as_the_manifest_says(made) -> None:
    manifest, last = read_manifest(made), b""
    for part in manifest["parts"]:
        body = (made.folder / part["file"]).read_bytes()
        lines = body.splitlines()
        assert lines == sorted(lines)
        assert last <= lines[0]
        assert (part["sha256"], part["size"], part["statements"]) == (
            hashlib.sha256(body).hexdigest(),
            len(body),
            len(lines),
        )
        last = lines[-1]
    assert sum(part["statements"] for part in manifest["parts"]) == (
        manifest["quads"] + manifest["triples"]
    )
    assert sorted(path.name for path in made.folder.iterdir() if path.name[0] != ".") == sorted(
        ["manifest.json", *(part["file"] for part in manifest["parts"])]
    )


def test_classes_properties_and_graphs_are_counted(made) -> None:
    counts = read_manifest(made)["counts"]
    quads = written(made)
    graphs = Counter(q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode))
    assert {g: one["triples"] for g, one in counts["graphs"]["largest"].items()} == graphs
    used = Counter(q.predicate.value for q in quads if q.graph_name == DefaultGraph())
    listed = counts["properties"]["largest"]
    assert {name: one["triples"] for name, one in listed.items()} == used
    of_class = {(q.subject, q.object) for q in quads if _is_typed(q)}
    entities = Counter(of.value for _, of in of_class if isinstance(of, NamedNode))
    listed = counts["classes"]["largest"]
    assert {name: one["entities"] for name, one in listed.items()} == entities
    assert counts["classes"]["number"] == len(entities)


def _is_typed(quad: Quad) -> bool:
    return quad.predicate == node("rdf:type") and quad.graph_name == DefaultGraph()


def test_it_says_what_it_did_not_run(made) -> None:
    assert read_manifest(made)["not_run"] == list(NOT_RUN)


def test_a_full_folder_is_not_written_to(made) -> None:
    with pytest.raises(KGError, match="is not empty; choose another --output"):
        build_on_spark(made.root, "local[2]", [], str(made.folder))


@pytest.mark.parametrize("name", ["out[1]", "out{1}", "out*", "out?"])
def test_an_output_that_hadoop_reads_as_a_pattern_is_refused(tmp_path: Path, name: str) -> None:
    messages: list[tuple[str, str]] = []
    with pytest.raises(KGError, match="as a pattern; choose another --output"):
        build_on_spark(
            tmp_path, "local[2]", [], str(tmp_path / name), lambda *step: messages.append(step)
        )
    assert messages == []


def test_a_bad_line_stops_the_build_by_its_file(java, tmp_path: Path) -> None:
    root, bad = corpus_under(tmp_path / "tree"), tmp_path / "bad.nt"
    out = str(tmp_path / "out")
    bad.write_text('<http://e.org/a> <http://e.org/b> "c" .\n<http://e.org/a> oops .\n')
    done = CliRunner().invoke(
        kg_command,
        [
            *("--root", str(root), "build", "--spark", "local[2]"),
            *("--add", str(bad), "--output", out),
        ],
    )
    assert done.exit_code == 1
    assert "bad.nt: this line is no statement of N-Triples or N-Quads: <http://e.org/a> oops" in (
        done.output
    )
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_an_unknown_operator_stops_the_build_by_name(java, tmp_path: Path) -> None:
    root = corpus_under(tmp_path / "tree")
    rule = root / "ontology" / "rules" / "3-defaults" / "minus.rq"
    rule.write_text(
        "# Nothing is a thing without itself.\nCONSTRUCT { ?a ?b ?c }\n"
        "WHERE {\n  ?a ?b ?c .\n  MINUS { ?a ?b ?c }\n}\n"
    )
    with pytest.raises(KGError) as caught:
        build_on_spark(root, "local[2]", [], str(tmp_path / "out"))
    assert str(caught.value).startswith(
        "ontology/rules/3-defaults/minus.rq:5:1: (Nothing is a thing without itself.) MINUS is not"
    )
