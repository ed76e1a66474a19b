"""One SPARQL engine: its addresses, who asks, queries and changes."""

from __future__ import annotations

from collections.abc import Mapping

from kg.store.engine import ReplicaStatus
from kg.store.remote.addresses import Addresses
from kg.store.remote.authentication import Authentication
from kg.store.remote.errors import EngineFailed
from kg.store.remote.http_client import Body, HttpClient, HttpReply
from kg.store.remote.query_bounds import QueryBounds

SPARQL_UPDATE = "application/sparql-update"
# A change takes as long as it takes: a rule over a large graph, or the removal of one.
_CHANGE_SECONDS, _CHANGE_BYTES = 7200.0, 1_000_000
_UNAUTHORIZED, _REFUSED = 401, 400


class Endpoint(HttpClient):
    """Sends requests to the addresses of one engine, by the authentication that it demands."""

    def __init__(self, addresses: Addresses, authentication: Authentication | None = None) -> None:
        """Take the engine's addresses and how to say who asks; nothing connects yet."""
        super().__init__(addresses.query)
        self.addresses = addresses
        self._authentication = authentication or Authentication()

    def send(
        self,
        method: str,
        url: str,
        body: Body,
        headers: Mapping[str, str],
        bounds: QueryBounds | None = None,
    ) -> HttpReply:
        """Send a request as `HttpClient.send`; without bounds it may take as long as a change."""
        bounds = bounds or QueryBounds.of(_CHANGE_SECONDS, _CHANGE_BYTES)
        who = self._authentication
        reply = super().send(method, url, body, {**headers, **who.headers(method, url)}, bounds)
        challenge = reply.headers.get("www-authenticate", "")
        if reply.status == _UNAUTHORIZED and not challenge:
            # Virtuoso says what it demands to those alone who have not said who they are.
            anonymous = super().send(method, url, b"", headers, bounds)
            challenge = anonymous.headers.get("www-authenticate", "")
        if (
            reply.status != _UNAUTHORIZED
            or not isinstance(body, bytes)
            or not who.accept(challenge)
        ):
            return reply
        return super().send(method, url, body, {**headers, **who.headers(method, url)}, bounds)

    def update(self, text: str) -> None:
        """Run a SPARQL Update; EngineFailed if the engine refuses it."""
        headers = {"Content-Type": SPARQL_UPDATE}
        reply = self.send("POST", self.addresses.update, text.encode(), headers)
        if reply.status >= _REFUSED:
            raise self.failure(f"HTTP {reply.status} for an update: {reply.first_line}")

    def statuses(self) -> list[ReplicaStatus]:
        """Return that this engine is used, whatever build it holds: a single one was chosen."""
        return [ReplicaStatus(self.url, "", 0)]

    def failure(self, reason: str) -> EngineFailed:
        """Return the error to raise for what this engine did."""
        return EngineFailed(f"{self.addresses.query}: {reason}")
