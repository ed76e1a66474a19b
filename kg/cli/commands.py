"""The `kg` command."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from kg.cli.building.spark import build_with_spark, spark_options
from kg.cli.checking import check_command
from kg.cli.citing import cite_command, verify_command
from kg.cli.fetching import fetched
from kg.cli.group import PlainErrorGroup
from kg.cli.links.checking import links_group
from kg.cli.links.linking import link_command
from kg.cli.new import new_command
from kg.cli.query import (
    FORMATS,
    QueryEngine,
    complete_question,
    format_result,
    list_named_queries,
    query_text,
)
from kg.cli.reviewing import review_command
from kg.cli.serving.agents import mcp_command
from kg.cli.serving.saving import saved_command
from kg.cli.suggesting import suggest_command
from kg.cli.terms import term_command
from kg.federation.other_endpoint import Remote
from kg.model.errors import BuildMissing, QueryError, SourceError
from kg.model.prefixes import ROOT, use_prefixes
from kg.pipeline.additions.additions import Addition, check_addition
from kg.pipeline.additions.mappings import with_mappings
from kg.pipeline.build import build
from kg.pipeline.progress import StageLog
from kg.pipeline.remote.remote_build import EngineToLoad
from kg.store.builds import Builds
from kg.store.dump import DUMPS, dump_graphs
from kg.store.store import Store

_PORT = click.IntRange(0, 65535)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


# https://click.palletsprojects.com/en/stable/shell-completion/
_COMPLETION = 'Completion in bash (or zsh, fish): eval "$(_KG_COMPLETE=bash_source kg)"'


@click.group(cls=PlainErrorGroup, epilog=_COMPLETION)
@click.version_option(package_name="aide-memoire", message="%(version)s")
@click.option("--root", type=_FOLDER, default=ROOT, help="The tree of files to build from.")
@click.pass_context
def kg_command(ctx: click.Context, root: Path) -> None:
    """Build, check and ask a knowledge graph in which every fact cites its sentence.

    Builds are stored in .builds of that tree, or where KG_BUILDS says.
    """
    ctx.obj = root


@kg_command.command("build")
@click.option(
    "--add", multiple=True, metavar="FILE[=IRI]", help="Load third-party data into graph IRI."
)
@click.option(
    "--map", "maps", multiple=True, type=_FILE, help="CSVW metadata: what a table's columns mean."
)
@click.option("--store", metavar="URL", help="Load the graph to the SPARQL engine at this URL.")
@click.option("--replace", is_flag=True, help="Empty that engine even if it is the one in use.")
@spark_options
@click.pass_obj
def build_command(
    root: Path,
    add: tuple[str, ...],
    maps: tuple[Path, ...],
    store: str | None,
    replace: bool,
    master: str | None,
    output: str | None,
) -> None:
    """Build the graph and make it the one that is served.

    The new build replaces the last one only after all checks pass. Files or URLs of --add (.ttl .nt
    .n3 .rdf .jsonld .trig .nq, tables as .csv .tsv, also .gz .bz2 .xz) are loaded unchecked, each
    into its graph and the default graph.

    With --store rules and checks run in that engine, which holds this build alone afterwards; to
    serve it, set KG_STORE to the same URL. KG_STORE_USER and KG_STORE_PASSWORD are sent if set.

    With --spark, a cluster reads .nt .nq .parquet in parts, derives from them and checks them too,
    and writes sorted N-Quads for a bulk loader to --output; nothing here is replaced.
    """
    if replace and not store:
        raise click.UsageError("--replace goes with --store URL")
    if master or output:
        if store:
            raise click.UsageError("--store and --spark exclude each other")
        with _stage_log() as log:
            build_with_spark(root, master, output, add, maps, log)
    else:
        _build_here(root, add, maps, store, replace)


def _build_here(
    root: Path, add: tuple[str, ...], maps: tuple[Path, ...], store: str | None, replace: bool
) -> None:
    engine = EngineToLoad(store, replace) if store else None
    additions = with_mappings([Addition.of(argument) for argument in add], maps)
    with _stage_log() as log, fetched(additions, log) as files:
        # Before a build that takes half a minute.
        for file in files:
            check_addition(file)
        manifest = build(root, progress=log, additions=files, engine=engine)
    click.echo(manifest.number)


@kg_command.command("serve")
@click.option("--host", envvar="KG_HOST", default="127.0.0.1", show_default=True)
@click.option("--port", type=_PORT, envvar="KG_PORT", default=8000, show_default=True)
@click.pass_obj
def serve_command(root: Path, host: str, port: int) -> None:
    """Serve the current build: pages, data and the SPARQL endpoint."""
    builds = Builds(tree=root)
    if builds.current() is None:
        raise BuildMissing(builds.root)
    # Without -P, a folder called web where the command is typed would go before ours.
    command = [sys.executable, "-P", "-m", "web", "--host", host, "--port", str(port)]
    # Replacing this process lets signals of a service manager reach the server itself.
    env = os.environ | {"KG_BUILDS": str(builds.root)}
    os.execve(command[0], command, env)  # noqa: S606 - our own module, no shell


@kg_command.command("query")
@click.argument("question", required=False, shell_complete=complete_question)
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: table, or tsv piped]")
@click.option(
    "--endpoint", metavar="URL", help="Send the query to this SPARQL endpoint, not to the build."
)
@click.pass_obj
def query_command(root: Path, question: str | None, form: str | None, endpoint: str | None) -> None:
    """Run a query: from a file, from standard input (-), or a named query.

    Without an argument, list the named queries. Graphs come as Turtle unless --format says
    otherwise.
    """
    if question is None:
        click.echo(list_named_queries())
        return
    text = query_text(question)
    store: QueryEngine = Remote(endpoint) if endpoint else _open_current(root)
    # A program that reads the output expects TSV, a person a table.
    shown = form or ("table" if sys.stdout.isatty() else "tsv")
    # Point to the line of the file, as compilers do; standard input has no name to point to.
    try:
        strict, remote = form is not None, endpoint is not None
        click.echo(format_result(store, text, shown, strict=strict, remote=remote), nl=False)
    except QueryError as error:
        if error.line and question != "-":
            raise SourceError(question, error.line, error.column, error.message) from error
        raise


@kg_command.command("dump")
@click.option("--format", "form", type=click.Choice(DUMPS), default="nq", show_default=True)
@click.option("--graph", metavar="IRI", help="Only this named graph.")
@click.option("-o", "--output", type=click.File("wb"), default="-", help="[default: print it]")
@click.pass_obj
def dump_command(root: Path, form: str, graph: str | None, output: BinaryIO) -> None:
    """Write the current build as one file.

    nq and trig hold every graph: each fact once in the named graph of its source, and once in the
    default graph. ttl, nt, rdf and jsonld hold the default graph, which has all facts.
    """
    output.write(dump_graphs(_open_current(root), form, graph))


_AUTHORS = (check_command, cite_command, new_command, review_command, suggest_command)
_OTHERS = (link_command, links_group, mcp_command, saved_command, term_command, verify_command)
for _command in (*_AUTHORS, *_OTHERS):
    kg_command.add_command(_command)


def _open_current(root: Path) -> Store:
    store = Builds(tree=root).open()
    use_prefixes(store.texts.prefixes)
    return store


def _stage_log() -> StageLog:
    """Return what writes the stages of a build, and how long each took, on standard error."""
    terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return StageLog(partial(click.echo, err=True, nl=False), terminal)
