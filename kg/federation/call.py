"""One call of another endpoint: at a checked address, within a time and a number of bytes."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse, IncompleteRead
from urllib.parse import urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from kg.federation.allowance import Allowance
from kg.federation.connection import USER_AGENT, CheckedConnection
from kg.federation.errors import CallFailed

# Without Accept-Encoding: a compressed response would expand to more than was counted.
_HEADERS = {
    "Content-Type": "application/sparql-query",
    "User-Agent": USER_AGENT,
    "Accept": "application/sparql-results+json, application/sparql-results+xml",
}
_OK = 200
_INCOMPLETE = "its response ends before it is complete"


def call_endpoint(
    endpoint: str, query: bytes, allowance: Allowance, *, any_address: bool
) -> tuple[str, bytes]:
    """Send a query to an endpoint; return the media type and the body of its results.

    CallFailed if it is not at a public address (unless `any_address` is allowed), does not answer,
    or sends anything but complete SPARQL results; OutOfTime or ServiceLimit if the allowance is
    used up.
    """
    parts = urlsplit(endpoint)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        with CheckedConnection(endpoint, allowance, any_address=any_address) as connection:
            connection.request("POST", target, query, _HEADERS)
            media_type, body = _read(connection.getresponse(), allowance)
    except TimeoutError:
        # OutOfTime, if the time of all calls is over; else the system gave up before.
        allowance.seconds_left()
        raise CallFailed("it does not answer (timed out)") from None
    except IncompleteRead as error:
        raise CallFailed(_INCOMPLETE) from error
    except (OSError, HTTPException) as error:
        raise CallFailed(f"it does not answer ({str(error) or type(error).__name__})") from error
    _check(media_type, body)
    return media_type, body


def _read(response: HTTPResponse, allowance: Allowance) -> tuple[str, bytes]:
    if response.status != _OK:
        raise CallFailed(f"it answers HTTP {response.status}, and only 200 is accepted")
    coding = response.getheader("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise CallFailed(f"its response is coded ({coding:.40}), and only plain ones are accepted")
    # By our limit, not by its Content-Length, for which http.client would allocate memory at once.
    # More than the limit never comes: the allowance is used up before.
    body = response.read(allowance.size + 1)
    if response.length:
        raise CallFailed(_INCOMPLETE)
    return response.getheader("Content-Type", ""), body


def _check(media_type: str, body: bytes) -> None:
    """Parse the results once: the engine may take a response it cannot parse for a match."""
    results_format = QueryResultsFormat.from_media_type(media_type)
    if results_format is None or not media_type.startswith("application/sparql-results+"):
        raise CallFailed(f"its response is {media_type[:80] or 'of no type'}, not SPARQL results")
    fault = _fault(results_format, body)
    if fault:
        raise CallFailed(fault)


def _fault(results_format: QueryResultsFormat, body: bytes) -> str:
    """Return what is wrong with results, "" for nothing.

    Not as an exception: its traceback would hold the parser, which must not leave its thread.
    """
    try:
        results = parse_query_results(body, format=results_format)
        if isinstance(results, QueryBoolean):
            return "its response is yes or no, where rows are expected"
        for _ in results:
            pass
    except (SyntaxError, ValueError) as error:
        return f"its response cannot be parsed ({str(error)[:200]})"
    return ""
