"""What matching may use of a thing, ours or another dataset's."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.dates import Period


@dataclass(frozen=True)
class Description:
    """A thing for comparison; what is not known is left empty, and then does not count.

    `classes` are IRIs of our classes, on one side with all classes above them. `neighbours` are the
    folded names of things tied to it. `values` are (property, value) pairs: of a query those that
    it demands, of a candidate those that it has. `titles`: the labels are those of an office, which
    nobody calls by its last word.
    """

    iri: str
    labels: tuple[tuple[str, str], ...] = ()
    classes: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    neighbours: frozenset[str] = frozenset()
    values: tuple[tuple[str, str], ...] = ()
    titles: bool = False
