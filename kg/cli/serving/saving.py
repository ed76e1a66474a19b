"""`kg saved`: the questions that readers have saved on this server, for its owner."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.model.errors import KGError
from kg.saved.archive import QuestionArchive
from kg.saved.folder import saved_folder


@click.command("saved")
@click.option("--remove", multiple=True, metavar="CODE", help="Remove the question at /q/CODE.")
@click.pass_obj
def saved_command(root: Path, remove: tuple[str, ...]) -> None:
    """List the saved questions, or remove some of them.

    A line has the code, the day and build, the rows, "changed" or "unchanged", and the title or the
    query's first line.
    """
    folder = saved_folder(os.environ.get("KG_SAVED", "1"), tree=root)
    if folder is None:
        raise KGError("no questions are saved here: KG_SAVED turns it off")
    archive = QuestionArchive(folder)
    for code in remove:
        archive.remove(code)
        click.echo(f"{code}\tremoved")
    if remove:
        return
    for question in archive.list():
        then, state = question.then, "unchanged" if question.is_unchanged else "changed"
        name = question.title or question.query.partition("\n")[0]
        fields = (question.code, then.day, then.build, f"{then.total}", state, name)
        click.echo("\t".join(fields))
