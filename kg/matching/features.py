"""The features of two descriptions: what matching found of each kind of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from kg.matching.context_features import context_features
from kg.matching.description import Description
from kg.matching.name_features import name_features
from kg.matching.weights import weights


@dataclass(frozen=True)
class Feature:
    """One piece of evidence, 0 to 1; its `id`, up to a colon, is a row of `features.toml`."""

    id: str
    value: float

    @property
    def label(self) -> str:
        """Say what the feature means.

        >>> Feature("property:country", 1.0).label
        'The property has the value wanted; the identifier ends with the property: country'
        """
        name, colon, which = self.id.partition(":")
        table = weights()
        return ({**table.name, **table.context})[name].label + (colon and f": {which}")


def features(query: Description, candidate: Description) -> tuple[Feature, ...]:
    """Return all features for which both descriptions have something to compare."""
    by_surname = not candidate.titles and bool(candidate.classes & weights().by_surname)
    names = name_features(
        (text for text, _ in query.labels),
        (text for text, _ in candidate.labels),
        by_surname,
        candidate.titles,
    )
    rows = [*names.items(), *context_features(query, candidate)]
    return tuple(Feature(name, round(value, 3)) for name, value in rows)
