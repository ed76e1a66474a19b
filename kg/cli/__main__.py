"""Run the `kg` command: `python -m kg.cli`."""

from kg.cli.commands import main

main(prog_name="kg")
