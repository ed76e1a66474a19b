"""SERVICE: which endpoints a query may call, and the query's text with their addresses replaced.

The engine would call any address and follow any redirect. So it never sees the address of an
endpoint, but one of a relay in this process, which calls the endpoints named in the settings and
no others, at addresses that it has checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.federation.bound_values import RunRows, bound_values
from kg.federation.inlined import inline_services
from kg.federation.relay import CALLS, ServeRelay, ServiceCall, ServiceRelay
from kg.model.errors import KGError, QueryError
from kg.sparql.service import ServiceClause, service_clauses
from kg.store.remote.queries.syntax_check import check_syntax


@dataclass(frozen=True)
class Federation:
    """The endpoints that SERVICE may name, by exact IRI; `local` ones may be at any address.

    `serve` is the HTTP server for the engine's calls. Processes with the same folder for `slots`
    share the calls that one endpoint receives at once (`kg.federation.relay`).
    """

    endpoints: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    serve: ServeRelay | None = None
    slots: Path | None = None

    def __post_init__(self) -> None:
        """Refuse endpoints without a server: the engine would then call them itself."""
        if self.endpoints and self.serve is None:
            raise KGError("SERVICE endpoints need a server for the engine's calls")

    @classmethod
    def of(
        cls, settings: Mapping[str, object], serve: ServeRelay, slots: Path | None = None
    ) -> Federation:
        """Read SERVICE_ENDPOINTS and SERVICE_LOCAL, IRIs separated by white space.

        KGError if one is not an http or https address, or is local but not an endpoint.
        """
        endpoints = _iris("SERVICE_ENDPOINTS", settings)
        local = _iris("SERVICE_LOCAL", settings)
        if local - endpoints:
            raise KGError(
                f"KG_SERVICE_LOCAL names {min(local - endpoints)}, KG_SERVICE_ENDPOINTS not"
            )
        return cls(endpoints, local, serve, slots)


@dataclass(frozen=True)
class RedirectedQuery:
    """The text to run in place of a query, and the endpoint behind each address in it."""

    text: str
    endpoints: Mapping[str, str] = field(default_factory=dict)

    def restore(self, body: bytes) -> bytes:
        """Replace relay addresses in a response by the endpoints that the query names."""
        for address, endpoint in self.endpoints.items():
            body = body.replace(address.encode(), endpoint.encode())
        return body


@contextmanager
def redirect_services(
    query: str, federation: Federation, seconds: float = 30.0, run: RunRows | None = None
) -> Iterator[RedirectedQuery]:
    """Yield the text to run in place of a query that `kg.endpoint.guard` has passed.

    Its SERVICE calls go to a relay that is served while the block runs, with the values that they
    are joined with if there is a `run` to find them; a query without SERVICE stays as it is. At the
    end EndpointFailed names the endpoint that failed, ServiceLimit the limit exceeded, even if the
    engine went on: the block never ends well with part of a result.
    """
    services = service_clauses(query) if federation.endpoints else []
    if not services or federation.serve is None:
        yield RedirectedQuery(query)
        return
    # One relay for each query: its secret paths and its allowance end with it.
    relay = ServiceRelay(query, federation.local, seconds, federation.slots)
    with federation.serve(relay) as url:
        try:
            yield _redirect(query, services, relay, url, run)
        except QueryError as error:
            if relay.failure:
                raise relay.failure from error
            raise
        if relay.failure:
            raise relay.failure


def with_service_results(
    query: str, federation: Federation, seconds: float, run: RunRows | None = None, base: str = ""
) -> RedirectedQuery:
    """Return the text to run on an engine that cannot reach this process: it calls nobody.

    The results of SERVICE calls stand in their place. Errors are those of `redirect_services`, and
    QueryError for what is no SPARQL, with which nobody is called; relative IRIs are so to `base`.
    """
    services = service_clauses(query) if federation.endpoints else []
    if not services:
        return RedirectedQuery(query)
    check_syntax(query, base)
    relay = ServiceRelay(query, federation.local, seconds, federation.slots)
    return RedirectedQuery(inline_services(query, services, relay, run, base))


def _redirect(
    query: str,
    services: Sequence[ServiceClause],
    relay: ServiceRelay,
    url: str,
    run: RunRows | None,
) -> RedirectedQuery:
    pieces, endpoints, last = [], {}, 0
    for number, clause in enumerate(services):
        # No query makes more calls; each takes a query of ours.
        values = bound_values(query, clause, run) if run and number < CALLS else None
        address = url + relay.add(ServiceCall(clause.endpoint, clause.silent, values))
        endpoints[address] = clause.endpoint
        pieces += [query[last : clause.start], f"<{address}>"]
        last = clause.end
    return RedirectedQuery("".join([*pieces, query[last:]]), endpoints)


def _iris(name: str, settings: Mapping[str, object]) -> frozenset[str]:
    iris = frozenset(str(settings.get(name, "")).split())
    for iri in iris:
        try:
            parts = urlsplit(iri)
            valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            valid = False
        # User names would be sent to the endpoint; the rest cannot stand in an IRIREF of SPARQL.
        if not valid or "@" in parts.netloc or "#" in iri or re.search(r'[<>"{}|^`\\]', iri):
            raise KGError(
                f"KG_{name} names “{iri}”, which is not the http(s) address of an endpoint"
            )
    return iris
