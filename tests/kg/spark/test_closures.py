"""What a path of any length leads to is the same, whether it is followed here or on the workers."""

from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")

from kg.spark.sparql.closures import reached_from
from kg.spark.sparql.dataset import QUAD, TRIPLE, Counts, StatementFrames
from kg.spark.sparql.solutions import SMALL

MANY = 150


@pytest.mark.parametrize("number", [3, MANY], ids=["followed here", "followed on the workers"])
@pytest.mark.parametrize("with_seeds", [True, False], ids=["with seeds", "without"])
def test_a_path_leads_to_the_same(session, tmp_path: Path, number: int, with_seeds: bool) -> None:
    assert 3 * 3 < SMALL < MANY * MANY
    edges = [(f"a{one}", f"b{other}") for one in range(number) for other in range(number)]
    # A round: what is behind it leads to itself.
    edges += [("b0", "c"), ("c", "d"), ("d", "c")]
    reached = reached_from(
        statements(session, tmp_path),
        session.createDataFrame([("a1",), ("c",), ("alone",)], "seed string"),
        session.createDataFrame(edges, "from string, to string"),
        with_seeds=with_seeds,
    )
    ends = sorted((row["seed"], row["at"]) for row in reached.collect())
    expected = [("a1", f"b{other}") for other in range(number)]
    expected += [("a1", "c"), ("a1", "d"), ("c", "c"), ("c", "d")]
    assert ends == sorted(expected + [("a1", "a1"), ("alone", "alone")] * with_seeds)


def statements(session, folder: Path) -> StatementFrames:
    triples, quads = (
        session.createDataFrame([], ", ".join(f"{name} string" for name in names))
        for names in (TRIPLE, QUAD)
    )
    return StatementFrames(triples, quads, Counts(), Counts(), str(folder))
