"""`kg links check`: whether links to other datasets still lead to what they led to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from kg.link_check.table_links import TableLink, checked_datasets, read_table_links
from kg.link_check.tree_check import check_tree, read_link_report
from kg.linking.settings import working_folder
from kg.model.prefixes import shorten
from kg.model.source_texts import LINK_CHECK_FILE
from kg.outside.client import OutsideClient
from kg.outside.hosts import read_mirror
from kg.pipeline.inputs.checked_links import VERDICTS, CheckedLink, LinkReport
from kg.store.builds import Builds


@click.group("links")
def links_group() -> None:
    """List and check the links to other datasets (kg/links/*.sssom.tsv)."""


@links_group.command("list")
@click.pass_obj
def list_links_command(root: Path) -> None:
    """List the datasets with their number of links, and what the last check showed of them."""
    rows, report = read_table_links(root), read_link_report(root)
    checked = report.links if report else ()
    verdicts = Counter((link.dataset, link.verdict) for link in checked)
    for dataset, number in Counter(row.link.dataset for row in rows).items():
        counts = {verdict: verdicts[dataset, verdict] for verdict in VERDICTS}
        click.echo(f"{dataset or 'not checked':<16}{number:>5}  {_counts(counts)}".rstrip())
    click.echo(f"last check: {report.day}" if report else "no check has been made yet")


@links_group.command("check")
@click.argument("datasets", nargs=-1, metavar="[DATASET]...")
@click.option(
    "--mirror", "mirrors", multiple=True, metavar="HOST=URL", help="Ask URL in place of a host."
)
@click.pass_obj
def check_links_command(root: Path, datasets: tuple[str, ...], mirrors: tuple[str, ...]) -> None:
    """Ask other datasets whether the links to them still hold, and write kg/links/check.tsv.

    Give datasets, such as wikidata, to check only the links to those. Names and kinds are compared
    with those of the current build. Each link gets one of five verdicts: fine; dead (there is no
    such record any more); moved (the record was merged or renamed); doubtful (its names or its
    kind differ from ours); unreachable (there was no answer, which says nothing about the link).

    A check that is interrupted goes on where it stopped if it is started again within a week; its
    notes are in .links, or where KG_LINKS says. Without a network nothing changes. The exit status
    is 1 if a link is dead or moved, or if nothing could be asked; else 0, as what is doubtful is
    for a person to judge.
    """
    chosen = datasets or tuple(checked_datasets())
    for name in datasets:
        if name not in checked_datasets():
            hint = f"use some of {', '.join(checked_datasets())}"
            raise click.UsageError(f"there is no dataset {name} to check; {hint}")
    client = OutsideClient(None, mirrors=dict(map(read_mirror, mirrors)))
    # Without its prefixes: the tables of the tree, which may be newer, are read as a build does.
    store = Builds(tree=root).open()
    day = datetime.now(UTC).date().isoformat()
    report = check_tree(root, store, client, working_folder(root), chosen, day, _progress)
    _print(report, read_table_links(root))
    counts = report.counts
    sys.exit(1 if counts["dead"] or counts["moved"] else 0)


def _print(report: LinkReport, rows: list[TableLink]) -> None:
    places = {row.link.key: row.place for row in rows}
    for link in report.links:
        if link.verdict != "fine":
            click.echo(f"{places.get(link.key, link.dataset)}: {_describe(link)}")
    click.echo(f"{len(report.links)} links: {_counts(report.counts)}")
    click.echo(f"written to {LINK_CHECK_FILE}; kg build publishes it at /links/check")


def _describe(link: CheckedLink) -> str:
    """Say in a line what is wrong with a link.

    >>> _describe(CheckedLink("w", "x:a", "x:p", "x:b", verdict="moved", moved_to="x:c"))
    '<x:a> → <x:b> moved to <x:c>'
    """
    to = f" to {shorten(link.moved_to)}" if link.moved_to else ""
    reason = f": {link.reason}" if link.reason else ""
    return f"{shorten(link.subject)} → {shorten(link.target)} {link.verdict}{to}{reason}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)


def _progress(stage: str, result: str) -> None:
    click.echo(f"{stage:<24}{result}", err=True)
