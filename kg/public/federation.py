"""SERVICE: which other endpoints a query may call, and the relay that calls them.

The engine would call any address and follow any redirect. So it is never given the address of an
endpoint, but that of a relay in this process, which calls the endpoint named in the settings and
no other, at an address that it has checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import EndpointFailed, KGError, QueryError
from kg.public.guard import guard
from kg.public.relay import Relay

# What `kg.public.guard` lets pass: the keyword, and an IRI in full.
_CALL = re.compile(r"(?i)(\bSERVICE(?:\s+SILENT)?\s*)<([^<>\s]*)>")


@dataclass(frozen=True)
class Federation:
    """The endpoints that SERVICE may name, by exact IRI; `local` ones may be at any address."""

    endpoints: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Federation:
        """Read SERVICE_ENDPOINTS and SERVICE_LOCAL, IRIs between white space.

        KGError if one is not an http or https address, or is local but not an endpoint.
        """
        endpoints = _iris("SERVICE_ENDPOINTS", settings)
        local = _iris("SERVICE_LOCAL", settings)
        if local - endpoints:
            raise KGError(
                f"KG_SERVICE_LOCAL names {min(local - endpoints)}, KG_SERVICE_ENDPOINTS not"
            )
        return cls(endpoints, local)


@contextmanager
def relay(query: str, federation: Federation, seconds: float = 30.0) -> Iterator[str]:
    """Give the text to run in place of a query that `kg.public.guard` has let pass.

    SERVICE calls in it go to a relay that listens for as long as the block lasts; without one, it
    is the query. When the engine fails because an endpoint did, EndpointFailed says which and why.
    """
    if "service" not in query.casefold() or not federation.endpoints:
        yield query
        return
    with Relay(federation.local, seconds) as open_relay:
        text = _CALL.sub(lambda call: _redirected(call, federation, open_relay), query)
        # Whatever the two ways of reading may differ in, no other address is left.
        guard(text, open_relay.addresses)
        try:
            yield text
        except QueryError as error:
            if open_relay.failure:
                raise EndpointFailed(open_relay.failure) from error
            raise


def _redirected(call: re.Match[str], federation: Federation, open_relay: Relay) -> str:
    # What stands in a string or a comment may look like a call: it goes on as it is.
    if call[2] not in federation.endpoints:
        return call[0]
    return f"{call[1]}<{open_relay.address(call[2])}>"


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
