"""A query for reconciliation and its candidates, whatever version of the API they came by."""

from __future__ import annotations

from dataclasses import dataclass

from kg.matching.features import Feature

# How candidates of another kind than the wanted ones count: less; or not at all, if they have none
# of the kinds, or not all.
SHOULD, ANY, ALL = "should", "any", "all"
NONE = "none"


@dataclass(frozen=True)
class Condition:
    """A property and the values wanted of it: a text, or the slug of a thing of ours.

    `quantifier`: whether a candidate has any, all or none of the values; `required`: others are no
    candidates.
    """

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = ANY


@dataclass(frozen=True)
class ReconciliationQuery:
    """Names of one thing, its identifiers, kinds and properties, and how many candidates to give.

    `types` are names of classes; `strict` is one of SHOULD, ANY, ALL.
    """

    names: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strict: str = SHOULD
    limit: int = 5
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class ReconciliationCandidate:
    """A thing that a query may mean: its score, 0 to 1, why, and whether it is sure.

    `office` is the label of the position by which a person was looked up.
    """

    iri: str
    score: float
    features: tuple[Feature, ...]
    match: bool = False
    office: str = ""
