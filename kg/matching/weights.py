"""The weights of features and the limits of decisions, read from `features.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import expand
from kg.model.text_files import read

FEATURES = Path(__file__).with_name("features.toml")


@dataclass(frozen=True)
class Weight:
    """How much a feature counts; a contradiction multiplies the score by what it leaves of it."""

    label: str
    weight: float
    contradiction: float = 1.0


@dataclass(frozen=True)
class Weights:
    """All numbers of `features.toml`; distances in kilometres."""

    threshold: float
    lead: float
    name: Mapping[str, Weight]
    context: Mapping[str, Weight]
    same: float
    apart: float
    enough: int
    identifiers: frozenset[str]
    by_surname: frozenset[str]
    without_day: float
    office_with_day: float
    not_attested: float


@cache
def weights() -> Weights:
    """Return the weights of the features."""
    tables = tomllib.loads(read(FEATURES))
    return Weights(
        tables["threshold"],
        tables["lead"],
        {name: Weight(**row) for name, row in tables["name"].items()},
        {name: Weight(**row) for name, row in tables["context"].items()},
        tables["place"]["same"],
        tables["place"]["apart"],
        tables["neighbours"]["enough"],
        frozenset((*tables["identifiers"]["properties"], *outside_datasets())),
        frozenset(map(expand, tables["short"]["by_surname"])),
        **tables["office"],
    )
