"""Claims about a thing: who makes them, and which other claims report them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary


@dataclass(frozen=True)
class ClaimSummary:
    """A claim with its claimants; a claim without any has the claims that report it.

    `footnotes` number the sentences that report the claim, on a page that cites them.
    """

    claim: DisplayValue
    claimants: tuple[DisplayValue, ...]
    reported_in: tuple[DisplayValue, ...]
    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()


def claims_about(store: Store, node: NamedNode) -> tuple[ClaimSummary, ...]:
    """Return the claims whose content mentions a thing, by label."""
    contents = _contents_by_thing(store).get(node.value, ())
    claims = dict.fromkeys(iri for graph in contents for iri in _claims(store).of(graph))
    summaries = (_summary(store, iri) for iri in claims)
    return tuple(sorted(summaries, key=lambda summary: summary.claim.text))


def claim_summary(store: Store, node: NamedNode) -> ClaimSummary | None:
    """Return the thing as a claim, or None if it is not one."""
    return _summary(store, node.value) if node.value in _claims(store).claimants else None


def _summary(store: Store, iri: str) -> ClaimSummary:
    vocabulary, claimants = read_vocabulary(store), _claims(store).claimants[iri]
    # Somebody stands behind every claim: without a claimant, the claim that reports it.
    outer = () if claimants else _outer_claims(store).get(iri, ())
    return ClaimSummary(
        display_thing(vocabulary, iri),
        tuple(display_thing(vocabulary, agent) for agent in claimants),
        tuple(display_thing(vocabulary, claim) for claim in outer),
    )


class _Claims(NamedTuple):
    """Who makes each claim, and which claims have a graph as their content."""

    claimants: dict[str, list[str]]
    by_content: dict[NamedNode, list[str]]

    def of(self, graph: NamedNode) -> list[str]:
        return self.by_content.get(graph, [])


@per_store
def _claims(store: Store) -> _Claims:
    claimants: dict[str, set[str]] = defaultdict(set)
    by_content: dict[NamedNode, dict[str, None]] = defaultdict(dict)
    for row in store.select(page_query("claims")):
        # A claim without claimants must get an (empty) entry as well.
        claimants[text(row["claim"])] |= {text(row["claimant"])} if "claimant" in row else set()
        if isinstance(row["graph"], NamedNode):
            by_content[row["graph"]][text(row["claim"])] = None
    agents = {iri: sorted(of_claim) for iri, of_claim in claimants.items()}
    return _Claims(agents, {graph: list(claims) for graph, claims in by_content.items()})


@per_store
def _contents_by_thing(store: Store) -> dict[str, list[NamedNode]]:
    """Read the graphs of claims' contents by the things that they mention.

    A query for each thing would take as long as the thing has statements.
    """
    contents: dict[str, set[NamedNode]] = defaultdict(set)
    for row in store.select(page_query("contents")):
        for end in (row["subject"], row["value"]):
            if isinstance(end, NamedNode) and isinstance(row["graph"], NamedNode):
                contents[end.value].add(row["graph"])
    return {iri: sorted(graphs, key=str) for iri, graphs in contents.items()}


@per_store
def _outer_claims(store: Store) -> dict[str, list[str]]:
    """Read the claims that report each claim."""
    outer: dict[str, list[str]] = defaultdict(list)
    for row in store.select(page_query("outer")):
        outer[text(row["claim"])].append(text(row["outer"]))
    return {iri: sorted(claims) for iri, claims in outer.items()}
