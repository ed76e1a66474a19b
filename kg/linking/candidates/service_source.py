"""Candidates by a reconciliation service, as OpenRefine asks one (version 0.2 and before).

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.linking.candidates.block import SoughtThing
from kg.linking.candidates.candidate import CandidateFacts, OutsideCandidate
from kg.linking.candidates.endpoint import MONTH
from kg.linking.candidates.properties import outside_properties, service_properties
from kg.model.outside_datasets import OutsideDataset
from kg.outside.client import OutsideClient
from kg.outside.errors import OutsideMalformed

# Services answer ten queries in a second or so, and put the best first.
_THINGS, _NAMES, _CANDIDATES, _DESCRIBED = 8, 3, 6, 40
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_TYPE, _LABEL, _DESCRIPTION, _NEIGHBOUR = (
    outside_properties(role)[0] for role in ("kinds", "names", "descriptions", "neighbours")
)
_EXTENDED = ("starts", "ends", "days", "points")


class ServiceSource:
    """Asks a reconciliation service for each thing by its names, then extends what it finds."""

    block_size = _THINGS

    def __init__(self, address: str, client: OutsideClient, dataset: OutsideDataset) -> None:
        """Take the service's address, the client, and the dataset that its answers are from."""
        self.address = address
        self._client, self._dataset = client, dataset
        self._manifest: dict[str, Any] | None = None

    def prepare(self, things: Sequence[SoughtThing]) -> None:
        """Do nothing: each block is asked for by itself."""

    def candidates(self, block: Sequence[SoughtThing]) -> dict[str, list[OutsideCandidate]]:
        """Return the candidates for each thing of a block, which all have the same kinds."""
        queries = {
            f"{number}-{at}": {"query": name, "limit": _CANDIDATES, **self._typed(thing)}
            for number, thing in enumerate(block)
            for at, name in enumerate(_asked_names(thing))
        }
        answer = self._ask({"queries": json.dumps(queries, ensure_ascii=False)}) if queries else {}
        facts: dict[str, CandidateFacts] = {}
        found: dict[str, set[str]] = {thing.iri: set() for thing in block}
        for key in queries:
            thing = block[int(key.partition("-")[0])]
            for one in self._results(answer, key):
                iri = self._dataset.iri(str(one["id"]))
                found[thing.iri].add(iri)
                self._add(facts.setdefault(iri, CandidateFacts(iri)), one)
        self._extend(facts)
        described = {iri: one.candidate() for iri, one in facts.items()}
        return {iri: [described[one] for one in sorted(iris)] for iri, iris in found.items()}

    def _typed(self, thing: SoughtThing) -> dict[str, Any]:
        kind = self._dataset.identifier(thing.kind)
        return {"type": kind} if kind else {}

    def _results(self, answer: dict[str, Any], key: str) -> list[dict[str, Any]]:
        try:
            results = answer[key]["result"]
            return [one for one in results if self._is_record(one["id"])]
        except (KeyError, TypeError) as error:
            raise self._malformed(f"has no result for the query {key}") from error

    def _is_record(self, identifier: object) -> bool:
        try:
            # What has a space or a bracket in it is no part of an IRI, nor of a row of a table.
            NamedNode(self._dataset.iri(str(identifier)))
        except ValueError:
            return False
        return isinstance(identifier, str | int)

    def _add(self, facts: CandidateFacts, result: dict[str, Any]) -> None:
        facts.add(_LABEL, str(result.get("name", "")))
        facts.add(_DESCRIPTION, str(result.get("description") or ""))
        kinds = result.get("type") or result.get("types") or []
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            identifier = kind.get("id", "") if isinstance(kind, dict) else kind
            facts.add(_TYPE, self._iri(str(identifier)))

    def _iri(self, identifier: str) -> str:
        return identifier if "://" in identifier else self._dataset.iri(identifier)

    def _extend(self, facts: dict[str, CandidateFacts]) -> None:
        """Ask for days, coordinates and ties, if the service extends data at all."""
        if not facts or not isinstance(self._described().get("extend"), dict):
            return
        properties = _extension(self._dataset)
        ids = {self._dataset.identifier(iri): one for iri, one in facts.items()}
        names = sorted(ids)
        for at in range(0, len(names), _DESCRIBED):
            some = names[at : at + _DESCRIBED]
            asked = {"ids": some, "properties": [{"id": one} for one in properties]}
            rows = self._ask({"extend": json.dumps(asked)}).get("rows")
            try:
                self._add_rows(ids, properties, rows)
            except (AttributeError, TypeError) as error:
                raise self._malformed("extends data in a form of its own") from error

    def _add_rows(
        self, ids: dict[str, CandidateFacts], properties: dict[str, str], rows: Any
    ) -> None:
        for name, row in rows.items():
            for property_, values in row.items() if name in ids else ():
                for value in values:
                    ids[name].add(properties.get(property_, ""), _cell(value))

    def _described(self) -> dict[str, Any]:
        if self._manifest is None:
            self._manifest = self._read(self._client.get(self.address, _JSON, MONTH).body)
        return self._manifest

    def _ask(self, parameters: dict[str, str]) -> dict[str, Any]:
        # By POST: a batch is longer than an address may be.
        form = urlencode(parameters).encode()
        response = self._client.post(self.address, form, _FORM, _JSON, MONTH)
        try:
            return self._read(response.body)
        except OutsideMalformed:
            if not response.from_cache:
                raise
            return self._read(self._client.post(self.address, form, _FORM, _JSON, 0).body)

    def _read(self, body: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise self._malformed("sends no JSON") from error
        if not isinstance(answer, dict):
            raise self._malformed("sends no object of JSON")
        return answer

    def _malformed(self, wrong: str) -> OutsideMalformed:
        hint = "is that the address of a reconciliation service?"
        return OutsideMalformed(self.address, f"{wrong} at {self.address}; {hint}")


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


def _cell(value: object) -> str:
    """Return what a cell of data extension holds, as text.

    >>> _cell({"date": "1954-09-21"}), _cell({"id": "Q17", "name": "Japan"}), _cell({})
    ('1954-09-21', 'Japan', '')
    """
    if not isinstance(value, dict):
        return ""
    return next(
        (str(value[key]) for key in ("date", "str", "name", "float", "int") if key in value), ""
    )
