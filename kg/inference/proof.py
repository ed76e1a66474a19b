"""Why an inferred statement holds: the shortest chain of rules back to what is stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Triple

from kg.inference.premises import premise_sets
from kg.model.named_graphs import INFERRED
from kg.store.store import Store

# Steps in a row: the rules of our ontology need at most five.
MAX_STEPS = 6


@dataclass(frozen=True)
class Proof:
    """A statement with the proofs of its premises: none if a graph states it."""

    statement: Triple
    premises: tuple[Proof, ...] = ()

    def stated(self) -> Iterator[Triple]:
        """Return the stated statements that it rests on, in the order of the rules' patterns."""
        if not self.premises:
            yield self.statement
        for premise in self.premises:
            yield from premise.stated()


def shortest_proof(store: Store, triple: Triple) -> Proof | None:
    """Return the shortest proof of a statement; None if none of `MAX_STEPS` steps is found."""
    matches: dict[Triple, list[list[Triple]]] = {}
    for steps in range(MAX_STEPS + 1):
        proof = _prove(store, triple, steps, matches, frozenset())
        if proof:
            return proof
    return None


def _prove(
    store: Store,
    triple: Triple,
    steps: int,
    matches: dict[Triple, list[list[Triple]]],
    above: frozenset[Triple],
) -> Proof | None:
    if _is_stated(store, triple):
        return Proof(triple)
    # A statement cannot be a reason for itself, by whatever way round.
    if not steps or triple in above:
        return None
    if triple not in matches:
        matches[triple] = premise_sets(store, triple)
    for premises in matches[triple]:
        proofs = [_prove(store, one, steps - 1, matches, above | {triple}) for one in premises]
        proved = tuple(proof for proof in proofs if proof)
        if len(proved) == len(proofs):
            return Proof(triple, proved)
    return None


def _is_stated(store: Store, triple: Triple) -> bool:
    return any(graph != INFERRED for graph in store.graphs_containing(triple))
