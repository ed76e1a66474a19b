"""What properties of other datasets say of a candidate: the table `properties.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

_TABLE = Path(__file__).with_suffix(".toml")


@cache
def outside_properties(role: str) -> tuple[str, ...]:
    """Return the IRIs of the properties with a role, such as names, starts or points.

    >>> outside_properties("latitudes")
    ('http://www.w3.org/2003/01/geo/wgs84_pos#lat',)
    """
    return tuple(_roles()[role])


@cache
def role_of(iri: str) -> str:
    """Return the role of a property, "" if it has none.

    >>> role_of("http://www.wikidata.org/prop/direct/P570"), role_of("http://example.org/p")
    ('ends', '')
    """
    return next((role for role, iris in _roles().items() if iri in iris), "")


def service_properties(dataset: str) -> tuple[str, tuple[str, ...]]:
    """Return the namespace that a dataset's service leaves out of properties, and its ties.

    >>> service_properties("wikidata")[0], service_properties("geonames")
    ('http://www.wikidata.org/prop/direct/', ('', ()))
    """
    service = _table()["services"].get(dataset, {"space": "", "ties": ()})
    return service["space"], tuple(service["ties"])


def _roles() -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", _table()["roles"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))
