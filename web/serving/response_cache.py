"""The cache around the application: the responses of the current build, by what requests decide.

It is WSGI middleware (PEP 3333). A cached response is sent without Flask, and so is the result of a
query (`web.serving.plain_queries`). Any other is made by Flask, and cached if it stays the same for
as long as the build does. On an event loop (AT_ONCE) the same call is made, and raises NotAtOnce
where the response may take a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model.errors import KGError
from kg.store.store import Store
from web.request.cache_key import CacheKey, cache_key, entity_tag, representation
from web.request.decisions import decisions
from web.request.hosts import HOSTED, REFUSED, address, answers_to
from web.serving.cache import Cache
from web.serving.cached_response import (
    CachedResponse,
    capture_for_cache,
    compressed,
    not_modified,
)
from web.serving.current_build import STORE, BuildSource
from web.serving.observe import Event
from web.serving.plain_queries import plain_query, plain_response
from web.serving.public_queries import (
    AT_ONCE,
    FAILED,
    NotAtOnce,
    PublicQueries,
    is_lasting,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_CACHED_METHODS = {"GET", "HEAD", "POST"}
# The only responses that are sent in parts, or have a Last-Modified or a strong tag.
_FILES = "/assets/"
# Too large to cache, and read from files that are packed already.
_DUMPS = "/dump/"
_RANGES = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH")


class ResponseCache:
    """Sends cached responses, and caches those of the application."""

    def __init__(
        self,
        application: WSGIApplication,
        queries: PublicQueries,
        cache: Cache,
        source: BuildSource,
        revision: str,
        hosts: frozenset[str] = frozenset(),
    ) -> None:
        """Take what makes responses, where its build comes from, and the application's revision."""
        self._application = application
        self._queries = queries
        self._cache = cache
        self._source = source
        self._revision = revision
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send the response to one request."""
        store = self._store(environ)
        refused = environ[REFUSED] = bool(self._hosts) and not answers_to(environ, self._hosts)
        method = environ["REQUEST_METHOD"]
        if store is None or refused or method not in _CACHED_METHODS or _in_parts(environ):
            return self._uncached(environ, start_response)
        condition = environ.get("HTTP_IF_NONE_MATCH", "")
        if method == "HEAD" or condition.strip() == "*":
            # Flask would make the response and leave out its body, which cannot be cached then.
            _in_thread(environ)
            environ["REQUEST_METHOD"] = "POST" if method == "POST" else "GET"
            if condition.strip() == "*":
                del environ["HTTP_IF_NONE_MATCH"]
        response = self._response(environ, store)
        if condition:
            response = not_modified(condition, response)
        start_response(response.status, response.headers)
        return [] if method == "HEAD" else [response.body]

    def _store(self, environ: WSGIEnvironment) -> Store | None:
        """Return the store to respond from; None if there is no build, of which Flask tells."""
        if AT_ONCE in environ:
            # Opening a build takes seconds.
            store = self._source.at_hand()
            if store is None:
                raise NotAtOnce
            return store
        try:
            return self._source.current()
        except KGError:
            return None

    def _uncached(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        _in_thread(environ)
        return self._application(environ, start_response)

    def _response(self, environ: WSGIEnvironment, store: Store) -> CachedResponse:
        """Return the cached response, or have one made and cache it if it lasts."""
        key = cache_key(environ, store.number)
        response = self._cached(environ, key) if key else None
        if response is None:
            response = self._result(environ, store) or self._made(environ, store)
            response = compressed(decisions(environ).coding, response)
            if key and response.lasting:
                self._put(environ, key, response)
        return response

    def _cached(self, environ: WSGIEnvironment, key: CacheKey) -> CachedResponse | None:
        response = self._cache.get(key)
        if response is None and self._hosts:
            response = self._cache.get(key._replace(address=address(environ)))
        if response and response.query:
            event = Event(response.query, "cached", 0.0, size=len(response.body))
            self._queries.observer.note(event)
        return response

    def _put(self, environ: WSGIEnvironment, key: CacheKey, response: CachedResponse) -> None:
        """Cache a response for all hosts alike; one that holds the host only if it is ours."""
        if HOSTED not in environ:
            self._cache.put(key, response)
        elif self._hosts:
            self._cache.put(key._replace(address=address(environ)), response)

    def _made(self, environ: WSGIEnvironment, store: Store) -> CachedResponse:
        _in_thread(environ)
        # Flask reads the same build, though another one may become current meanwhile.
        environ[STORE] = store
        return capture_for_cache(self._application, environ)

    def _result(self, environ: WSGIEnvironment, store: Store) -> CachedResponse | None:
        """Return the response to a request that sends a query and no more; None for any other.

        And for one whose query fails: Flask makes a problem of the error.
        """
        if FAILED in environ:
            return None
        query = plain_query(environ, self._queries.limits, store.number)
        if query is None:
            return None
        try:
            result = self._queries.run(
                query, store, environ.get("REMOTE_ADDR", ""), AT_ONCE in environ
            )
        except KGError as error:
            environ[FAILED] = error
            return None
        tag = ""
        if is_lasting(query, result):
            tag = f'W/"{entity_tag(representation(environ, store.number), self._revision)}"'
        return plain_response(query.query, result, tag)


def _in_thread(environ: WSGIEnvironment) -> None:
    """Go on in a thread only."""
    if AT_ONCE in environ:
        raise NotAtOnce


def _in_parts(environ: WSGIEnvironment) -> bool:
    """Tell whether a dump or a part of a file is requested; all else is sent complete.

    A server may ignore Range (RFC 9110, 14.2). No tag of ours is a strong one, so none could be
    what If-Match names. With either header a response would be made anew each time.
    """
    if environ["PATH_INFO"].startswith(_DUMPS):
        return True
    if "HTTP_RANGE" not in environ and "HTTP_IF_MATCH" not in environ:
        return False
    if environ["PATH_INFO"].startswith(_FILES):
        return True
    for name in _RANGES:
        environ.pop(name, None)
    return False
