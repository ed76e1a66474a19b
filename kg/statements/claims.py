"""Claims about a thing: who makes them, and inside which other claims they are told of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary, text


@dataclass(frozen=True)
class ClaimSummary:
    """A claim, those who make it, and the claims inside which alone it is told of.

    `footnotes` are the footnotes of the sentences that tell of it, on a page that has some.
    """

    claim: DisplayValue
    claimants: tuple[DisplayValue, ...]
    reported_in: tuple[DisplayValue, ...]
    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()


def claims_about(store: Store, node: NamedNode) -> tuple[ClaimSummary, ...]:
    """Return the claims that speak of a thing, by name."""
    found = _mentions(store).get(node.value, ())
    rows = [row for graph in found for row in store.select(page_query("claims"), graph=graph)]
    return _claims(store, rows)


def claim_summary(store: Store, node: NamedNode) -> ClaimSummary | None:
    """Return the thing as a claim, or None if it is not one."""
    return next(iter(_claims(store, store.select(page_query("claims"), claim=node))), None)


def _claims(store: Store, rows: Iterable[dict[str, Term]]) -> tuple[ClaimSummary, ...]:
    vocabulary = read_vocabulary(store)
    by_claim: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_claim[text(row["claim"])] |= {text(row["claimant"])} if "claimant" in row else set()
    found = (
        ClaimSummary(
            display_thing(vocabulary, iri),
            tuple(display_thing(vocabulary, who) for who in sorted(people)),
            tuple(
                display_thing(vocabulary, outer)
                for outer in _outer(store).get(iri, ())
                if not people
            ),
        )
        for iri, people in by_claim.items()
    )
    return tuple(sorted(found, key=lambda claimed: claimed.claim.text))


@per_store
def _mentions(store: Store) -> dict[str, list[NamedNode]]:
    """Return the graphs of claims' contents that speak of each thing.

    Asked of each thing anew, this would take as long as the thing has statements.
    """
    found: dict[str, set[NamedNode]] = defaultdict(set)
    for row in store.select(page_query("contents")):
        for end in (row["subject"], row["value"]):
            if isinstance(end, NamedNode) and isinstance(row["graph"], NamedNode):
                found[end.value].add(row["graph"])
    return {iri: sorted(graphs, key=str) for iri, graphs in found.items()}


@per_store
def _outer(store: Store) -> dict[str, list[str]]:
    """Return the claims inside which other claims are told of."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.select(page_query("outer")):
        found[text(row["claim"])].append(text(row["outer"]))
    return {iri: sorted(outer) for iri, outer in found.items()}
