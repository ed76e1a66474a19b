"""The connection to Spark, and clear words where it cannot be had."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model.errors import KGError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OLDEST_JAVA = 17
# Statements from which on compiled plans pay.
MANY = 100_000
_FEW_STATEMENTS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}
_JAVA_VERSION = re.compile(r'version "(\d+)')
_SETTINGS = {
    "spark.sql.caseSensitive": "true",
    # A cast that fails is SPARQL's error, which is null here, and no end of the build.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Files of one build differ in nothing but their statements.
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


def check_spark() -> None:
    """Raise KGError where pyspark or a Java that it runs on is missing."""
    if find_spec("pyspark") is None:
        raise KGError("--spark needs PySpark: install aide-memoire[spark]")
    version = _java_version()
    if version < OLDEST_JAVA:
        had = f"this is Java {version}" if version else "there is no Java here"
        raise KGError(
            f"--spark needs Java {OLDEST_JAVA} or newer, and {had}: install a Java runtime, or say "
            "in JAVA_HOME where it is"
        )


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """Start Spark at a master, such as `local[4]` or `spark://host:7077`, and stop it at the end.

    What `spark-defaults.conf` and `SPARK_CONF_DIR` set for a cluster holds. KGError if there is no
    such master.
    """
    check_spark()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("kg build")
    for name, value in (_SETTINGS | _local_settings(master)).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    # Py4J's errors are those of Java, of any kind.
    except Exception as error:
        raise KGError(f"Spark does not start at {master}: {_first_line(error)}") from error
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def plan_for(session: SparkSession, statements: int) -> None:
    """Have Spark plan for a graph of so many statements.

    A build has some 300 plans. Where statements are few, compiling one, or looking at it again
    after each of its stages, takes longer than running it as it is.
    """
    if statements < MANY:
        for name, value in _FEW_STATEMENTS.items():
            session.conf.set(name, value)


def _local_settings(master: str) -> dict[str, str]:
    if not master.startswith("local"):
        return {}
    # On one machine nobody else has to reach the driver.
    local = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return local | {"spark.sql.shuffle.partitions": "8"}


def _java_version() -> int:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not java:
        return 0
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return 0
    match = _JAVA_VERSION.search(done.stderr)
    return int(match[1]) if match else 0


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
