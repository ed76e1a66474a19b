"""SPARQL endpoints of other datasets, asked by SPARQLWrapper by the rules of `kg.outside`."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast
from urllib.request import Request

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kg.federation.connection import USER_AGENT
from kg.outside.client import DAY, OutsideClient
from kg.outside.errors import OutsideMalformed
from kg.store.store import Term

if TYPE_CHECKING:
    from kg.outside.response_files import OutsideResponse

# What other datasets said is asked again after so long; by --again, after the second.
MONTH, HOUR = 30 * DAY, DAY / 24
# Characters: not every server takes a longer address (RFC 9110, 4.1: 8,000 bytes or more).
_LONGEST_ADDRESS = 2000
_ACCEPT = "application/sparql-results+json"


class PoliteEndpoint:
    """A SPARQL endpoint: SPARQLWrapper writes the requests, a client of `kg.outside` sends them."""

    def __init__(self, address: str, client: OutsideClient, max_age: float) -> None:
        """Take the endpoint's address and the client, which paces, repeats and caches.

        A cached response serves if it is no older than `max_age` seconds.
        """
        self.address = address
        self._client, self._max_age = client, max_age

    def select(self, query: str) -> list[dict[str, Term]]:
        """Return the rows of a SELECT, without what is unbound; OutsideError if there are none."""
        response = self._send(query, self._max_age)
        if response.from_cache and _rows(response) is None:
            # It was something else when it was asked, and may have been mended since.
            response = self._send(query, 0)
        rows = _rows(response)
        if rows is None:
            sent = response.media_type or "a response without a type"
            hint = "is that the address of a SPARQL endpoint?"
            raise OutsideMalformed(
                self.address, f"sends {sent:.80}, not results of SPARQL, for {self.address}; {hint}"
            )
        return rows

    def _send(self, query: str, max_age: float) -> OutsideResponse:
        request = _request(self.address, query)
        accept = request.get_header("Accept") or _ACCEPT
        if not isinstance(request.data, bytes):
            return self._client.get(request.full_url, accept, max_age)
        form = request.get_header("Content-type") or ""
        return self._client.post(request.full_url, request.data, form, accept, max_age)


def _request(address: str, query: str) -> Request:
    """Return the request that SPARQLWrapper makes of a query.

    It would send it by `urllib`: to any address, at any rate, without a limit.
    """
    # SPARQLWrapper brings rdflib, which takes 0.3 s to import.
    from SPARQLWrapper import GET, JSON, POST, SPARQLWrapper

    class Wrapper(SPARQLWrapper):
        def _query(self) -> Any:
            return self._createRequest(), self.returnFormat

    with warnings.catch_warnings():
        # SPARQLWrapper warns of what it cannot read and goes on; the server says it better.
        warnings.simplefilter("ignore")
        wrapper = Wrapper(address, returnFormat=JSON, agent=USER_AGENT)
        wrapper.setQuery(query)
        wrapper.setMethod(POST if len(query) > _LONGEST_ADDRESS else GET)
        # Else it adds parameters for the format, which are not part of the protocol.
        wrapper.setOnlyConneg(True)
        request = wrapper.query().response
    return cast("Request", request)


def _rows(response: OutsideResponse) -> list[dict[str, Term]] | None:
    """Return the rows of a response; None if it holds none."""
    results_format = QueryResultsFormat.from_media_type(response.media_type)
    if results_format is None:
        return None
    try:
        results = parse_query_results(response.body, format=results_format)
        if not isinstance(results, QuerySolutions):
            return None
        names = [variable.value for variable in results.variables]
        return [
            {name: term for name in names if (term := row[name]) is not None} for row in results
        ]
    except (SyntaxError, ValueError):
        return None
