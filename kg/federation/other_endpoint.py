"""Other SPARQL endpoints, queried over HTTP."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit

from kg.model.errors import QueryError

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

# Seconds, after which Wikidata stops a query as well.
_TIMEOUT = 60
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
# Characters of a server's message: some send a stack trace.
_LONGEST = 300


class Remote:
    """A SPARQL 1.1 endpoint (https://www.w3.org/TR/sparql11-protocol/)."""

    def __init__(self, endpoint: str) -> None:
        """Take the endpoint's http or https address."""
        if not (_ADDRESS.fullmatch(endpoint) and _host(endpoint)):
            raise QueryError(f"{endpoint} is not the http or https address of an endpoint")
        self.endpoint = endpoint

    def execute(self, query: str, accept: Callable[[bool], str]) -> tuple[str, bytes]:
        """Answer a query as `Store.execute` does; an error has the server's words."""
        # SPARQLWrapper warns of a query that it cannot read and goes on; the server says it better.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wrapper = self._wrapper(query)
            media_type = accept(wrapper.queryType in ("CONSTRUCT", "DESCRIBE"))
            wrapper.addCustomHttpHeader("Accept", media_type)
            return media_type, self._body(wrapper)

    def _wrapper(self, query: str) -> SPARQLWrapper:
        # SPARQLWrapper brings rdflib, which takes 0.3 s to import.
        from SPARQLWrapper import POST, SPARQLWrapper

        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setQuery(query)
        # Not every server takes an address as long as a query (RFC 9110, 4.1: 8,000 bytes or more).
        wrapper.setMethod(POST)
        wrapper.setTimeout(_TIMEOUT)
        # Else it adds parameters for the format, which are not part of the protocol.
        wrapper.setOnlyConneg(True)
        return wrapper

    def _body(self, wrapper: SPARQLWrapper) -> bytes:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            with wrapper.query().response as response:
                return bytes(response.read())
        except SPARQLWrapperException as error:
            raise self._refused(error.__context__, _quoted(str(error))) from error
        except HTTPError as error:
            raise self._refused(error, error.read()) from error
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(f"{self.endpoint} does not answer: {reason}") from error

    def _refused(self, error: BaseException | None, body: bytes) -> QueryError:
        status = f"HTTP {error.code} {error.reason}" if isinstance(error, HTTPError) else "an error"
        message = _first_line(body)
        return QueryError(f"{self.endpoint} answers {status}{f': {message}' if message else ''}")


def _host(endpoint: str) -> str:
    try:
        parts = urlsplit(endpoint)
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


def _quoted(message: str) -> bytes:
    r"""Take the server's answer out of SPARQLWrapper's message, where Python has quoted it.

    >>> _quoted("QueryBadFormed: … Response:\nb'no such prefix'")
    b'no such prefix'
    """
    try:
        body = ast.literal_eval(message.partition("Response:\n")[2])
    except (SyntaxError, ValueError):
        return b""
    return body if isinstance(body, bytes) else b""


def _first_line(body: bytes) -> str:
    """Return what a person can use of an error's body: its detail, its title or its first line.

    >>> _first_line(b'{"title": "Bad Request", "detail": "no such prefix"}')
    'no such prefix'
    >>> _first_line(b"<html><head><title>Not here</title></head></html>")
    'Not here'
    """
    text = body.decode(errors="replace").strip()
    if text.startswith("{"):
        try:
            return str(json.loads(text).get("detail", ""))
        except ValueError:
            return ""
    if text.startswith("<"):
        match = re.search(r"(?is)<title>(.*?)</title>", text)
        return " ".join(match[1].split()) if match else ""
    return text.partition("\n")[0].strip()[:_LONGEST]
