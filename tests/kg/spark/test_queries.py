"""Every query of the ontology is translated and planned by Spark, before it runs one of them."""

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")

from pyspark.sql import DataFrame

from kg.model.prefixes import ROOT
from kg.spark.sparql.dataset import QUAD, TRIPLE, Counts, StatementFrames
from kg.spark.sparql.query_files import QueryFile

FOLDERS = ("rules", "checks", "comparisons")
PATHS = [path for name in FOLDERS for path in sorted((ROOT / "ontology" / name).rglob("*.rq"))]


@pytest.fixture(scope="module")
def data(session) -> StatementFrames:
    terms = ("<x:a>", "<x:b>", "<x:c>", "<x:d>")
    triples, quads = (
        session.createDataFrame([terms[: len(names)]], ", ".join(f"{n} string" for n in names))
        for names in (TRIPLE, QUAD)
    )
    # By its counts no pattern has a statement: so no path is followed, which asks Spark at once.
    return StatementFrames(triples, quads, Counts(), Counts())


def rows_of(query: QueryFile, data: StatementFrames) -> DataFrame:
    return query.translated(data) if query.template else query.rows(data)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_query_is_translated_and_planned(session, data, path, capsys) -> None:
    query = QueryFile.of(path, ROOT)
    session.sparkContext.setJobGroup(query.name, query.title)
    rows = rows_of(query, data)
    rows.explain()
    assert rows.columns == (list(TRIPLE) if query.template else query.variables)
    assert "Physical Plan" in capsys.readouterr().out
    assert session.sparkContext.statusTracker().getJobIdsForGroup(query.name) == []
