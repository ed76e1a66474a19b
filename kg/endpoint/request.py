"""A question of the public, and its answer, in whatever process it is answered."""

from __future__ import annotations

import json
from typing import NamedTuple

from kg.endpoint.evidence import add_evidence
from kg.endpoint.excerpt import GRAPH_AS, ROWS_AS, excerpt
from kg.endpoint.explain import add_explanation
from kg.endpoint.guard import guard
from kg.endpoint.lookup import is_lookup
from kg.federation.federation import Federation, RedirectedQuery, redirect_services
from kg.model.errors import KGError, QueryError, SizeLimit
from kg.model.formats import DATASETS, GRAPHS
from kg.sparql.base import based
from kg.store.store import Store

_JSON = "application/sparql-results+json"
_NO_ROWS = b'{"results":{"bindings":[]}}'
_GRAPHS = {row.media_type for row in GRAPHS + DATASETS}


# Both cross between processes for each query: a tuple takes a fifth of a dataclass's time.
class QueryRequest(NamedTuple):
    """A query with the dataset to ask, what the client takes, and what it may cost.

    `results` and `graphs` are the media types for rows and for a graph, "" for one that the client
    does not take; `seconds` and `largest` (bytes) bound the answer; `number` is the build
    that it is expected from; its `handle` cancels it (`kg.workers.cancellation`);
    relative IRIs are so to `base` (`kg.sparql.base`), and an error without one. An `excerpt`
    is the beginning of the answer for a page, in JSON (`kg.endpoint.excerpt`). `client` is
    whoever shares with others by its name.
    """

    query: str
    results: str = _JSON
    graphs: str = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    evidence: bool = False
    explain: bool = False
    seconds: float = 30.0
    largest: int = 64_000_000
    number: str = ""
    handle: str = ""
    base: str = ""
    excerpt: bool = False
    client: str = ""


class QueryResult(NamedTuple):
    """An answer in one media type, from one build."""

    media: str
    body: bytes
    number: str


def run_lookup(store: Store, question: QueryRequest) -> QueryResult | None:
    """Answer a question at once if all that it does is to look a thing up; else return None."""
    plain = not (question.default_graphs or question.named_graphs or question.explain)
    if not plain or question.evidence or not question.results or not is_lookup(question.query):
        return None
    media, body = store.execute(
        question.query, lambda _: question.results, base=question.base, nests=False
    )
    return QueryResult(media, body, store.number) if len(body) <= question.largest else None


class NoAcceptableFormat(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The client takes no format for this kind of answer: a graph, or rows."""

    def __init__(self, graph: bool) -> None:
        """Record the kind."""
        self.graph = graph
        super().__init__(graph)


def run_query(store: Store, question: QueryRequest, federation: Federation) -> QueryResult:
    """Answer a question, or raise the KGError that says why not.

    QueryRefused for what is never answered, QueryError for what is wrong, SizeLimit for an answer
    larger than `question.largest`, NoAcceptableFormat if the client takes no format for it.
    """
    guard(question.query, federation.endpoints)

    def accept(graph: bool) -> str:
        media = question.graphs if graph else question.results
        if question.excerpt:
            media = GRAPH_AS if graph else ROWS_AS
        if not media:
            raise NoAcceptableFormat(graph)
        return media

    datasets = question.default_graphs, question.named_graphs
    with redirect_services(question.query, federation, seconds=question.seconds) as sent:
        media, body = store.execute(sent.text, accept, *datasets, base=question.base)
        if question.excerpt:
            return _excerpt(store, question, media, body)
        body = _extended(store, question, sent, media, body)
    if len(body) > question.largest:
        raise SizeLimit(question.largest)
    return QueryResult(media, body, store.number)


def _excerpt(store: Store, question: QueryRequest, media: str, body: bytes) -> QueryResult:
    """Return the beginning of an answer that is not too large as a whole."""
    if len(body) > question.largest:
        raise SizeLimit(question.largest)
    found = excerpt(media, body)
    if question.explain and found["kind"] == "rows" and not found["total"]:
        extra = (question.default_graphs, question.named_graphs)
        query = based(question.query, question.base)
        found |= json.loads(add_explanation(store, query, _NO_ROWS, *extra))
    return QueryResult(
        "application/json", json.dumps(found, ensure_ascii=False).encode(), store.number
    )


def _extended(
    store: Store, question: QueryRequest, sent: RedirectedQuery, media: str, body: bytes
) -> bytes:
    """Add what was asked for besides the rows; a graph has none that could be missing."""
    explain = question.explain and media not in _GRAPHS
    if not (question.evidence or explain):
        return body
    if media != _JSON:
        asked = "evidence" if question.evidence else "explain-empty"
        raise QueryError(
            f"{asked}=true adds to rows in JSON alone, and this answer is {media}; "
            f"ask a SELECT with Accept: {_JSON} or format=json"
        )
    extra = (question.default_graphs, question.named_graphs)
    if explain:
        body = add_explanation(store, based(question.query, question.base), body, *extra)
    if question.evidence:
        # It asks the patterns again: what they call, they call through the relay.
        query = based(sent.text, question.base)
        body = sent.restore(add_evidence(store, query, body, *extra))
    return body
