"""Asks questions of the public: each for its client, noted in log and metrics."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from kg.endpoint.request import QueryRequest, QueryResult
from kg.endpoint.run import max_statements_per_subject, run_lookup
from kg.model.errors import KGError
from kg.store.store import Store
from kg.workers.pool import QueryRunner
from web.serving.observe import Event, Observer

KEY = "aide-memoire.public"

# Where no thing has more statements, a look-up takes a millisecond or two at most.
_LIGHT = 1000


@dataclass(frozen=True)
class PublicQueries:
    """What answers the public, and who is told."""

    answers: QueryRunner
    observer: Observer

    def ask(self, question: QueryRequest, address: str) -> QueryResult:
        """Answer whoever asks from an address, or raise the KGError that says why not."""
        start = time.perf_counter()
        outcome, found = "failed", None
        try:
            found = self.answers.run(question._replace(client=client_of(address)))
            outcome = "ok"
            return found
        except KGError as error:
            outcome = type(error).__name__
            raise
        finally:
            seconds = time.perf_counter() - start
            rows, size = (_rows(found), len(found.body)) if found else (None, 0)
            self.observer.note(Event(question.query, outcome, seconds, rows, size))

    def look_up(self, question: QueryRequest, store: Store) -> QueryResult | None:
        """Answer at once what only looks something up, where that cannot be much; else None."""
        if not store.in_memory or max_statements_per_subject(store) > _LIGHT:
            return None
        start = time.perf_counter()
        found = run_lookup(store, question)
        if found:
            seconds = time.perf_counter() - start
            self.observer.note(Event(question.query, "ok", seconds, _rows(found), len(found.body)))
        return found

    def cancel(self, handle: str) -> bool:
        """Cancel the query with a handle; tell whether there is one."""
        return self.answers.cancel(handle)


@lru_cache(maxsize=1000)
@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Return the client that an address belongs to: of IPv6, whoever has the /64.

    That is what one subscriber gets (https://www.ripe.net/publications/docs/ripe-690/).

    >>> client_of("2001:db8::1:2"), client_of("::ffff:192.0.2.7"), client_of("192.0.2.7")
    ('2001:db8::', '192.0.2.7', '192.0.2.7')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def _rows(found: QueryResult) -> int | None:
    r"""Count rows by what stands between them; a row without a value is not seen.

    >>> _rows(QueryResult("text/tab-separated-values", b"?a\n1\n2\n", ""))
    2
    """
    body = found.body
    if found.media_type == "application/sparql-results+json":
        between = body.count(b'}},{"') - body.count(b'}},{"}') - body.count(b'}},{",')
        return between + (b'"bindings":[{"' in body)
    if found.media_type == "application/sparql-results+xml":
        return body.count(b"<result>")
    if found.media_type == "text/tab-separated-values":
        return max(0, body.count(b"\n") - 1)
    return None
