"""IRIs made from the cells of a row, by templates as `http://example.org/{state}` or `id:{slug}`.

https://www.w3.org/TR/tabular-metadata/#uri-template-properties
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urljoin

import uritemplate
from csvw.metadata_utils import NAMESPACES as CSVW_PREFIXES
from pyoxigraph import NamedNode

from kg.model.prefixes import prefixes

Values = Mapping[str, str | list[str] | None]

# A name with another scheme than these, and without //, has a prefix that nobody declared.
_SCHEMES = {"urn", "tag", "mailto", "info", "doi", "geo", "data", "did", "tel", "ark", "oid"}
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!//)(.*)", re.DOTALL)


class IriTemplate:
    """A template, and the IRI that relative ones are resolved against."""

    def __init__(self, text: str, base: str, fixed: Mapping[str, str] | None = None) -> None:
        """Parse a template (RFC 6570), in which some variables have one value in every row.

        ValueError if it has an unknown prefix, or has no variable and is no IRI.
        """
        self.text, self._base, self._fixed = text, base, fixed or {}
        self._template = uritemplate.URITemplate(text)
        names = dict.fromkeys(self._template.variable_names)
        self.variables = tuple(name for name in names if name not in self._fixed)
        # Values repeat down a column, and an expansion takes 5 µs.
        self._cached = lru_cache(maxsize=10_000)(self._expand)
        self._last_values: Values | None = None
        self._last: NamedNode | None = None
        self._constant = None if self.variables else self._expand()

    def expand(self, values: Values) -> NamedNode | None:
        """Fill in the values of a row; None if one is missing, ValueError if that is no IRI."""
        if self._constant:
            return self._constant
        # The columns of a row share the template of its subject.
        if self._last_values is not values:
            chosen = [_frozen(values[name]) for name in self.variables]
            self._last = None if None in chosen else self._cached(*chosen)
            self._last_values = values
        return self._last

    def _expand(self, *chosen: str | tuple[str, ...] | None) -> NamedNode:
        pairs = zip(self.variables, chosen, strict=True)
        filled = {name: list(v) if isinstance(v, tuple) else v for name, v in pairs}
        iri = absolute(self._template.expand({**filled, **self._fixed}), self._base)
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise ValueError(f"“{iri}” is not an absolute IRI") from error


def _frozen(value: str | list[str] | None) -> str | tuple[str, ...] | None:
    # Lists cannot be keys of the cache.
    return tuple(value) if isinstance(value, list) else value


def absolute(name: str, base: str) -> str:
    """Write out a prefixed name, or resolve a relative IRI.

    The prefixes of ontology/prefixes.ttl go before those that CSVW declares itself
    (https://www.w3.org/ns/csvw.jsonld). ValueError if the prefix is in neither.

    >>> absolute("wd:Q17", "")
    'http://www.wikidata.org/entity/Q17'
    >>> absolute("foaf:name", "")
    'http://xmlns.com/foaf/0.1/name'
    >>> absolute("#day", "http://example.org/votes.csv")
    'http://example.org/votes.csv#day'
    """
    if name.startswith(("http://", "https://")):
        return name
    match = _PREFIXED.fullmatch(name)
    if not match or match[1].lower() in _SCHEMES:
        return urljoin(base, name)
    prefix, local = match.groups()
    space = prefixes().get(prefix) or CSVW_PREFIXES.get(prefix)
    if space is None:
        raise ValueError(f"the prefix “{prefix}:” is not in ontology/prefixes.ttl")
    return space + local
