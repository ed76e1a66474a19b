"""The engines of the settings, each with its dialect, and the build that it holds."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.store.remote.addresses import Addresses, EngineSettings
from kg.store.remote.authentication import Authentication
from kg.store.remote.dialects import Dialect, dialect_of
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import ROWS, RemoteEngine
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.http_client import EngineLost
from kg.store.remote.marker import BuildMarker, read_marker
from kg.store.remote.query_bounds import QueryBounds

_REFUSED = 400
# What the first question to an engine may take.
_SECONDS, _BYTES = 10.0, 100_000


def open_endpoint(addresses: Addresses, settings: EngineSettings) -> tuple[Endpoint, Dialect]:
    """Return an engine's endpoint and its dialect, as set or as it says of itself.

    EngineUnavailable if it does not answer.
    """
    endpoint = Endpoint(addresses, Authentication(settings.user, settings.password))
    dialect = settings.dialect or _dialect(endpoint)
    endpoint.addresses = addresses.with_defaults(dialect)
    return endpoint, dialect


def _dialect(endpoint: Endpoint) -> Dialect:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": ROWS}
    body = urlencode({"query": "ASK { ?s ?p ?o }"}).encode()
    try:
        reply = endpoint.post(body, headers, QueryBounds.of(_SECONDS, _BYTES))
    except EngineLost as error:
        raise EngineUnavailable(str(error)) from error
    if reply.status >= _REFUSED:
        raise endpoint.failure(f"HTTP {reply.status} for a query")
    return dialect_of(reply.headers.get("server", ""))


def build_at(engine: RemoteEngine) -> BuildMarker | None:
    """Return which build an engine holds, None for none; EngineUnavailable if it does not say."""
    return read_marker(engine.select)
