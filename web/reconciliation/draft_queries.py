"""Queries and candidates as the draft of version 1.0 of the API writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.model.languages import current_language
from kg.reconciliation.query import (
    ALL,
    ANY,
    NONE,
    Condition,
    ReconciliationCandidate,
    ReconciliationQuery,
)
from web.reconciliation.candidates import describe_candidate
from web.reconciliation.json_requests import (
    array,
    mapping,
    number_of_results,
    one_of,
    only,
    property_texts,
    required,
    string,
)
from web.request.bounds import CANDIDATES, CONDITIONS, NAMES

_FIELDS = ("type", "limit", "lang", "dir", "conditions")
_MATCH_TYPES = ("name", "id", "property")


def read_queries(value: object) -> list[ReconciliationQuery]:
    """Read the queries of a request in their order; 400 says what is wrong where."""
    fields = mapping(value, "the request")
    listed = array(required(fields, "the request", "queries"), "queries", NAMES)
    return [_query(one, f"queries[{number}]") for number, one in enumerate(listed)]


def _query(value: object, place: str) -> ReconciliationQuery:
    fields = mapping(value, place)
    only(fields, place, _FIELDS)
    query = ReconciliationQuery(
        types=(string(fields["type"], f"{place}.type"),) if fields.get("type") else (),
        # The draft: a type restricts the search to it.
        strict=ANY,
        limit=number_of_results(fields, place, CANDIDATES),
    )
    at = f"{place}.conditions"
    conditions = array(required(fields, place, "conditions"), at, CONDITIONS, least=1)
    for number, one in enumerate(conditions):
        query = _with_condition(query, mapping(one, f"{at}[{number}]"), f"{at}[{number}]")
    return query


def _with_condition(
    query: ReconciliationQuery, fields: Mapping[str, Any], place: str
) -> ReconciliationQuery:
    kind = one_of(required(fields, place, "matchType"), f"{place}.matchType", _MATCH_TYPES)
    value = required(fields, place, "propertyValue")
    values = property_texts(value, f"{place}.propertyValue", CONDITIONS)
    if kind == "name":
        return replace(query, names=(*query.names, *filter(None, map(str.strip, values))))
    if kind == "id":
        return replace(query, slugs=(*query.slugs, *values))
    condition = Condition(
        string(required(fields, place, "propertyId"), f"{place}.propertyId"),
        values,
        required=fields.get("required") is True,
        quantifier=one_of(
            fields.get("matchQuantifier", ANY), f"{place}.matchQuantifier", (ANY, ALL, NONE)
        ),
    )
    return replace(query, conditions=(*query.conditions, condition))


def candidates_result(candidates: Sequence[ReconciliationCandidate]) -> Mapping[str, Any]:
    """Return the candidates of one query as JSON."""
    return {"candidates": [_written(candidate) for candidate in candidates]}


def _written(candidate: ReconciliationCandidate) -> Mapping[str, Any]:
    features = [{"id": f.id, "name": f.label, "value": f.value} for f in candidate.features]
    return {**describe_candidate(candidate), "features": features, "lang": current_language()}
