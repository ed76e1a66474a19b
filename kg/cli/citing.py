"""`kg cite` and `kg verify`: the record of a source's sentences, made and compared with a copy."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from pyoxigraph import Quad

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
from kg.model.errors import KGError
from kg.model.text_files import read
from kg.pipeline.load import load

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
# Six digits: a range such as 1-9999999999 would fill the memory with numbers.
_BLOCK_RANGE = r"\d{1,6}(-\d{1,6})?"


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


@click.command("cite")
@click.argument("article", type=_FILE)
@click.option("--source", metavar="SLUG", help="The source's name in IRIs.")
@click.option("--body", type=BlockNumbers(), help="Its paragraphs, such as 12-18,20-27.")
@click.option("--caption", type=BlockNumbers(), help="The captions of its pictures.")
@click.option("--author", type=BlockNumbers(), help="The line about its author.")
@click.option("--headings", type=BlockNumbers(), help="Its title, deck and headings.")
def cite_command(
    article: Path,
    source: str | None,
    body: list[int] | None,
    caption: list[int] | None,
    author: list[int] | None,
    headings: list[int] | None,
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
    parts = (body or [], caption or [], author or [], headings or [])
    click.echo(sentences_turtle(source, record_sentences(text, *parts)), nl=False)


@click.command("verify")
@click.option("--article", type=_FILE, help="Your copy of one text.")
@click.option("--source", metavar="SLUG", help="Which source it is, if there are several.")
@click.option("--texts", type=_FOLDER, help="A folder with your copies of several: SLUG.txt.")
@click.pass_obj
def verify_command(
    root: Path, article: Path | None, source: str | None, texts: Path | None
) -> None:
    """Compare your copies of articles with the sentences that the graph cites.

    Lists what changed or is missing, what nothing cites, and what the record leaves out; with
    --texts a line for each source, and what changed. The exit status is 1 if any recorded
    sentence does not match.
    """
    loaded = load(root)
    slugs = recorded_sources(loaded.quads)
    if texts:
        sys.exit(0 if _verify_all(texts, slugs, list(loaded.quads)) else 1)
    if article is None:
        raise KGError(
            "give your copy of a text with --article, or a folder of several with --texts"
        )
    if source is None and len(slugs) != 1:
        raise KGError(f"choose one with --source: {', '.join(slugs) or 'no source is recorded'}")
    slug = source or slugs[0]
    report = verify_copy(read(article), recorded_sentences(loaded.quads, slug))
    for line in report_lines(report, source_title(loaded.quads, slug)):
        click.echo(line)
    if len(report.with_status(MATCH)) < len(report.verdicts):
        sys.exit(1)


def _verify_all(texts: Path, slugs: list[str], quads: list[Quad]) -> bool:
    """Say of each source how many of its sentences match; tell whether all of them do."""
    complete = True
    for slug in slugs:
        copy = texts / f"{slug}.txt"
        if not copy.is_file():
            click.echo(f"{slug}: no {copy.name} to compare with")
            continue
        report = verify_copy(read(copy), recorded_sentences(quads, slug))
        matching, uncited = len(report.with_status(MATCH)), len(report.uncited())
        cited = f", {uncited} cited by nothing" if uncited else ""
        click.echo(f"{slug}: {matching} of {len(report.verdicts)} sentences match{cited}")
        for verdict in report.verdicts:
            if verdict.status != MATCH:
                complete = False
                click.echo(
                    f"  {verdict.sentence.locator} {verdict.status} {verdict.detail}".rstrip()
                )
    return complete
