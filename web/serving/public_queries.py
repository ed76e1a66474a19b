"""Queries of the public: run for a client, counted in /metrics and noted in the log."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from kg.endpoint.request import QueryRequest, QueryResult
from kg.endpoint.run import max_statements_per_subject, run_lookup
from kg.model.errors import KGError
from kg.sparql.form import is_lookup, is_volatile
from kg.store.store import Store
from kg.workers.pool import QueryRunner
from kg.workers.query_limits import Limits
from web.request.current_request import current_application, current_request
from web.serving.current_build import store
from web.serving.observe import Event, Observer

KEY = "aide-memoire.public-queries"
# Set in `environ` by whoever calls the application on an event loop, which must not wait.
AT_ONCE = "aide-memoire.at-once"
# Set in `environ` where the query of a request has ended with an error: the view raises it.
FAILED = "aide-memoire.failed"
# The header by which a client may name a query, to have it cancelled.
HANDLE = "HTTP_QUERY_HANDLE"

# Where no thing has more statements, a look-up takes a millisecond or two at most.
_LIGHT = 1000


class NotAtOnce(Exception):  # noqa: N818 - no error: the same request is answered in a thread
    """The response may take longer than an event loop can wait for."""


@dataclass(frozen=True)
class PublicQueries:
    """Runs queries: a look-up in this process, any other by the runner, in a worker."""

    runner: QueryRunner
    observer: Observer
    limits: Limits

    def run(
        self, query: QueryRequest, store: Store, address: str, at_once: bool = False
    ) -> QueryResult:
        """Return the result for the client at an address, or raise the KGError that says why not.

        NotAtOnce if it must be there `at_once` and the query is no look-up.
        """
        if at_once and not self._is_at_once(query.query, store):
            raise NotAtOnce
        start = time.perf_counter()
        outcome, result = "failed", None
        try:
            result = self._look_up(query, store)
            if result is None:
                if at_once:
                    outcome = ""
                    raise NotAtOnce
                result = self.runner.run(query._replace(client=client_of(address)))
            outcome = "ok"
            return result
        except KGError as error:
            outcome = type(error).__name__
            raise
        finally:
            if outcome:
                self._note(query, outcome, start, result)

    @staticmethod
    def _look_up(query: QueryRequest, store: Store) -> QueryResult | None:
        # The complete build is opened for look-ups alone, and not read here if it is on disk: there
        # are things with more statements than this process has room for.
        complete = store.complete if is_lookup(query.query) else None
        return run_lookup(complete, query) if complete and complete.in_memory else None

    def _is_at_once(self, query: str, store: Store) -> bool:
        """Tell whether a query only looks something up, where that cannot be much."""
        complete = store.complete_at_hand if is_lookup(query) else None
        if complete is None or not complete.in_memory:
            return False
        return max_statements_per_subject(complete) <= _LIGHT

    def _note(
        self, query: QueryRequest, outcome: str, start: float, result: QueryResult | None
    ) -> None:
        seconds = time.perf_counter() - start
        rows, size = (_rows(result), len(result.body)) if result else (None, 0)
        self.observer.note(Event(query.query, outcome, seconds, rows, size))

    def cancel(self, handle: str) -> bool:
        """Cancel the query with a handle; tell whether there is one."""
        return self.runner.cancel(handle)


def public_queries() -> PublicQueries:
    """Return what runs the queries of the public for the current application."""
    queries: PublicQueries = current_application().extensions[KEY]
    return queries


def run_public_query(query: QueryRequest) -> QueryResult:
    """Run a query for the client of the current request; errors as `PublicQueries.run`."""
    request = current_request()
    failure: KGError | None = request.environ.get(FAILED)
    if failure:
        raise failure
    return public_queries().run(query, store(), request.remote_addr or "")


def is_lasting(query: QueryRequest, result: QueryResult) -> bool:
    """Tell whether a result stays the same for as long as the build that was asked does.

    A worker may already answer from the next build.
    """
    return result.build == query.build and not is_volatile(query.query)


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Return the client that an address belongs to: of IPv6, whoever has the /64.

    That is what one subscriber gets (https://www.ripe.net/publications/docs/ripe-690/).

    >>> client_of("2001:db8::1:2"), client_of("::ffff:192.0.2.7"), client_of("192.0.2.7")
    ('2001:db8::', '192.0.2.7', '192.0.2.7')
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))


def _rows(result: QueryResult) -> int | None:
    r"""Count rows by what stands between them; a row without a value is not seen.

    >>> _rows(QueryResult("text/tab-separated-values", b"?a\n1\n2\n", ""))
    2
    """
    body = result.body
    if result.media_type == "application/sparql-results+json":
        between = body.count(b'}},{"') - body.count(b'}},{"}') - body.count(b'}},{",')
        return between + (b'"bindings":[{"' in body)
    if result.media_type == "application/sparql-results+xml":
        return body.count(b"<result>")
    if result.media_type == "text/tab-separated-values":
        return max(0, body.count(b"\n") - 1)
    return None
