"""Spark for its tests: skipped where it is missing, unless KG_REQUIRE_SPARK says that it must be.

Every test asks Java, on two threads of this machine: `make spark` runs them.
"""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.model.errors import KGError
from kg.spark.session import check_spark, spark_session

HERE = Path(__file__).parent
REQUIRED = os.environ.get("KG_REQUIRE_SPARK", "") not in {"", "0"}

if REQUIRED and find_spec("pyspark") is None:
    raise ModuleNotFoundError("KG_REQUIRE_SPARK is set, and PySpark is not here: make spark")

# Short tests are over before Java's better compiler has paid for itself. Without it Java has 48 MB
# for what it compiled, which Spark fills in two minutes: then everything is interpreted.
JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
os.environ.setdefault("SPARK_SUBMIT_OPTS", JAVA)
os.environ.setdefault(
    "PYSPARK_SUBMIT_ARGS", f"--conf 'spark.executor.extraJavaOptions={JAVA}' pyspark-shell"
)
# PySpark closes its sockets at the end of Python, and warns of new versions of pandas.
NOT_OURS = ("ResourceWarning", "FutureWarning", "pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in (item for item in items if item.path.is_relative_to(HERE)):
        item.add_marker("server")
        for warning in NOT_OURS:
            item.add_marker(pytest.mark.filterwarnings(f"ignore::{warning}"))


@pytest.fixture(scope="session")
def java() -> None:
    try:
        check_spark()
    except KGError as error:
        if REQUIRED:
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def session(java) -> Iterator:
    with spark_session("local[2]") as started:
        yield started
