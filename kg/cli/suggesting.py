"""`kg suggest`: what the new things of a source may be the same as."""

from __future__ import annotations

from pathlib import Path

import click

from kg.authoring.suggest import suggest


@click.command("suggest")
@click.argument("name", metavar="SOURCE|THING|NAME")
@click.pass_obj
def suggest_command(root: Path, name: str) -> None:
    """List things of the graph that a new thing may be the same as.

    Give a source, for each thing that its files declare; the slug of one thing; or the name of
    something that you have not written yet. Names and kinds are compared; of what happened or
    may happen, also days, parties and places. Each line is a slug, a label, and why.
    """
    suggestions = suggest(root, name)
    if not suggestions:
        click.echo(f"{name} declares no new thing")
    for slug, candidates in suggestions.items():
        if candidates:
            click.echo(slug if slug == name else f"id:{slug}")
        for one in candidates:
            reasons = "; ".join(one.reasons)
            click.echo(f"    {one.relation} id:{one.slug} “{one.label}”: {reasons}")
    new = [f"id:{slug}" for slug, candidates in suggestions.items() if not candidates]
    if name in suggestions and new:
        click.echo(f"nothing in the graph is like “{name}”: it is new")
    elif new:
        click.echo(f"nothing in the graph is like {', '.join(new)}")
