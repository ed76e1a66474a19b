"""`kg link`: links to other datasets, proposed and reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kg.cli.links.reviewing import review_proposals, reviewer_named
from kg.linking.asking import candidate_source, dataset_named
from kg.linking.candidates.alignment import class_alignment
from kg.linking.candidates.block import CandidateSource
from kg.linking.candidates.dump_source import DumpSource
from kg.linking.ours import things_to_link
from kg.linking.propose import LinkProposer
from kg.linking.review import LinkReview
from kg.linking.settings import LinkFiles
from kg.linking.wording import decision_lines
from kg.model.errors import KGError
from kg.model.outside_datasets import OutsideDataset, outside_datasets
from kg.model.prefixes import TERM, THING, expand, use_prefixes
from kg.model.text import without_controls
from kg.store.builds import Builds
from kg.store.store import Store

_FILE = click.Path(path_type=Path)


@click.command("link")
@click.argument("dataset", required=False)
@click.option("--endpoint", metavar="URL", default="", help="Ask this SPARQL endpoint.")
@click.option("--service", metavar="URL", default="", help="Ask this reconciliation service.")
@click.option("--dump", type=_FILE, help="Read this dump of it: any syntax of RDF, also packed.")
@click.option("--thing", "things", multiple=True, metavar="SLUG", help="Only this thing.")
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only things of a class.")
@click.option("--all", "every", is_flag=True, help="Things of every class.")
@click.option("--limit", type=click.IntRange(1), help="At most so many things.")
@click.option("--again", is_flag=True, help="Ask also what earlier runs asked.")
@click.option("--review", is_flag=True, help="Accept or reject what was proposed.")
@click.option("--as", "reviewer", metavar="WHO", help="Who reviews: a name or an ORCID.")
@click.pass_obj
def link_command(root: Path, /, dataset: str | None, **options: Any) -> None:
    """Propose links to a dataset, such as wikidata, for things that have none.

    The dataset is asked by names and kinds; what it says is compared feature by feature. Sure
    matches go to .links/DATASET.sssom.tsv (or where KG_LINKS says). A run that was cut short goes
    on where it stopped. With --review each proposal is shown beside our thing, and accepted or
    rejected by one key; what is accepted goes to kg/links, what is rejected never comes back.
    """
    chosen = _Options(**options)
    if chosen.review:
        _review(root, dataset, chosen)
    elif dataset is None:
        raise KGError("name a dataset, as in: kg link wikidata")
    else:
        _propose(root, dataset_named(dataset), chosen)


@dataclass(frozen=True)
class _Options:
    endpoint: str
    service: str
    dump: Path | None
    things: tuple[str, ...]
    classes: tuple[str, ...]
    every: bool
    limit: int | None
    again: bool
    review: bool
    reviewer: str | None


def _propose(root: Path, dataset: OutsideDataset, options: _Options) -> None:
    store, files = _open(root), LinkFiles(root, dataset.id)
    kinds = class_alignment(store).kinds
    source: CandidateSource = (
        DumpSource(options.dump, dataset, kinds)
        if options.dump
        else candidate_source(
            dataset,
            files,
            kinds,
            endpoint=options.endpoint,
            service=options.service,
            again=options.again,
        )
    )
    iris = [THING + slug.removeprefix("id:") for slug in options.things]
    classes = [_class(name) for name in options.classes]
    iris = iris or things_to_link(store, classes, every=options.every)
    proposer = LinkProposer(store, dataset, files)
    asked = proposer.unsettled(iris)[: options.limit]
    decisions = proposer.propose(source, asked, _progress, again=options.again)
    for line in decision_lines(decisions):
        click.echo(without_controls(line))
    click.echo(f"proposals are in {files.proposals}; see: kg link --review {dataset.id}")


def _review(root: Path, chosen: str | None, options: _Options) -> None:
    """Review the proposals of a dataset, or of each that has any."""
    datasets = [dataset_named(chosen)] if chosen else [*outside_datasets().values()]
    files = {one.id: LinkFiles(root, one.id) for one in datasets}
    proposed = [one for one in datasets if files[one.id].proposals.is_file()]
    if not proposed:
        raise KGError(f"nothing was proposed; first: kg link {chosen or 'DATASET'}")
    reviewer, store = reviewer_named(options.reviewer), _open(root)
    for dataset in proposed:
        review_proposals(store, LinkReview(store, dataset, files[dataset.id], reviewer))


def _open(root: Path) -> Store:
    store = Builds(tree=root).open()
    use_prefixes(store.texts.prefixes)
    return store


def _class(name: str) -> str:
    return expand(name) if ":" in name else TERM + name


def _progress(done: int, total: int) -> None:
    click.echo(f"answered for {done} of {total} things", err=True)
