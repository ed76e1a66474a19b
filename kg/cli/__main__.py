"""Run the `kg` command: `python -m kg.cli`."""

from kg.cli.commands import kg_command

kg_command(prog_name="kg")
