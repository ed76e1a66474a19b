"""The `kg` command."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import BinaryIO

import click

from kg.citation.cite import records, turtle
from kg.citation.segment import blocks
from kg.citation.verify import MATCH, called, lines, recorded, sources, verify_copy
from kg.cli.query import FORMATS, Answers, answer, query_text, question_list
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
_BLOCKS = r"\d{1,6}(-\d{1,6})?"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class Plain(click.Group):
    """A group whose commands say in plain lines what went wrong, and exit with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a KGError or OSError is a line on standard error, not a traceback."""
        try:
            return super().invoke(ctx)
        except KGError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # click sees to a reader that has gone
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
        sys.exit(1)


class Blocks(click.ParamType[list[int]]):
    """Numbers of blocks, such as 12-18,20-27."""

    name = "blocks"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[int]:
        """Read single numbers and ranges, separated by commas."""
        if not re.fullmatch(rf"{_BLOCKS}(,{_BLOCKS})*", value):
            self.fail(f"“{value}” is not like 12-18,20-27", param, ctx)
        ends = [part.partition("-") for part in value.split(",")]
        for a, _, b in ends:
            if int(b or a) < int(a):
                self.fail(f"{a}-{b} runs backwards", param, ctx)
        return [n for a, _, b in ends for n in range(int(a), int(b or a) + 1)]


@click.group(cls=Plain)
@click.version_option(package_name="aide-memoire", message="%(version)s")
@click.option("--root", type=_FOLDER, default=ROOT, help="The tree of files to build from.")
@click.pass_context
def kg_command(ctx: click.Context, root: Path) -> None:
    """Build, check and ask a knowledge graph in which every fact cites its sentence.

    Builds are kept in .builds of that tree, or where KG_BUILDS says.
    """
    ctx.obj = root


@kg_command.command("build")
@click.option("--add", multiple=True, metavar="FILE[=IRI]", help="RDF of others, in that graph.")
@click.pass_obj
def build_command(root: Path, add: tuple[str, ...]) -> None:
    """Build the graph and make it the one that is served.

    Files are loaded, derived from and checked; only then does the new build replace the last. Files
    given with --add (.ttl .nt .n3 .rdf .jsonld .trig .nq, also .gz) are taken in as they are, each
    in a graph of its own and in the default graph.
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
    env = os.environ | {"KG_BUILDS": str(builds.root)}
    os.execve(command[0], command, env)  # noqa: S606 - our own module, no shell


@kg_command.command("query")
@click.argument("question", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: table, or tsv piped]")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint, not the build.")
@click.pass_obj
def query_command(root: Path, question: str | None, form: str | None, endpoint: str | None) -> None:
    """Ask a question: a query's file, - for standard input, or the name of a question.

    Without an argument, list the questions by name. Graphs come as Turtle unless --format says
    otherwise.
    """
    if question is None:
        click.echo(question_list())
        return
    text = query_text(question)
    store: Answers = Remote(endpoint) if endpoint else _open_current(root)
    shown = form or ("table" if sys.stdout.isatty() else "tsv")
    try:
        click.echo(answer(store, text, shown, strict=form is not None), nl=False)
    except QueryError as error:
        if error.line and question != "-":
            raise SourceError(question, error.line, error.column, error.message) from error
        raise


@kg_command.command("verify")
@click.option("--article", type=_FILE, required=True, help="Your own copy of the text.")
@click.option("--source", metavar="SLUG", help="Which source it is, if there are several.")
@click.pass_obj
def verify_command(root: Path, article: Path, source: str | None) -> None:
    """Compare your own copy of an article with the sentences that the graph cites.

    Lists what changed or is missing, what nothing cites, and what the record leaves out. The
    exit status is 1 if any recorded sentence does not match.
    """
    loaded = load(root)
    known = sources(loaded.quads)
    if source is None and len(known) != 1:
        raise KGError(f"choose one with --source: {', '.join(known) or 'no source is recorded'}")
    slug = source or known[0]
    found = verify_copy(read(article), recorded(loaded.quads, slug))
    for line in lines(found, called(loaded.quads, slug)):
        click.echo(line)
    if len(found.having(MATCH)) < len(found.verdicts):
        sys.exit(1)


@kg_command.command("dump")
@click.option("--format", "form", type=click.Choice(DUMPS), default="nq", show_default=True)
@click.option("--graph", metavar="IRI", help="Only this named graph.")
@click.option("-o", "--output", type=click.File("wb"), default="-", help="[default: print it]")
@click.pass_obj
def dump_command(root: Path, form: str, graph: str | None, output: BinaryIO) -> None:
    """Write the current build as one file.

    nq and trig hold every graph: each fact stands once in the graph that says it, and once in the
    default graph. ttl, nt, rdf and jsonld hold the default graph: all that is known.
    """
    output.write(dump_graphs(_open_current(root), form, graph))


@kg_command.command("cite")
@click.argument("article", type=_FILE)
@click.option("--source", metavar="SLUG", help="The source's name in IRIs.")
@click.option("--body", type=Blocks(), help="Its paragraphs, such as 12-18,20-27.")
@click.option("--caption", type=Blocks(), help="The captions of its pictures.")
@click.option("--author", type=Blocks(), help="The line about its author.")
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
    click.echo(turtle(source, records(text, body or [], caption or [], author or [])), nl=False)


def _open_current(root: Path) -> Store:
    store = Builds(tree=root).open()
    use_prefixes(store.texts.prefixes)
    return store


def _progress(stage: str, result: str) -> None:
    click.echo(f"{stage:<24}{result}", err=True)
