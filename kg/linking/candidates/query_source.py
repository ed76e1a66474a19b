"""Candidates by SPARQL: of an endpoint, or of what was kept of a dump."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from kg.linking.candidates.block import SoughtThing
from kg.linking.candidates.candidate import CandidateFacts, OutsideCandidate
from kg.linking.candidates.properties import outside_properties
from kg.linking.candidates.questions import linking_query, with_terms
from kg.model.outside_datasets import OutsideDataset
from kg.store.store import Term

# Names and candidates of one request: some 10 KB of query, and answers of some hundred rows.
_THINGS, _CANDIDATES = 15, 25
# Wikidata has "mul" for a name that is the same in every language with the same script.
_EVERY_LANGUAGE = ("", "mul")
_WIDER = outside_properties("wider")[0]
# Columns of the query of facts that each stand for one property.
_COLUMNS = {
    "point": outside_properties("points")[0],
    "kind": outside_properties("kinds")[0],
    "wider": _WIDER,
    "neighbour": outside_properties("neighbours")[0],
}
_DESCRIBING = (
    *("names", "descriptions", "starts", "ends", "days", "points", "latitudes", "longitudes"),
)


class Rows(Protocol):
    """Whatever answers a SELECT."""

    def select(self, query: str) -> list[dict[str, Term]]:
        """Return the rows, without what is unbound."""


class QuerySource:
    """Finds candidates by their exact names, then asks what is said of them."""

    block_size = _THINGS

    def __init__(
        self, address: str, rows: Rows, dataset: OutsideDataset, kinds: Iterable[str]
    ) -> None:
        """Take where it asks, what answers, the dataset, and all kinds that mean something to us.

        Records of other datasets, which an endpoint may have too, are no candidates.
        """
        self.address, self._dataset = address, dataset
        self._rows, self._kinds = rows, frozenset(kinds)
        self._described: dict[str, OutsideCandidate] = {}

    def prepare(self, things: Sequence[SoughtThing]) -> None:
        """Do nothing: each block is asked for by itself."""

    def remember(self, described: Iterable[OutsideCandidate]) -> None:
        """Take note of what was described before, so that it is not asked for again."""
        self._described |= {one.iri: one for one in described}

    def candidates(self, block: Sequence[SoughtThing]) -> dict[str, list[OutsideCandidate]]:
        """Return the candidates for each thing of a block, which all have the same kinds."""
        iris = self._named(block)
        self.describe({iri for found in iris.values() for iri in found})
        return {thing: [self._described[iri] for iri in sorted(iris[thing])] for thing in iris}

    def describe(self, iris: Iterable[str]) -> list[OutsideCandidate]:
        """Return what is said of records, asked for once."""
        wanted = sorted(iris)
        missing = [iri for iri in wanted if iri not in self._described]
        for at in range(0, len(missing), _CANDIDATES):
            some = missing[at : at + _CANDIDATES]
            self._described |= {iri: one.candidate() for iri, one in self._facts(some).items()}
        return [self._described[iri] for iri in wanted]

    def _named(self, block: Sequence[SoughtThing]) -> dict[str, set[str]]:
        things = defaultdict(set)
        for thing in block:
            for literal in _spellings(thing):
                things[literal].add(thing.iri)
        kinds = block[0].kinds
        query = with_terms(
            linking_query("candidates" if kinds else "candidates-of-any-kind"),
            label=sorted(things, key=str),
            naming=map(NamedNode, outside_properties("names")),
            kind=map(NamedNode, kinds),
        )
        found: dict[str, set[str]] = {thing.iri: set() for thing in block}
        for row in self._rows.select(query):
            label, candidate = row.get("label"), row.get("candidate")
            if isinstance(label, Literal) and self._dataset.identifier(_text(candidate)):
                for iri in things.get(label, ()):
                    found[iri].add(_text(candidate))
        return found

    def _facts(self, iris: Sequence[str]) -> dict[str, CandidateFacts]:
        properties = [iri for role in _DESCRIBING for iri in outside_properties(role)]
        query = with_terms(
            linking_query("facts"),
            candidate=map(NamedNode, iris),
            property=map(NamedNode, properties),
        )
        facts = {iri: CandidateFacts(iri) for iri in iris}
        for row in self._rows.select(query):
            of_record = facts.get(_text(row.get("candidate")))
            for property_, value in _stated(row):
                # Of the hundred classes above one in Wikidata, few mean something to us.
                known = property_ != _WIDER or _text(value) in self._kinds
                if of_record and known:
                    of_record.add(property_, _text(value), _language(value))
        return facts


def _spellings(thing: SoughtThing) -> Iterator[Literal]:
    """List the literals by which a dataset may name a thing."""
    for text, language in thing.names:
        yield from (
            Literal(text, language=tag) if tag else Literal(text)
            for tag in dict.fromkeys((language, *_EVERY_LANGUAGE))
        )


def _stated(row: dict[str, Term]) -> Iterator[tuple[str, Term]]:
    """Yield what a row of facts says: a property and a value of it."""
    if "property" in row and "value" in row:
        yield _text(row["property"]), row["value"]
    for column, property_ in _COLUMNS.items():
        value = row.get(column)
        if isinstance(value, NamedNode | Literal):
            yield property_, value


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _language(term: Term | None) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
