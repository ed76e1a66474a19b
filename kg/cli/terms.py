"""`kg term`: what a term of the ontology means, and what goes with it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.authoring.term_lines import term_lines


@click.command("term")
@click.argument("name")
@click.pass_obj
def term_command(root: Path, name: str) -> None:
    """Describe a class, property or concept, or find one by words.

    Of a class, with its properties; of a property, with its values. NAME is a term such as Vote
    or votesFor, or its label; of any other words, the terms that come nearest are listed.
    """
    for line in term_lines(root, name):
        click.echo(line)
