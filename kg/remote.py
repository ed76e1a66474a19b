"""Other people's SPARQL endpoints, asked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from urllib.error import URLError
from urllib.parse import urlsplit

from kg.errors import QueryError

_TIMEOUT = 60


class Remote:
    """A SPARQL 1.1 endpoint (https://www.w3.org/TR/sparql11-protocol/)."""

    def __init__(self, endpoint: str) -> None:
        """Take the endpoint's http or https address."""
        if urlsplit(endpoint).scheme not in ("http", "https"):
            raise QueryError(f"{endpoint} is not the http or https address of an endpoint")
        self.endpoint = endpoint

    def execute(self, query: str, accept: Callable[[bool], str]) -> tuple[str, bytes]:
        """Answer a query as `kg.store.Store.execute` does."""
        # SPARQLWrapper brings rdflib, which takes 0.3 s to import.
        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setQuery(query)
        wrapper.setMethod(POST)
        wrapper.setTimeout(_TIMEOUT)
        wrapper.setOnlyConneg(True)
        media_type = accept(wrapper.queryType in ("CONSTRUCT", "DESCRIBE"))
        wrapper.addCustomHttpHeader("Accept", media_type)
        try:
            with wrapper.query().response as response:
                return media_type, bytes(response.read())
        except SPARQLWrapperException as error:
            raise QueryError(f"{self.endpoint}: {error.msg}") from error
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"{self.endpoint} does not answer: {reason}") from error
