"""`kg build --spark`: outside data beyond one machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kg.model.errors import KGError
from kg.pipeline.progress import Progress


def spark_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a build on Spark."""
    output = click.option(
        "--output", metavar="DIR", help="With --spark, the shared folder to write N-Quads to."
    )
    master = click.option(
        "--spark", "master", metavar="MASTER", help="Build on Spark: local[4], spark://host:7077."
    )
    return master(output(command))


def build_with_spark(
    root: Path,
    master: str | None,
    output: str | None,
    files: Sequence[str],
    maps: Sequence[Path],
    progress: Progress,
) -> None:
    """Build on Spark and print what was written; KGError if an option is missing or too many."""
    if not master or not output:
        raise KGError("--spark MASTER and --output DIR go together")
    if maps:
        raise KGError("--map is for tables, which Spark does not read; build without --spark")
    # Half a second to import, and not everybody has it.
    from kg.spark.session import check_spark

    check_spark()
    from kg.spark.build import build_on_spark
    from kg.spark.reading import OutsideFile

    outside = [OutsideFile.of(file) for file in files]
    manifest = build_on_spark(root, master, outside, output, progress)
    click.echo(f"{manifest['quads']:,} quads, {manifest['triples']:,} triples in {output}")
