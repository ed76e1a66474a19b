"""Score a candidate by its features, and decide whether the best of several is sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.matching.description import Description
from kg.matching.features import Feature, features
from kg.matching.name_features import name_value
from kg.matching.weights import Weight, weights


@dataclass(frozen=True)
class Score:
    """How alike two descriptions are, 0 to 1, and the features that say so."""

    value: float
    features: tuple[Feature, ...]


def score(query: Description, candidate: Description) -> Score:
    """Score a candidate for a query.

    The name counts by its best feature; what else both sides say is averaged with it by weight,
    and multiplies the score by the feature's `contradiction` if it excludes the other side.

    >>> query = Description("", (("Shinzo Abe", "en"),))
    >>> score(query, Description("a", (("安倍晋三", "ja"), ("Abe Shinzō", "en")))).value
    0.9702
    """
    evidence = features(query, candidate)
    names = {f.id: f.value for f in evidence if f.id in weights().name}
    context = [(_weight(f), f.value) for f in evidence if f.id not in names]
    if not query.labels:
        total, weight = 0.0, 0.0
    else:
        total, weight = name_value(names), 1.0
    total += sum(row.weight * value for row, value in context)
    weight += sum(row.weight for row, _ in context)
    value = total / weight if weight else 0.0
    return Score(round(value * _contradictions(context), 4), evidence)


def confident(scores: Sequence[Score]) -> bool:
    """Tell whether the first of some scores, best first, is sure: high, and ahead of the second.

    >>> confident([Score(0.97, ()), Score(0.6, ())]), confident([Score(0.97, ()), Score(0.96, ())])
    (True, False)
    """
    if not scores or scores[0].value < weights().threshold:
        return False
    return len(scores) == 1 or scores[0].value - scores[1].value >= weights().lead


def _weight(feature: Feature) -> Weight:
    return weights().context[feature.id.partition(":")[0]]


def _contradictions(context: Iterable[tuple[Weight, float]]) -> float:
    product = 1.0
    for row, value in context:
        product *= row.contradiction if value == 0 else 1.0
    return product
