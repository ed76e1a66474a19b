"""What a source adds to the graph, and what it confirms, refines and contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.authoring.labels import Labels
from kg.authoring.source_check import require_source
from kg.authoring.standing import ADDS, KINDS, Standing, Standings
from kg.citation.cite import fragment_ends
from kg.citation.verify import recorded_sentences, source_title
from kg.model.named_graphs import claim_slug, is_claim_content
from kg.model.prefixes import SOURCE
from kg.pipeline.load import SourceTree, load


@dataclass(frozen=True)
class ReviewedStatement:
    """A statement in words (subject, property, value), and how it stands to what others say."""

    words: tuple[str, str, str]
    standing: Standing


@dataclass(frozen=True)
class ReviewedGraph:
    """The statements of a sentence, by its locator, or of a claim's content, by its slug.

    `ends` are the first and last words of the sentence: all of it that is on record.
    """

    place: str
    ends: str
    statements: tuple[ReviewedStatement, ...]
    is_claim: bool


@dataclass(frozen=True)
class Review:
    """What a source states, in reading order, then what its claims hold; sentences without any."""

    slug: str
    title: str
    graphs: tuple[ReviewedGraph, ...]
    uncited: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return how many statements stand how; what claims hold is not counted."""
        stated = [one for graph in self.graphs if not graph.is_claim for one in graph.statements]
        kinds = [one.standing.kind for one in stated]
        return {kind: kinds.count(kind) for kind in KINDS}


def review(root: Path, slug: str) -> Review:
    """Compare each statement of a source with the rest of the tree under a root.

    KGError lists the sources there are if it is none.
    """
    require_source(root, slug)
    tree = load(root)
    labels = Labels(tree.quads)
    standings, graphs = Standings(tree, labels), _graphs(tree, slug)
    record = recorded_sentences(tree.quads, slug)
    sentences = {f"{SOURCE}{slug}/{sentence.locator}": sentence for sentence in record}
    order = {iri: sentence.order for iri, sentence in sentences.items()}
    ends = {iri: fragment_ends(one.fragment) for iri, one in sentences.items()}
    # Claims come last, as one may be made in many sentences.
    ordered = sorted(graphs, key=lambda graph: (order.get(graph.value, inf), graph.value))
    return Review(
        slug,
        source_title(tree.quads, slug),
        tuple(
            ReviewedGraph(
                _place(graph),
                " … ".join(dict.fromkeys(ends.get(graph.value, ()))),
                tuple(_reviewed(quad, standings, labels) for quad in graphs[graph]),
                is_claim_content(graph),
            )
            for graph in ordered
        ),
        tuple(sentence.locator for sentence in record if not sentence.cited),
    )


def review_lines(reviewed: Review) -> Iterator[str]:
    """Write a review as lines: a summary, then each graph with its statements."""
    counts = ", ".join(f"{kind} {count}" for kind, count in reviewed.counts().items())
    yield f"{reviewed.title}: {counts}"
    if reviewed.uncited:
        yield f"nothing is stated by {', '.join(reviewed.uncited)}"
    for graph in reviewed.graphs:
        yield f"\n{'the claim ' if graph.is_claim else ''}{graph.place}  {graph.ends}".rstrip()
        for one in graph.statements:
            kind = "claimed" if graph.is_claim else one.standing.kind
            yield f"  {kind:<12}{' · '.join(one.words)}"
            if one.standing.others:
                yield f"{'':<14}{one.standing.reasons}"


def _graphs(tree: SourceTree, slug: str) -> dict[NamedNode, list[Quad]]:
    """Return the statements of a source's sentences, and of the claims in its files, by graph."""
    graphs: dict[NamedNode, list[Quad]] = {}
    for quad, path in tree.origin.items():
        graph = quad.graph_name
        claimed = is_claim_content(graph) and path.match(f"kg/sources/{slug}/*")
        if isinstance(graph, NamedNode) and (claimed or graph.value.startswith(f"{SOURCE}{slug}/")):
            graphs.setdefault(graph, []).append(quad)
    return graphs


def _place(graph: NamedNode) -> str:
    return claim_slug(graph.value).rpartition("/")[2]


def _reviewed(quad: Quad, standings: Standings, labels: Labels) -> ReviewedStatement:
    words = (labels.name(quad.subject), labels.name(quad.predicate), labels.name(quad.object))
    claimed = is_claim_content(quad.graph_name)
    return ReviewedStatement(words, Standing(ADDS) if claimed else standings.standing(quad))
