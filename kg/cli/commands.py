"""The `kg` command."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

import click

from kg.citation.cite import record_sentences, sentences_turtle
from kg.citation.segment import blocks
from kg.citation.verify import (
    MATCH,
    recorded_sentences,
    recorded_sources,
    report_lines,
    source_title,
    verify_copy,
)
from kg.cli.query import FORMATS, QueryEngine, format_result, list_named_queries, query_text
from kg.model.errors import BuildMissing, KGError, QueryError, SourceError
from kg.model.prefixes import ROOT, use_prefixes
from kg.model.text_files import read
from kg.pipeline.build import build, checked_graph
from kg.pipeline.inputs.additions import Addition
from kg.pipeline.load import load
from kg.store.builds import Builds
from kg.store.dump import DUMPS, dump_graphs
from kg.store.remote import Remote
from kg.store.store import Store

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PORT = click.IntRange(0, 65535)
# Six digits: a range such as 1-9999999999 would fill the memory with numbers.
_BLOCK_RANGE = r"\d{1,6}(-\d{1,6})?"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class PlainErrorGroup(click.Group):
    """A group whose commands report an error as one plain line and exit with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a KGError or OSError is a line on standard error, not a traceback."""
        try:
            return super().invoke(ctx)
        except KGError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            # `kg query … | head` closes the pipe early; click exits without a message then.
            if error.errno == errno.EPIPE:
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
        sys.exit(1)


class BlockNumbers(click.ParamType[list[int]]):
    """Numbers of blocks, such as 12-18,20-27."""

    name = "blocks"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[int]:
        """Read single numbers and ranges, separated by commas."""
        if not re.fullmatch(rf"{_BLOCK_RANGE}(,{_BLOCK_RANGE})*", value):
            self.fail(f"“{value}” is not like 12-18,20-27", param, ctx)
        ends = [part.partition("-") for part in value.split(",")]
        for a, _, b in ends:
            if int(b or a) < int(a):
                self.fail(f"{a}-{b} runs backwards", param, ctx)
        return [n for a, _, b in ends for n in range(int(a), int(b or a) + 1)]


@click.group(cls=PlainErrorGroup)
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
    "--add", multiple=True, metavar="FILE[=IRI]", help="Load third-party RDF into graph IRI."
)
@click.pass_obj
def build_command(root: Path, add: tuple[str, ...]) -> None:
    """Build the graph and make it the one that is served.

    The new build replaces the last one only after all checks pass. Files of --add (.ttl .nt .n3
    .rdf .jsonld .trig .nq, also .gz) are loaded unchanged, each into its graph and the default
    graph.
    """
    additions = [Addition.of(argument) for argument in add]
    manifest = build(root, progress=_progress, additions=additions)
    click.echo(manifest.number)


@kg_command.command("check")
@click.pass_obj
def check_command(root: Path) -> None:
    """Check the graph without building it: each check and its result.

    The exit status is 1 if there is any finding.
    """
    checked_graph(root, lambda stage, result: click.echo(f"{stage:<24}{result}"))


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
@click.argument("question", required=False)
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
        click.echo(format_result(store, text, shown, strict=form is not None), nl=False)
    except QueryError as error:
        if error.line and question != "-":
            raise SourceError(question, error.line, error.column, error.message) from error
        raise


@kg_command.command("verify")
@click.option("--article", type=_FILE, required=True, help="Your copy of the text.")
@click.option("--source", metavar="SLUG", help="Which source it is, if there are several.")
@click.pass_obj
def verify_command(root: Path, article: Path, source: str | None) -> None:
    """Compare your copy of an article with the sentences that the graph cites.

    Lists what changed or is missing, what nothing cites, and what the record leaves out. The
    exit status is 1 if any recorded sentence does not match.
    """
    loaded = load(root)
    slugs = recorded_sources(loaded.quads)
    if source is None and len(slugs) != 1:
        raise KGError(f"choose one with --source: {', '.join(slugs) or 'no source is recorded'}")
    slug = source or slugs[0]
    report = verify_copy(read(article), recorded_sentences(loaded.quads, slug))
    for line in report_lines(report, source_title(loaded.quads, slug)):
        click.echo(line)
    if len(report.with_status(MATCH)) < len(report.verdicts):
        sys.exit(1)


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


@kg_command.command("cite")
@click.argument("article", type=_FILE)
@click.option("--source", metavar="SLUG", help="The source's name in IRIs.")
@click.option("--body", type=BlockNumbers(), help="Its paragraphs, such as 12-18,20-27.")
@click.option("--caption", type=BlockNumbers(), help="The captions of its pictures.")
@click.option("--author", type=BlockNumbers(), help="The line about its author.")
def cite_command(
    article: Path,
    source: str | None,
    body: list[int] | None,
    caption: list[int] | None,
    author: list[int] | None,
) -> None:
    """Record the sentences of an article, so that facts can cite them.

    Without --source, number the blocks of the text. With it, print the Turtle for the source's
    sentences.ttl: where each sentence stands, its hash and a text fragment, but not its words.
    """
    text = blocks(read(article))
    if source is None:
        for number, block in enumerate(text, 1):
            click.echo(f"{number:>4}  {' '.join(block.split()[:8])}")
        return
    click.echo(
        sentences_turtle(source, record_sentences(text, body or [], caption or [], author or [])),
        nl=False,
    )


def _open_current(root: Path) -> Store:
    store = Builds(tree=root).open()
    use_prefixes(store.texts.prefixes)
    return store


def _progress(stage: str, result: str) -> None:
    click.echo(f"{stage:<24}{result}", err=True)
