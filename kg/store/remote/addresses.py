"""The addresses of a SPARQL engine, and the credentials for it, from the environment.

KG_STORE has the address of queries, of several engines with commas between. Where they differ from
what the engine's dialect says, KG_STORE_UPDATE and KG_STORE_GRAPHS have those of updates and of the
Graph Store Protocol, in the same order.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kg.model.errors import KGError
from kg.store.remote.dialects import DIALECTS, STANDARD, Dialect, dialect_named


@dataclass(frozen=True)
class Addresses:
    """Where an engine takes queries, updates, and graphs by the Graph Store Protocol."""

    query: str
    update: str = ""
    graphs: str = ""

    def with_defaults(self, dialect: Dialect) -> Addresses:
        """Return them with those of the dialect where none is set.

        >>> from kg.store.remote.dialects import dialect_of
        >>> Addresses("http://db:8890/sparql").with_defaults(dialect_of("Virtuoso/7")).update
        'http://db:8890/sparql-auth'
        """
        update = self.update or urljoin(self.query, dialect.update)
        graphs = self.graphs or urljoin(self.query, dialect.graphs)
        return Addresses(self.query, update, graphs)


@dataclass(frozen=True, repr=False)
class EngineSettings:
    """The engines that KG_STORE names, and how to speak to them.

    Without a `repr`, so that no password comes into a log.
    """

    addresses: tuple[Addresses, ...] = ()
    user: str = ""
    password: str = ""
    dialect: Dialect | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> EngineSettings:
        """Read the settings; KGError for what is no address, or an engine that is not listed."""
        queries = _list(environment.get("KG_STORE", ""))
        updates = _list(environment.get("KG_STORE_UPDATE", ""))
        graphs = _list(environment.get("KG_STORE_GRAPHS", ""))
        for name, others in (("KG_STORE_UPDATE", updates), ("KG_STORE_GRAPHS", graphs)):
            if others and len(others) != len(queries):
                raise KGError(f"{name} has {len(others)} addresses, KG_STORE {len(queries)}")
        none = [""] * len(queries)
        addresses = zip(queries, updates or none, graphs or none, strict=True)
        return cls(
            tuple(_checked(*urls) for urls in addresses),
            environment.get("KG_STORE_USER", ""),
            environment.get("KG_STORE_PASSWORD", ""),
            _dialect(environment.get("KG_STORE_ENGINE", "")),
        )

    def at(self, query: str) -> EngineSettings:
        """Return the settings for the engine at one address, as KG_STORE has it or any other."""
        listed = (addresses for addresses in self.addresses if addresses.query == query)
        addresses = next(listed, None) or _checked(query)
        return EngineSettings((addresses,), self.user, self.password, self.dialect)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _checked(query: str, update: str = "", graphs: str = "") -> Addresses:
    for url in filter(None, (query, update, graphs)):
        # Before anything may fail, as the message of what is no address repeats it.
        if "@" in url.partition("//")[2].partition("/")[0]:
            raise KGError(
                "the address of an engine holds a user's name; "
                "set KG_STORE_USER and KG_STORE_PASSWORD instead"
            )
        try:
            parts = urlsplit(url)
            is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
            is_address = is_address and parts.port != 0
        except ValueError:
            is_address = False
        if not is_address:
            raise KGError(f"{url!r} is not the http or https address of a SPARQL engine")
    return Addresses(query, update, graphs)


def _dialect(name: str) -> Dialect | None:
    dialect = dialect_named(name) if name else None
    if name and dialect is None:
        listed = ", ".join(sorted(each.name for each in (*DIALECTS, STANDARD)))
        raise KGError(f"KG_STORE_ENGINE is {name!r}, which is no engine that is listed: {listed}")
    return dialect
