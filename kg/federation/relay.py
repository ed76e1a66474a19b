"""The accounts of one query's SERVICE calls: each distinct call once, all within one allowance."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.federation.allowance import Allowance
from kg.federation.bound_values import BoundValues, Results, merge_results
from kg.federation.call import call_endpoint
from kg.federation.errors import CallFailed, EndpointFailed, OutOfTime, ServiceLimit
from kg.model.errors import KGError, QueryRefused
from kg.sparql.service import NESTED
from kg.store.locks import claim_slot

# Bounds for all SERVICE calls of one query: distinct calls, response bytes, and the share of the
# query's time. The rest of the time is left for an error that names the slow endpoint.
CALLS = 20
BYTES = 50_000_000
TIME_SHARE = 0.9
# Queries of this server that may call one endpoint at once; further ones wait for a slot.
AT_ONCE = 4
_POLL_SECONDS = 0.02

_JSON = "application/sparql-results+json"
# The engine ignores a failed call if it is SILENT, but never results that break off: they make the
# engine end its query, and the relay then raises the real reason.
_TRUNCATED = b'{"head":{"vars":[]},"results":{"bindings":['


@dataclass(frozen=True)
class ServiceCall:
    """A SERVICE clause: its endpoint, whether it is SILENT, and the values to send along."""

    endpoint: str
    silent: bool
    values: BoundValues | None = None


class ServiceRelay:
    """Calls endpoints on the engine's behalf; each SERVICE clause has a path that is a secret.

    `failure` is the error of the query, whatever the engine makes of the response: it
    takes a failed call in EXISTS for a match, and in MINUS for none.
    """

    def __init__(
        self, text: str, local: frozenset[str], seconds: float, slots: Path | None = None
    ) -> None:
        """Take the query's text, the endpoints that may be at any address, and the query's time.

        Relays of several processes share `AT_ONCE` slots for each endpoint by locks in the folder
        `slots`; without a folder, calls are not limited in number.
        """
        self.failure: KGError | None = None
        self._text = text
        self._local = local
        self._slots = slots
        self._allowance = Allowance(seconds * TIME_SHARE, BYTES)
        self._calls: dict[str, ServiceCall] = {}
        self._responses: dict[tuple[str, bytes], Results | CallFailed] = {}
        self._one_at_a_time = threading.Lock()

    def add(self, call: ServiceCall) -> str:
        """Return the path under which the engine reaches the endpoint of a SERVICE clause."""
        path = f"/{secrets.token_hex(8)}"
        self._calls[path] = call
        return path

    def respond(self, path: str, query: bytes) -> Results | None:
        """Return the response to a query that the engine sent to a path.

        None is the failure of a SILENT call, which the engine ignores. After any other failure the
        results are truncated, so that the engine ends the query.
        """
        call = self._calls.get(path)
        if call is None or self.failure:
            return _JSON, _TRUNCATED
        try:
            return self._results(call, self._without_our_base(query))
        except KGError as error:
            self.failure = error
        except CallFailed as error:
            if call.silent and not isinstance(error, OutOfTime):
                return None
            self.failure = _endpoint_failed(call, error)
        except Exception as error:  # noqa: BLE001 - the engine may take any failure for a match
            self.failure = _endpoint_failed(call, error)
        return _JSON, _TRUNCATED

    def _without_our_base(self, query: bytes) -> bytes:
        """Remove the base IRI of this endpoint, unless the query names it itself.

        The engine writes it before a call in which all IRIs are absolute already.
        """
        line, _, rest = query.partition(b"\n")
        ours = line.startswith(b"BASE <") and line[5:] not in self._text.encode()
        return rest if ours else query

    def _results(self, call: ServiceCall, query: bytes) -> Results:
        # A second check after `kg.endpoint.guard`: no call, however nested, carries our addresses.
        if any(path.encode() in query for path in self._calls):
            raise QueryRefused(NESTED)
        queries = call.values.restrict(query) if call.values else [query]
        return merge_results([self._response(call.endpoint, each) for each in queries])

    def _response(self, endpoint: str, query: bytes) -> Results:
        key = endpoint, query
        with self._one_at_a_time:
            if key not in self._responses:
                if len(self._responses) >= CALLS:
                    raise ServiceLimit(CALLS, "calls")
                self._responses[key] = self._call(*key)
        response = self._responses[key]
        if isinstance(response, CallFailed):
            raise response
        return response

    def _call(self, endpoint: str, query: bytes) -> Results | CallFailed:
        try:
            with self._slot(endpoint):
                return call_endpoint(
                    endpoint, query, self._allowance, any_address=endpoint in self._local
                )
        except CallFailed as failure:
            return failure

    @contextmanager
    def _slot(self, endpoint: str) -> Iterator[None]:
        """Hold one of the `AT_ONCE` slots of an endpoint; OutOfTime if none becomes free."""
        if self._slots is None:
            yield
            return
        name = hashlib.sha256(endpoint.encode()).hexdigest()[:16]
        while (slot := claim_slot(self._slots, name, range(AT_ONCE))) is None:
            if self._allowance.out_of_time:
                raise OutOfTime(f"{AT_ONCE} other queries call it, the most at once; try later")
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            os.close(slot.file)


# Serves one relay over HTTP on loopback; the context's value is the URL that paths are added to.
# `kg` runs no server: the process that answers queries hands one in (`web.relay_server`).
ServeRelay = Callable[[ServiceRelay], AbstractContextManager[str]]


def _endpoint_failed(call: ServiceCall, error: Exception) -> EndpointFailed:
    return EndpointFailed(f"SERVICE <{call.endpoint}>: {str(error) or type(error).__name__}")
