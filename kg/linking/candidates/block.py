"""Things of ours for which another dataset is asked together, and whoever can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from kg.linking.candidates.candidate import OutsideCandidate


@dataclass(frozen=True)
class SoughtThing:
    """A thing of ours to find elsewhere: its names, and the kinds there that its classes allow.

    Without kinds, whatever has one of the names is a candidate. `kind` is the likeliest of them.
    """

    iri: str
    names: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...] = ()
    kind: str = ""


class CandidateSource(Protocol):
    """Another dataset, however it is reached; `address` says where, in messages and in records."""

    address: str
    block_size: int

    def prepare(self, things: Sequence[SoughtThing]) -> None:
        """Take note of all things that will be asked for, before the first block."""

    def remember(self, described: Iterable[OutsideCandidate]) -> None:
        """Take note of records that were described before."""

    def candidates(self, block: Sequence[SoughtThing]) -> dict[str, list[OutsideCandidate]]:
        """Return the candidates for each thing of a block, which all have the same kinds."""


def blocks_of_a_kind(things: Iterable[SoughtThing], size: int) -> Iterator[list[SoughtThing]]:
    """Put things of the same kinds together, at most so many, always in the same order.

    >>> city, person = ("City",), ("Person",)
    >>> kinds = {"a": city, "b": person, "c": city}
    >>> things = [SoughtThing(iri, (), kind) for iri, kind in kinds.items()]
    >>> [[thing.iri for thing in block] for block in blocks_of_a_kind(things, 5)]
    [['a', 'c'], ['b']]
    """
    ordered = sorted(things, key=lambda thing: (thing.kinds, thing.iri))
    for _, group in groupby(ordered, key=lambda thing: thing.kinds):
        same = list(group)
        yield from (same[at : at + size] for at in range(0, len(same), size))
