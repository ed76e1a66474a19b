"""`kg review`: what a source adds, confirms, refines and contradicts."""

from __future__ import annotations

from pathlib import Path

import click

from kg.authoring.review import review, review_lines
from kg.authoring.review_page import review_page


@click.command("review")
@click.argument("source")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an HTML page instead, which loads nothing from elsewhere.",
)
@click.pass_obj
def review_command(root: Path, source: str, page: Path | None) -> None:
    """Compare a source with the rest of the graph, statement by statement.

    For each sentence, by its locator: what it adds, confirms, refines and contradicts, and which
    sentences of other sources it does so to. Nothing is built or published.
    """
    reviewed = review(root, source)
    if page is None:
        for line in review_lines(reviewed):
            click.echo(line)
        return
    page.write_text(review_page(reviewed), encoding="utf-8")
    click.echo(f"{page}: {sum(reviewed.counts().values())} statements")
