"""A query of the public and its result, as they cross between processes."""

from __future__ import annotations

from typing import NamedTuple

from kg.model.errors import KGError

ROWS_JSON = "application/sparql-results+json"


# Both cross between processes for each query. Frozen dataclasses are made and pickled four times
# slower: 34 µs more a query, of the 120 µs that a worker takes for a small one.
class QueryRequest(NamedTuple):
    """A query with its dataset, the media types that the client accepts, and what it may cost.

    `rows_type` and `graph_type` are the media types for rows and for a graph, "" for a kind that
    the client does not accept. `timeout` (seconds) and `max_bytes` bound the query and its result.
    `build` is the number of the build to query, "" for any. `handle` is the client's secret to
    cancel it (`kg.workers.cancellation`). Relative IRIs are resolved against `base`
    (`kg.sparql.base`), and are an error without one. `evidence` and `explain` add to rows in JSON
    (`kg.endpoint.evidence`, `kg.endpoint.explain`); `excerpt` asks for the beginning of the result
    for a page (`kg.endpoint.excerpt`). `part` is the first row to send and how many, (0, 0) for all
    (`kg.endpoint.row_part`). `client` is the address that shares the server by turns.
    """

    query: str
    rows_type: str = ROWS_JSON
    graph_type: str = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    evidence: bool = False
    explain: bool = False
    timeout: float = 30.0
    max_bytes: int = 64_000_000
    build: str = ""
    handle: str = ""
    base: str = ""
    excerpt: bool = False
    part: tuple[int, int] = (0, 0)
    client: str = ""


class QueryResult(NamedTuple):
    """A result in one media type, and the number of the build that it comes from."""

    media_type: str
    body: bytes
    build: str


class NoAcceptableFormat(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The client accepts no format for this kind of result: a graph, or rows."""

    def __init__(self, graph: bool) -> None:
        """Record the kind."""
        self.graph = graph
        super().__init__(graph)
