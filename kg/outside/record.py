"""A record of another dataset: fetched, read as RDF, and cached as far as it is compared."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.model.outside_datasets import OutsideDataset
from kg.outside.aspects import has_mapping, mapping_query
from kg.outside.client import DAY, OutsideClient, Patience
from kg.outside.errors import NoSuchRecord, OutsideMalformed, OutsideStatus
from kg.outside.record_reader import RecordTask, UnreadableRecord, read_record, record_syntax
from kg.outside.response_files import OutsideResponse, ResponseFiles

_ACCEPT = "text/turtle, application/n-triples, application/rdf+xml;q=0.9"
# A reader waits for it, and it holds a thread of the server.
_PATIENCE = Patience(seconds=5.0, size=16_000_000, attempts=1, wait=1.0)
READING_SECONDS = 8.0
_MISSING = {404, 410}
_EXTRACT = "application/n-triples"


@dataclass(frozen=True)
class OutsideRecord:
    """What a record states of the properties that are compared, and when it was fetched.

    `fetched_at` is in seconds since 1970.
    """

    dataset: OutsideDataset
    iri: str
    triples: tuple[Triple, ...]
    fetched_at: float

    @property
    def identifier(self) -> str:
        """Return the identifier of the record in its dataset."""
        return self.dataset.identifier(self.iri)

    @cached_property
    def values(self) -> Mapping[str, tuple[NamedNode | Literal, ...]]:
        """Return the values of each property by its IRI."""
        return values_by_property(self.triples)


def values_by_property(triples: tuple[Triple, ...]) -> dict[str, tuple[NamedNode | Literal, ...]]:
    """Return the values of triples about one thing, by the IRI of their property."""
    values: dict[str, tuple[NamedNode | Literal, ...]] = {}
    for triple in triples:
        if isinstance(triple.object, NamedNode | Literal):
            name = triple.predicate.value
            values[name] = (*values.get(name, ()), triple.object)
    return values


def has_records(dataset: OutsideDataset) -> bool:
    """Tell whether records of a dataset can be looked at: it has them as RDF, and we a mapping."""
    return bool(dataset.record) and has_mapping(dataset.id)


class OutsideRecords:
    """Fetches records, and caches them for a day: what a mapping makes of them."""

    def __init__(
        self, client: OutsideClient, cache: ResponseFiles, reading_seconds: float = READING_SECONDS
    ) -> None:
        """Take what sends requests, where records are cached, and how long reading one may take."""
        self._client, self._cache, self._reading_seconds = client, cache, reading_seconds

    def cached(self, dataset: OutsideDataset, iri: str) -> OutsideRecord | None:
        """Return a record that was fetched within a day; None if it must be fetched."""
        response = self._cache.get(_key(dataset, iri))
        if response is None or abs(time.time() - response.fetched_at) >= DAY:
            return None
        quads = parse(response.body, format=RdfFormat.N_TRIPLES)
        return OutsideRecord(
            dataset, iri, tuple(quad.triple for quad in quads), response.fetched_at
        )

    def fetch(self, dataset: OutsideDataset, iri: str) -> OutsideRecord:
        """Fetch a record, whether or not it is cached; OutsideError says why it cannot be had."""
        identifier = dataset.identifier(iri)
        address = dataset.record_address(identifier)
        try:
            response = self._client.get(address, _ACCEPT, max_age=0, patience=_PATIENCE)
        except OutsideStatus as error:
            if error.status in _MISSING:
                raise NoSuchRecord(address, error.status) from error
            raise
        triples = _read(dataset, identifier, response, self._reading_seconds)
        body = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        extract = OutsideResponse(200, address, _EXTRACT, body, response.fetched_at)
        self._cache.put(_key(dataset, iri), extract)
        return OutsideRecord(dataset, iri, triples, response.fetched_at)


def _key(dataset: OutsideDataset, iri: str) -> str:
    # What was read by another mapping, or from elsewhere, is out of date.
    digest = sha256(f"{dataset.record} {mapping_query(dataset.id)}".encode()).hexdigest()[:16]
    return f"record {digest} {iri}"


def _read(
    dataset: OutsideDataset, identifier: str, response: OutsideResponse, seconds: float
) -> tuple[Triple, ...]:
    address = dataset.record_address(identifier)
    syntax = record_syntax(response.media_type)
    if not syntax:
        media = response.media_type[:80] or "no media type"
        raise OutsideMalformed(address, f"sends a record as {media}, which is not RDF")
    iris = dict.fromkeys((dataset.iri(identifier), *dataset.records(dataset.iri(identifier))))
    task = RecordTask(syntax, tuple(iris), mapping_query(dataset.id))
    try:
        triples = read_record(response.body, task, seconds)
    except UnreadableRecord as error:
        raise OutsideMalformed(address, f"sends a record that cannot be read: {error}") from error
    if not triples:
        raise OutsideMalformed(address, "sends a record with nothing to compare")
    return triples
