"""`kg new`: the folder of a source that is to be added."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from kg.authoring.new_source import Header, create_source
from kg.citation.cite import record_sentences
from kg.citation.segment import blocks, sentences
from kg.cli.citing import BlockNumbers
from kg.model.errors import KGError
from kg.model.text_files import read
from kg.pipeline.load import load

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_KINDS = ("primaryStatement", "primaryReport", "pressDigest", "newsReport", "analysis")
# Asked for at a terminal, in this order, where the option is missing.
_ASKED = {
    "title": "Title",
    "publisher": "Publisher (a slug, such as jiji-press)",
    "date": "Date of publication (2018-04-13)",
    "language": "Language (en, ja, ru …)",
    "kind": f"Kind ({', '.join(_KINDS)})",
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@click.command("new")
@click.argument("source")
@click.argument("text", type=_FILE)
@click.option("--title", multiple=True)
@click.option("--creator", multiple=True, metavar="SLUG", help="Its author; may be repeated.")
@click.option("--publisher", multiple=True, metavar="SLUG")
@click.option("--date", multiple=True, metavar="DATE", help="Of publication.")
@click.option("--language", multiple=True, metavar="TAG", help="Such as en, ja or ru.")
@click.option("--address", multiple=True, metavar="URL", help="Where it was published.")
@click.option("--kind", multiple=True, type=click.Choice(_KINDS), help="How near it stands.")
@click.option("--extent", multiple=True, type=click.Choice(["complete", "partial"]))
@click.option("--voice", multiple=True, metavar="SLUG", help="Whose words it has.")
@click.option("--based-on", multiple=True, metavar="SLUG", help="The agency whose report it is.")
@click.option("--body", type=BlockNumbers(), help="Its paragraphs  [default: all but headings]")
@click.option("--headings", type=BlockNumbers(), help="[default: a first line without full stop]")
@click.pass_obj
def new_command(
    root: Path,
    /,
    source: str,
    text: Path,
    body: list[int] | None,
    headings: list[int] | None,
    **options: tuple[str, ...],
) -> None:
    """Make the folder of a new source: kg/sources/SOURCE, from the text in a file.

    source.ttl has what the options say, or what is asked for at a terminal; sentences.ttl has the
    place and hash of each sentence; facts.trig has an empty graph for each, below the things whose
    names occur in it. The text itself is not kept. No other file needs to be edited.
    """
    if not _SLUG.fullmatch(source):
        raise KGError(f"“{source}” cannot stand in an IRI; write it like harbour-2020")
    parts = blocks(read(text))
    if not parts:
        raise KGError(f"{text} has no text")
    headings = _headings(parts) if headings is None and body is None else headings or []
    body = body or [number for number in range(1, len(parts) + 1) if number not in headings]
    recorded = record_sentences(parts, body, (), (), headings)
    texts = [s for block in sorted({*body, *headings}) for s in sentences(parts[block - 1])]
    header, quads = Header(source, _values(options)), list(load(root).quads)
    folder = create_source(root, header, recorded, texts, quads)
    click.echo(f"{folder.relative_to(root)}: {len(recorded)} sentences")
    for slug in header.undeclared(quads):
        click.echo(f"id:{slug} is new: declare it in facts.trig, where a comment names it")
    click.echo(f"Write what each sentence states in facts.trig, then: kg check {source}")


def _values(options: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what the header says: the options, what is asked for, and what follows from both."""
    values = {name.replace("_", "-"): value for name, value in options.items()}
    missing = {name: question for name, question in _ASKED.items() if not values[name]}
    if missing and not sys.stdin.isatty():
        options_missing = "; ".join(f"--{name}  {question}" for name, question in missing.items())
        raise KGError(f"without a terminal to ask at, these options are needed: {options_missing}")
    for name, question in missing.items():
        values[name] = (click.prompt(question),)
    values["extent"] = values["extent"] or ("complete",)
    values["voice"] = values["voice"] or values["creator"] or values["publisher"]
    return values


def _headings(parts: list[str]) -> list[int]:
    """Return the number of the first block if it is a line without a full stop, as titles are."""
    first = parts[0]
    ended = first.rstrip("\"'\u201d\u2019\u00bb)")[-1:] in {".", "?", "!", "\u2026", "\u3002"}
    return [1] if len(parts) > 1 and len(sentences(first)) == 1 and not ended else []
