"""A candidate as both versions of the API write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.index.reader import index
from kg.lists.items import list_items
from kg.model.prefixes import TERM, THING
from kg.reconciliation.kinds import Kind, listed_kinds
from kg.reconciliation.query import ReconciliationCandidate
from kg.terms.vocabulary import read_vocabulary
from web.serving.current_build import store

# Scores are per cent, as the draft's standardised scores are.
_PERCENT = 100


def describe_candidate(candidate: ReconciliationCandidate) -> Mapping[str, Any]:
    """Return a candidate's id, name, description, kinds, score and match."""
    iri = candidate.iri
    return {
        "id": iri.removeprefix(THING),
        "name": read_vocabulary(store()).label(iri),
        "description": _description(iri, candidate.office),
        "type": types_of(iri),
        "score": round(_PERCENT * candidate.score, 2),
        "match": candidate.match,
    }


def _description(iri: str, office: str) -> str:
    """Say what a thing is: the office by which it was looked up, whether it took place, its kinds.

    Whole sentences take ten times as long to make, and a table has a thousand names.
    """
    vocabulary = read_vocabulary(store())
    kinds = [vocabulary.term_label(kind) for kind in index(store()).values(iri, "type")]
    return ", ".join(filter(None, [office, *kinds, vocabulary.status(iri)]))


def types_of(iri: str) -> list[dict[str, Any]]:
    """Return the narrowest kinds of a thing, principal ones first."""
    kinds = listed_kinds(store())
    names = (kind.removeprefix(TERM) for kind in index(store()).values(iri, "type"))
    ranked = sorted((kinds[name] for name in names if name in kinds), key=_principal_first)
    return [{"id": kind.id, "name": kind.name} for kind in ranked]


def _principal_first(kind: Kind) -> tuple[bool, str]:
    return (not kind.principal, kind.name)


def describe_thing_in_words(iri: str) -> str:
    """Return the sentence that opens a thing's page, else how it did not simply occur."""
    (item,) = list_items(store(), (iri,))
    return item.description or item.thing.status


def described_kind(kind: Kind) -> dict[str, Any]:
    """Return a kind with its definition and the kinds above it."""
    kinds = listed_kinds(store())
    above = [{"id": name, "name": kinds[name].name} for name in kind.broader if name in kinds]
    return {"id": kind.id, "name": kind.name, "description": kind.description, "broader": above}
