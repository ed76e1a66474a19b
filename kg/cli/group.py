"""How every command reports what went wrong."""

from __future__ import annotations

import errno
import sys

import click

from kg.model.errors import KGError
from kg.model.text import without_controls


class PlainErrorGroup(click.Group):
    """A group whose commands report an error as one plain line and exit with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a KGError or OSError is a line on standard error, not a traceback."""
        try:
            return super().invoke(ctx)
        except KGError as error:
            # A message may quote what a file or another dataset holds.
            click.echo(without_controls(str(error)), err=True)
        except OSError as error:
            # `kg query … | head` closes the pipe early; click exits without a message then.
            if error.errno == errno.EPIPE:
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
        sys.exit(1)
