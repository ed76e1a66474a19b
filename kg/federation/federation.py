"""SERVICE: which other endpoints a query may call, and the relay that calls them.

The engine would call any address and follow any redirect. So it is never given the address of an
endpoint, but that of a relay in this process, which calls the endpoint named in the settings and
no other, at an address that it has checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.endpoint.guard import Call, calls
from kg.federation.relay import ServiceCall, ServiceRelay
from kg.model.errors import KGError, QueryError


@dataclass(frozen=True)
class Federation:
    """The endpoints that SERVICE may name, by exact IRI; `local` ones may be at any address.

    Processes with the same folder for `turns` call one endpoint by turns: `kg.federation.relay`.
    """

    endpoints: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    turns: Path | None = None

    @classmethod
    def of(cls, settings: Mapping[str, object], turns: Path | None = None) -> Federation:
        """Read SERVICE_ENDPOINTS and SERVICE_LOCAL, IRIs between white space.

        KGError if one is not an http or https address, or is local but not an endpoint.
        """
        endpoints = _iris("SERVICE_ENDPOINTS", settings)
        local = _iris("SERVICE_LOCAL", settings)
        if local - endpoints:
            raise KGError(
                f"KG_SERVICE_LOCAL names {min(local - endpoints)}, KG_SERVICE_ENDPOINTS not"
            )
        return cls(endpoints, local, turns)


@dataclass(frozen=True)
class RedirectedQuery:
    """The text to run in place of a query, and for each address in it the endpoint meant."""

    text: str
    endpoints: Mapping[str, str] = field(default_factory=dict)

    def restored(self, body: bytes) -> bytes:
        """Return what was written about the text with the endpoints that the query names."""
        for address, endpoint in self.endpoints.items():
            body = body.replace(address.encode(), endpoint.encode())
        return body


@contextmanager
def redirect_services(
    query: str, federation: Federation, seconds: float = 30.0
) -> Iterator[RedirectedQuery]:
    """Give the text to run in place of a query that `kg.endpoint.guard` has let pass.

    SERVICE calls in it go to a relay that listens for as long as the block lasts; without one, it
    is the query. EndpointFailed says which endpoint failed and why, ServiceLimit that the calls
    take too much, even where the engine has gone on: the block is never left with part of an
    answer.
    """
    sites = calls(query) if federation.endpoints and "service" in query.casefold() else []
    if not sites:
        yield RedirectedQuery(query)
        return
    with ServiceRelay(query, federation.local, seconds, federation.turns) as open_relay:
        try:
            yield _redirected(query, sites, open_relay)
        except QueryError as error:
            if open_relay.failure:
                raise open_relay.failure from error
            raise
        if open_relay.failure:
            raise open_relay.failure


def _redirected(query: str, sites: Sequence[Call], open_relay: ServiceRelay) -> RedirectedQuery:
    written, endpoints, last = [], {}, 0
    for start, end, endpoint, silent in sites:
        address = open_relay.address(ServiceCall(endpoint, silent))
        endpoints[address] = endpoint
        written += [query[last:start], f"<{address}>"]
        last = end
    return RedirectedQuery("".join([*written, query[last:]]), endpoints)


def _iris(name: str, settings: Mapping[str, object]) -> frozenset[str]:
    iris = frozenset(str(settings.get(name, "")).split())
    for iri in iris:
        try:
            parts = urlsplit(iri)
            good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            good = False
        if not good or "@" in parts.netloc or "#" in iri or re.search(r'[<>"{}|^`\\]', iri):
            raise KGError(
                f"KG_{name} names “{iri}”, which is not the http(s) address of an endpoint"
            )
    return iris
