"""Candidates by a reconciliation service: for each thing by its names, then with their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from pyoxigraph import NamedNode

from kg.linking.candidates.block import SoughtThing
from kg.linking.candidates.candidate import CandidateFacts, OutsideCandidate
from kg.linking.candidates.properties import outside_properties, service_properties
from kg.linking.candidates.service import ReconciliationService
from kg.model.outside_datasets import OutsideDataset

# Services answer ten queries in a second or so, and put the best first.
_THINGS, _NAMES, _CANDIDATES = 8, 3, 6
# From a kind to one that ours stands for there are few steps: capital, big city, city.
_STEPS = 4
_TYPE, _WIDER, _LABEL, _DESCRIPTION, _NEIGHBOUR = (
    outside_properties(role)[0]
    for role in ("kinds", "wider", "names", "descriptions", "neighbours")
)
_EXTENDED = ("starts", "ends", "days", "points")


class ServiceSource:
    """Asks a reconciliation service for things of ours, and for the facts of what it finds."""

    block_size = _THINGS

    def __init__(
        self, service: ReconciliationService, dataset: OutsideDataset, kinds: Iterable[str]
    ) -> None:
        """Take the service, the dataset that it is of, and all kinds that mean something to us."""
        self.address = service.address
        self._service, self._dataset, self._kinds = service, dataset, frozenset(kinds)
        self._above: dict[str, set[str]] = {}

    def prepare(self, things: Sequence[SoughtThing]) -> None:
        """Do nothing: each block is asked for by itself."""

    def remember(self, described: Iterable[OutsideCandidate]) -> None:
        """Do nothing: what a service says of a record depends on what was asked."""

    def candidates(self, block: Sequence[SoughtThing]) -> dict[str, list[OutsideCandidate]]:
        """Return the candidates for each thing of a block, which all have the same kinds."""
        queries = {
            f"{number}-{at}": {"query": name, "limit": _CANDIDATES, **self._typed(thing)}
            for number, thing in enumerate(block)
            for at, name in enumerate(_asked_names(thing))
        }
        facts: dict[str, CandidateFacts] = {}
        found: dict[str, set[str]] = {thing.iri: set() for thing in block}
        for key, results in self._service.results(queries).items():
            thing = block[int(key.partition("-")[0])]
            for one in results:
                if iri := self._iri(one["id"]):
                    found[thing.iri].add(iri)
                    self._add(facts.setdefault(iri, CandidateFacts(iri)), one)
        self._extend(facts)
        described = {iri: one.candidate() for iri, one in facts.items()}
        return {iri: [described[one] for one in sorted(iris)] for iri, iris in found.items()}

    def _typed(self, thing: SoughtThing) -> dict[str, Any]:
        kind = self._dataset.identifier(thing.kind)
        return {"type": kind} if kind else {}

    def _iri(self, identifier: str) -> str:
        """Return the IRI of a record or kind; "" for what has no place in an IRI or a table."""
        iri = identifier if "://" in identifier else self._dataset.iri(identifier)
        try:
            return NamedNode(iri).value
        except ValueError:
            return ""

    def _add(self, facts: CandidateFacts, result: dict[str, Any]) -> None:
        facts.add(_LABEL, str(result.get("name", "")))
        facts.add(_DESCRIPTION, str(result.get("description") or ""))
        kinds = result.get("type") or []
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            identifier = kind.get("id", "") if isinstance(kind, dict) else kind
            facts.add(_TYPE, self._iri(str(identifier)))

    def _extend(self, facts: dict[str, CandidateFacts]) -> None:
        """Add days, coordinates, ties and wider kinds, if the service extends data at all."""
        properties = _extension(self._dataset)
        ids = {self._dataset.identifier(iri): one for iri, one in facts.items()}
        for name, row in self._service.cells(ids, properties).items():
            for property_, cells in row.items() if name in ids else ():
                for cell in cells:
                    ids[name].add(properties.get(property_, ""), _text(cell))
        kinds = {iri: one.candidate().kinds for iri, one in facts.items()}
        self._learn({kind for some in kinds.values() for kind in some})
        for iri, some in kinds.items():
            for kind in self._wider(some) & self._kinds:
                facts[iri].add(_WIDER, kind)

    def _learn(self, kinds: set[str]) -> None:
        """Ask what kinds are below, step by step, unless they mean something to us."""
        short, _ = service_properties(self._dataset.id)
        names = [iri.removeprefix(short) for iri in outside_properties("wider") if short in iri]
        for _ in range(_STEPS if short else 0):
            unknown = sorted(kinds - self._above.keys() - self._kinds)
            ids = [name for kind in unknown if (name := self._dataset.identifier(kind))]
            rows = self._service.cells(ids, names) if ids else {}
            for kind in unknown:
                row = rows.get(self._dataset.identifier(kind), {})
                cells = [cell for name in names for cell in row.get(name, ())]
                self._above[kind] = {self._iri(str(c["id"])) for c in cells if "id" in c}
            kinds = {above for kind in unknown for above in self._above[kind]}

    def _wider(self, kinds: Iterable[str]) -> set[str]:
        reached, queue = set(kinds), list(kinds)
        while queue:
            above = self._above.get(queue.pop(), set()) - reached
            reached |= above
            queue += above
        return reached


def _asked_names(thing: SoughtThing) -> Iterable[str]:
    """Return the names to ask for: English first, as a service has one language."""
    ordered = sorted(thing.names, key=lambda name: name[1] != "en")
    return islice(dict.fromkeys(text for text, _ in ordered), _NAMES)


def _extension(dataset: OutsideDataset) -> dict[str, str]:
    """Return the properties to ask for, as the service calls them, and what they mean."""
    meanings = {iri: iri for role in _EXTENDED for iri in outside_properties(role)}
    short, ties = service_properties(dataset.id)
    if not short:
        return meanings
    theirs = {iri.removeprefix(short): iri for iri in meanings if iri.startswith(short)}
    return {**theirs, **dict.fromkeys(ties, _NEIGHBOUR)}


def _text(cell: Mapping[str, Any]) -> str:
    """Return what a cell of data extension holds, as text.

    >>> _text({"date": "1954-09-21"}), _text({"id": "Q17", "name": "Japan"}), _text({})
    ('1954-09-21', 'Japan', '')
    """
    return next(
        (str(cell[key]) for key in ("date", "str", "name", "float", "int") if key in cell), ""
    )
