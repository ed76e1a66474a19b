"""`kg check`: every check of the tree."""

from __future__ import annotations

from pathlib import Path

import click

from kg.pipeline.build import checked_graph


@click.command("check")
@click.pass_obj
def check_command(root: Path) -> None:
    """Check the graph without building it: each check and its result.

    The exit status is 1 if there is any finding.
    """
    checked_graph(root, lambda stage, result: click.echo(f"{stage:<24}{result}"))
