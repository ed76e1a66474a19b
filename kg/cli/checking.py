"""`kg check`: every check of the tree, or the faults of one source."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.authoring.source_check import source_faults
from kg.pipeline.build import checked_graph
from kg.pipeline.progress import BEGUN


@click.command("check")
@click.argument("source", required=False)
@click.pass_obj
def check_command(root: Path, source: str | None) -> None:
    """Check the graph without building it: each check and its result.

    With SOURCE, the name of a folder of kg/sources, list the faults of that source by kind, each
    at the statement that causes it. The exit status is 1 if there is any finding.
    """
    if source is None:
        checked_graph(root, _report)
        return
    faults = source_faults(root, source)
    for check, findings in faults.by_check.items():
        click.echo(f"{check}: {_count(len(findings), 'fault')}")
        for finding in findings:
            click.echo(str(finding))
    if faults.elsewhere:
        click.echo(f"{_count(faults.elsewhere, 'fault')} in other files; list them with: kg check")
    if not faults.complete:
        click.echo("the other checks run when these are mended")
    elif not faults.by_check:
        click.echo(f"{source} has no faults")
    sys.exit(1 if faults.by_check or faults.elsewhere else 0)


def _report(stage: str, result: str) -> None:
    if result != BEGUN:
        click.echo(f"{stage:<24}{result}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
