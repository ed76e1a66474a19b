"""What completes a name that is being typed: things, kinds, properties; alike in both versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from kg.model.prefixes import THING
from kg.reconciliation.kinds import listed_kinds, suggest_kinds
from kg.reconciliation.properties import (
    ReconciliationProperty,
    resolve_property,
    suggest_properties,
)
from kg.reconciliation.suggest import MOST_SUGGESTED, propose_properties, suggest_things
from kg.terms.vocabulary import read_vocabulary
from web.reconciliation.candidates import describe_thing_in_words, described_kind, types_of
from web.reconciliation.json_requests import MOST_RESULTS
from web.request.query_string import read_number
from web.serving.current_build import store

_SHOWN = 10
_LONGEST = 200


def suggested(what: str) -> Mapping[str, Any]:
    """Return the completions of the `prefix` in the address; `what` is entity, type or property."""
    prefix = request.args.get("prefix", "").strip()[:_LONGEST]
    limit, skip = min(read_number("limit", _SHOWN), MOST_RESULTS), _cursor()
    if what == "entity":
        return {"result": [_thing(iri) for iri in suggest_things(store(), prefix, limit, skip)]}
    if what == "type":
        kinds = suggest_kinds(store(), prefix, skip + limit)[skip:]
        return {"result": [described_kind(kind) for kind in kinds]}
    properties = suggest_properties(store(), prefix, skip + limit)[skip:]
    return {"result": [described_property(one) for one in properties]}


def _cursor() -> int:
    """Return how many completions the client has already; 0 and none are the same."""
    value = request.args.get("cursor", "0")
    return 0 if value in {"", "0"} else min(read_number("cursor", 1), MOST_SUGGESTED)


def _thing(iri: str) -> Mapping[str, Any]:
    return {
        "id": iri.removeprefix(THING),
        "name": read_vocabulary(store()).label(iri),
        "description": describe_thing_in_words(iri),
        "notable": types_of(iri),
    }


def described_property(one: ReconciliationProperty) -> Mapping[str, Any]:
    """Return a property by id and name, with its definition."""
    return {"id": one.id, "name": one.name, "description": one.description}


def proposed() -> Mapping[str, Any]:
    """Return the properties of a `type` that may be new columns."""
    kind = request.args.get("type", "").strip()[:_LONGEST]
    limit = min(read_number("limit", 4 * _SHOWN), MOST_RESULTS)
    properties = propose_properties(store(), kind, limit)
    return {
        **({"type": kind} if kind else {}),
        "limit": limit,
        "properties": [{"id": one.id, "name": one.name} for one in properties],
    }


def described(what: str, id_: str) -> tuple[str, str]:
    """Return the name and description of a kind or property; nothing if there is none."""
    if what == "type":
        kind = listed_kinds(store()).get(id_)
        return (kind.name, kind.description) if kind else ("", "")
    one = resolve_property(store(), id_)
    return (one.name, one.description) if one else ("", "")
