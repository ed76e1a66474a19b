"""What a person reads who has no Spark, no Java, or files that it cannot read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.commands import kg_command
from kg.spark.session import OLDEST_JAVA


def test_an_output_belongs_to_a_master() -> None:
    done = CliRunner().invoke(kg_command, ["build", "--output", "somewhere"])
    assert (done.exit_code, "--spark MASTER and --output DIR" in done.output) == (1, True)


def test_a_missing_java_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")
    arguments = ["build", "--spark", "local[2]", "--output", str(tmp_path / "out")]
    done = CliRunner().invoke(kg_command, arguments, env={"JAVA_HOME": str(tmp_path)})
    assert done.exit_code == 1
    assert f"--spark needs Java {OLDEST_JAVA} or newer, and there is no Java here" in done.output


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("facts.ttl", "Spark reads .nt"),
        ("http://127.0.0.1/facts.nt", "Spark reads no web address"),
        ("facts.nt=https://w3id.org/aide-memoire/graph/entities", "is ours"),
    ],
)
def test_what_spark_does_not_read_is_named(tmp_path: Path, argument: str, words: str) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")
    arguments = ["build", "--spark", "local[2]", "--add", argument]
    done = CliRunner().invoke(kg_command, [*arguments, "--output", str(tmp_path / "out")])
    assert (done.exit_code, words in done.output) == (1, True)
