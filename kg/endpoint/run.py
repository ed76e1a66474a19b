"""Runs a query of the public on a store, in whatever process holds it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import partial

from kg.endpoint.evidence import add_evidence
from kg.endpoint.excerpt import GRAPH_AS, ROWS_AS, excerpt
from kg.endpoint.explain import add_explanation
from kg.endpoint.guard import guard
from kg.endpoint.request import ROWS_JSON, NoAcceptableFormat, QueryRequest, QueryResult
from kg.endpoint.row_part import select_part
from kg.federation.federation import (
    Federation,
    RedirectedQuery,
    redirect_services,
    with_service_results,
)
from kg.model.errors import QueryError, SizeLimit
from kg.model.formats import DATASETS, GRAPHS
from kg.model.prefixes import use_prefixes
from kg.sparql.base import with_base
from kg.sparql.form import is_lookup
from kg.store.memory import per_store
from kg.store.remote.query_bounds import bounded
from kg.store.store import Store

_NO_ROWS = b'{"results":{"bindings":[]}}'
_GRAPH_TYPES = {row.media_type for row in GRAPHS + DATASETS}


def run_lookup(store: Store, request: QueryRequest) -> QueryResult | None:
    """Run a query that only looks a thing up; return None for any other query.

    Such a query (`kg.sparql.form.is_lookup`) reads no more than the statements about one thing and
    about what they lead to. It cannot multiply rows, and so needs no process that can be killed.
    """
    plain = not (request.default_graphs or request.named_graphs or request.explain)
    if not plain or request.evidence or not request.rows_type or not is_lookup(request.query):
        return None
    media_type, body = store.execute(
        request.query, lambda _: request.rows_type, base=request.base, nests=False
    )
    if len(body) > request.max_bytes:
        return None
    return QueryResult(media_type, body, store.number)


@per_store
def max_statements_per_subject(store: Store) -> int:
    """Return the number of statements about the subject that has most: what a look-up may read."""
    counts = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s")
    return max((int(row["n"].value) for row in counts), default=0)  # type: ignore[union-attr]


def run_query(store: Store, request: QueryRequest, federation: Federation) -> QueryResult:
    """Run a query, or raise the KGError that says why it is not run.

    QueryRefused for what is never run, QueryError for what is wrong, SizeLimit for a result larger
    than `request.max_bytes`, NoAcceptableFormat if the client accepts no format for it.
    """
    use_prefixes(store.texts.prefixes)
    guard(request.query, federation.endpoints)
    # For a remote engine: an embedded one is bounded by the process that it runs in.
    with bounded(request.timeout, request.max_bytes):
        return _run(store, request, federation)


def _run(store: Store, request: QueryRequest, federation: Federation) -> QueryResult:
    choose_format = partial(_choose_format, request)
    datasets = request.default_graphs, request.named_graphs

    def rows(query: str) -> bytes:
        return store.execute(query, lambda _: ROWS_JSON, *datasets, base=request.base)[1]

    to_run = request.query, federation, request.timeout, rows
    # An engine elsewhere cannot reach the relay of this process.
    calls = (
        redirect_services(*to_run)
        if store.in_process
        else nullcontext(with_service_results(*to_run, base=request.base))
    )
    with calls as redirected:
        media_type, body = store.execute(
            redirected.text, choose_format, *datasets, base=request.base
        )
        if request.excerpt:
            return _excerpt(store, request, media_type, body)
        if request.part[1] and media_type == ROWS_JSON:
            body = select_part(body, *request.part)
        body = _extend(store, request, redirected, media_type, body)
    # Checked after the additions, which may be larger than the rows.
    if len(body) > request.max_bytes:
        raise SizeLimit(request.max_bytes)
    return QueryResult(media_type, body, store.number)


def _choose_format(request: QueryRequest, graph: bool) -> str:
    media_type = request.graph_type if graph else request.rows_type
    if request.excerpt:
        media_type = GRAPH_AS if graph else ROWS_AS
    if not media_type:
        raise NoAcceptableFormat(graph)
    return media_type


def _excerpt(store: Store, request: QueryRequest, media_type: str, body: bytes) -> QueryResult:
    """Return the beginning of a result, with an explanation if it is empty.

    The limit is that of the complete result, so that a page shows no result that the endpoint
    would refuse.
    """
    if len(body) > request.max_bytes:
        raise SizeLimit(request.max_bytes)
    content = excerpt(media_type, body)
    if request.explain and content["kind"] == "rows" and not content["total"]:
        datasets = (request.default_graphs, request.named_graphs)
        query = with_base(request.query, request.base)
        content |= json.loads(add_explanation(store, query, _NO_ROWS, *datasets))
    encoded = json.dumps(content, ensure_ascii=False).encode()
    return QueryResult("application/json", encoded, store.number)


def _extend(
    store: Store, request: QueryRequest, redirected: RedirectedQuery, media_type: str, body: bytes
) -> bytes:
    """Add evidence and explanation to rows; a graph has no rows that could be missing."""
    explain = request.explain and media_type not in _GRAPH_TYPES
    if not (request.evidence or explain):
        return body
    if media_type != ROWS_JSON:
        parameter = "evidence" if request.evidence else "explain-empty"
        raise QueryError(
            f"{parameter}=true adds to rows in JSON alone, and this answer is {media_type}; "
            f"ask a SELECT with Accept: {ROWS_JSON} or format=json"
        )
    datasets = (request.default_graphs, request.named_graphs)
    if explain:
        body = add_explanation(store, with_base(request.query, request.base), body, *datasets)
    if request.evidence:
        # Evidence runs the patterns again, and so their SERVICE calls: through the relay as well.
        query = with_base(redirected.text, request.base)
        body = redirected.restore(add_evidence(store, query, body, *datasets))
    return body
