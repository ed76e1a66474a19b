"""Claims about a thing: who makes them, and which other claims report them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store, Term
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
    rows = [row for graph in contents for row in store.select(page_query("claims"), graph=graph)]
    return _summaries(store, rows)


def claim_summary(store: Store, node: NamedNode) -> ClaimSummary | None:
    """Return the thing as a claim, or None if it is not one."""
    return next(iter(_summaries(store, store.select(page_query("claims"), claim=node))), None)


def _summaries(store: Store, rows: Iterable[dict[str, Term]]) -> tuple[ClaimSummary, ...]:
    vocabulary = read_vocabulary(store)
    claimants: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        # A claim without claimants must get an (empty) entry as well.
        claimants[text(row["claim"])] |= {text(row["claimant"])} if "claimant" in row else set()
    summaries = (
        ClaimSummary(
            display_thing(vocabulary, iri),
            tuple(display_thing(vocabulary, agent) for agent in sorted(agents)),
            tuple(
                display_thing(vocabulary, outer)
                # Somebody stands behind every claim: without a claimant, the claim that reports it.
                for outer in _outer_claims(store).get(iri, ())
                if not agents
            ),
        )
        for iri, agents in claimants.items()
    )
    return tuple(sorted(summaries, key=lambda summary: summary.claim.text))


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
