"""The engines of the settings, each with its dialect, and the build that it holds."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from kg.store.remote.addresses import Addresses, EngineSettings
from kg.store.remote.authentication import Authentication
from kg.store.remote.dialects import Dialect, dialect_of
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import ROWS, RemoteEngine
from kg.store.remote.errors import EngineFailed, EngineUnavailable
from kg.store.remote.http_client import EngineLost
from kg.store.remote.marker import BuildMarker, read_marker
from kg.store.remote.query_bounds import QueryBounds, bounded
from kg.store.remote.replicas import Replicas

_log = logging.getLogger(__name__)

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


def engine_holding(
    number: str, *, needed: bool, settings: EngineSettings | None = None
) -> RemoteEngine | None:
    """Return the engine of KG_STORE, or other settings, that holds a build; None if there is none.

    If it is `needed`, as nothing else holds the build, EngineUnavailable says what is missing; one
    of which no server holds the build yet is returned, and says so when it is asked.
    """
    settings = settings or EngineSettings.of()
    if not settings.addresses:
        if needed:
            raise EngineUnavailable(
                f"build {number} is in a SPARQL engine, and KG_STORE names none"
            )
        return None
    try:
        engine = open_replicas(settings, number)
    except EngineUnavailable:
        if needed:
            raise
        return None
    unused = [status.reason for status in engine.replicas()]
    if needed or not all(unused):
        return engine
    _log.warning("no engine of KG_STORE holds build %s: it is served without them", number)
    return None


def open_replicas(settings: EngineSettings, number: str) -> RemoteEngine:
    """Return the engine of a build: those of the settings' servers that hold it, all of one kind.

    EngineUnavailable if no server answers that could say what kind it is.
    """
    dialect = settings.dialect or _first_dialect(settings)
    who = Authentication(settings.user, settings.password)
    endpoints = [Endpoint(at.with_defaults(dialect), who) for at in settings.addresses]

    def read(endpoint: Endpoint, bounds: QueryBounds) -> str:
        with bounded(bounds.seconds, bounds.max_bytes, ours=True):
            marker = build_at(RemoteEngine(endpoint, dialect))
        return marker.number if marker else ""

    return RemoteEngine(Replicas(endpoints, number, read), dialect)


def _first_dialect(settings: EngineSettings) -> Dialect:
    for addresses in settings.addresses:
        try:
            return open_endpoint(addresses, settings)[1]
        except (EngineUnavailable, EngineFailed) as error:
            # For the log alone: the addresses are nothing that clients could reach.
            _log.warning("%s", error)
    count = len(settings.addresses)
    raise EngineUnavailable(f"no SPARQL engine of KG_STORE answers ({count} asked)")


def build_at(engine: RemoteEngine) -> BuildMarker | None:
    """Return which build an engine holds, None for none; EngineUnavailable if it does not say."""
    return read_marker(engine.select)
