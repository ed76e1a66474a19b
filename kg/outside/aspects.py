"""What a look-through compares: `aspects.toml`, and the queries in `mappings` that read it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model.prefixes import TERM, expand
from kg.model.text_files import read

_HERE = Path(__file__).parent
_MAPPINGS, _ASPECTS = _HERE / "mappings", _HERE / "aspects.toml"


@dataclass(frozen=True)
class Aspect:
    """A property, by its IRI, by which a record is compared with a thing of ours.

    `kind` says how its values are compared: name, date, point or code.
    """

    iri: str
    label: str
    kind: str


@dataclass(frozen=True)
class Aspects:
    """All aspects in their order, and the kilometres within which points agree, by class."""

    aspects: tuple[Aspect, ...]
    distances: Mapping[str, float]

    def distance(self, classes: Iterable[str]) -> float:
        """Return within how many kilometres two points of a thing of some classes agree.

        >>> read_aspects().distance([TERM + "Place", TERM + "State"])
        800.0
        """
        names = (iri.removeprefix(TERM) for iri in classes)
        return max((self.distances[name] for name in names if name in self.distances), default=10.0)


@cache
def read_aspects() -> Aspects:
    """Return what is compared, in the order of the page."""
    table = tomllib.loads(read(_ASPECTS))
    rows = (Aspect(expand(row["property"]), row["label"], row["kind"]) for row in table["aspect"])
    return Aspects(tuple(rows), {name: float(far) for name, far in table["distances"].items()})


def has_mapping(dataset: str) -> bool:
    """Tell whether there is a query that reads records of a dataset.

    >>> has_mapping("wikidata"), has_mapping("m49")
    (True, False)
    """
    return (_MAPPINGS / f"{dataset}.rq").is_file()


@cache
def mapping_query(name: str) -> str:
    """Return the query that reads records of a dataset, or things of ours."""
    return read(_MAPPINGS / f"{name}.rq")
