"""Queries and candidates as version 0.2 of the API writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.exceptions import BadRequest

from kg.reconciliation.query import (
    ALL,
    ANY,
    SHOULD,
    Condition,
    ReconciliationCandidate,
    ReconciliationQuery,
)
from web.reconciliation.candidates import describe_candidate
from web.reconciliation.json_requests import (
    array,
    at_most,
    mapping,
    number_of_results,
    one_of,
    only,
    property_texts,
    required,
    string,
)
from web.request.bounds import CANDIDATES, CONDITIONS, NAMES

_FIELDS = ("query", "type", "limit", "properties", "type_strict")


def read_batch(value: object, place: str = "queries") -> dict[str, ReconciliationQuery]:
    """Read a batch of queries by key; 400 says what is wrong where, 413 if there are too many."""
    batch = mapping(value, place)
    at_most(batch, place, NAMES)
    return {key: read_query(one, key) for key, one in batch.items()}


def read_query(value: object, place: str) -> ReconciliationQuery:
    """Read one query of a batch; `place` is its key, for messages."""
    fields = mapping(value, place)
    only(fields, place, _FIELDS)
    types = fields.get("type", [])
    listed = array([types] if isinstance(types, str) else types, f"{place}.type", CONDITIONS)
    name = string(fields.get("query", ""), f"{place}.query").strip()
    conditions = _conditions(fields.get("properties", []), f"{place}.properties")
    if "query" not in fields and not conditions:
        raise BadRequest(f"{place} has no query and no properties; it needs one of them")
    return ReconciliationQuery(
        names=(name,) if name else (),
        types=tuple(string(one, f"{place}.type") for one in listed if one),
        strict=one_of(
            fields.get("type_strict", SHOULD), f"{place}.type_strict", (ANY, ALL, SHOULD)
        ),
        limit=number_of_results(fields, place, CANDIDATES),
        conditions=conditions,
    )


def _conditions(value: object, place: str) -> tuple[Condition, ...]:
    listed = array(value, place, CONDITIONS)
    conditions = []
    for number, one in enumerate(listed):
        at = f"{place}[{number}]"
        fields = mapping(one, at)
        name = string(required(fields, at, "pid"), f"{at}.pid")
        values = property_texts(required(fields, at, "v"), f"{at}.v", CONDITIONS)
        conditions.append(Condition(name, values))
    return tuple(conditions)


def result(candidates: Sequence[ReconciliationCandidate]) -> Mapping[str, Any]:
    """Return the result of one query as JSON."""
    return {"result": [_written(candidate) for candidate in candidates]}


def _written(candidate: ReconciliationCandidate) -> Mapping[str, Any]:
    described = describe_candidate(candidate)
    features = [{"id": f.id, "value": f.value} for f in candidate.features]
    return {**described, "features": features}
