"""WSGI before Flask: what is kept, and plain queries, leave from here.

Flask takes longer over a small request than the engine does. A GET of /sparql that gives a query
and nothing else is asked here; whatever else it may be, and every failure, is left to Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from kg.endpoint.guard import LARGEST
from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import KGError
from kg.sparql.base import needs_base
from kg.workers.limits import Limits
from web.request.cache_key import SPARQL, cache_key
from web.request.decisions import Decisions, decide
from web.request.hosts import HOSTED, REFUSED, address, answers_to, root
from web.request.negotiate import content_type
from web.serving.cache import Cache, CachedResponse
from web.serving.current_build import BuildSource
from web.serving.etags import version, volatile
from web.serving.headers import DATA, EVERYWHERE, VARY
from web.serving.observe import Event
from web.serving.public_queries import PublicQueries
from web.serving.sent import ASKED, FAILURE, coded, through, unchanged

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Ask = Callable[[QueryRequest, str], QueryResult | None]
Rest = Callable[["WSGIEnvironment"], CachedResponse | None]

KEY = "aide-memoire.front"
# The header by which a client may name a query, to have it stopped.
HANDLE = "HTTP_QUERY_HANDLE"

# What `quick` has read of a request before it left it to a call.
_MISSED = "aide-memoire.missed"
_READING = {"GET", "HEAD", "POST"}
_QUICK = {"GET", "POST"}
# The only answers that are sent in parts, or of which it is known when they were made.
_FILES = "/assets/"
_CONDITIONS = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH")
_OK = "200 OK"


class Front:
    """Answers from what is kept, else plain queries itself, else through Flask."""

    def __init__(
        self,
        flask: WSGIApplication,
        public: PublicQueries,
        cache: Cache,
        revision: str,
        source: BuildSource,
        limits: Limits,
        hosts: frozenset[str] = frozenset(),
    ) -> None:
        """Take what answers, and where its build comes from."""
        self._flask = flask
        self._public = public
        self._cache = cache
        self._revision = revision
        self._source = source
        self._costs = {"timeout": limits.query_seconds, "max_bytes": limits.result_bytes}
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if not self._takes(environ):
            return self._flask(environ, start_response)
        environ["REQUEST_METHOD"] = "POST" if method == "POST" else "GET"
        had = environ.get("HTTP_IF_NONE_MATCH", "")
        if had and had.strip() == "*":
            # For Flask would do all the work and send nothing, which cannot be kept.
            del environ["HTTP_IF_NONE_MATCH"]
        try:
            number = self._source.current().number
        except KGError:
            return self._flask(environ, start_response)
        sent = self._sent(environ, number, self._public.ask, partial(through, self._flask))
        if sent is None:
            return self._flask(environ, start_response)
        if had:
            sent = unchanged(had, sent)
        start_response(sent.status, sent.headers)
        return [] if method == "HEAD" else [sent.body]

    def quick(self, environ: WSGIEnvironment) -> CachedResponse | None:
        """Return an answer that takes no longer than a look-up, or None if this one may.

        For an event loop; the same environment may then be answered by a call.
        """
        store = self._source.at_hand()
        had = environ.get("HTTP_IF_NONE_MATCH", "")
        if store is None or environ["REQUEST_METHOD"] not in _QUICK or had.strip() == "*":
            return None
        if not self._takes(environ):
            return None
        look_up = self._public.look_up
        sent = self._sent(environ, store.number, lambda q, _: look_up(q, store), lambda _: None)
        return unchanged(had, sent) if sent and had else sent

    def _takes(self, environ: WSGIEnvironment) -> bool:
        """Tell whether a request is not for Flask alone."""
        refused = environ[REFUSED] = bool(self._hosts) and not answers_to(environ, self._hosts)
        return not refused and environ["REQUEST_METHOD"] in _READING and not _in_parts(environ)

    def _sent(
        self, environ: WSGIEnvironment, number: str, ask: Ask, rest: Rest
    ) -> CachedResponse | None:
        """Return an answer that is kept, or have one made, and keep it if that may be."""
        missed = environ.pop(_MISSED, None)
        if missed and missed[0] == number:
            _, decided, key = missed
            sent = None
        else:
            decided = decide(environ)
            key = cache_key(environ, number, decided)
            sent = self._kept(environ, key) if key else None
        if sent is None:
            sent = self._plain(environ, number, decided, ask) or rest(environ)
            if sent is None:
                environ[_MISSED] = number, decided, key
                return None
            sent = coded(decided.coding, sent)
            if key and sent.lasting:
                self._keep(environ, key, sent)
        return sent

    def _kept(self, environ: WSGIEnvironment, key: Hashable) -> CachedResponse | None:
        sent = self._cache.get(key)
        if sent is None and self._hosts:
            sent = self._cache.get((key, address(environ)))
        if sent and sent.query:
            self._public.observer.note(Event(sent.query, "cached", 0.0, size=len(sent.body)))
        return sent

    def _keep(self, environ: WSGIEnvironment, key: Hashable, sent: CachedResponse) -> None:
        """Keep an answer for all hosts alike; one that holds the host only if we answer to it."""
        if HOSTED not in environ:
            self._cache.put(key, sent)
        elif self._hosts:
            self._cache.put((key, address(environ)), sent)

    def _plain(
        self, environ: WSGIEnvironment, number: str, decided: Decisions, ask: Ask
    ) -> CachedResponse | None:
        """Answer a GET of /sparql that gives a query and nothing else, if it succeeds."""
        if environ["PATH_INFO"] != SPARQL or environ["REQUEST_METHOD"] != "GET":
            return None
        query = environ.get(ASKED) or _only_query(environ.get("QUERY_STRING", ""))
        if query is None or len(query) > LARGEST or "html" in environ.get("HTTP_ACCEPT", ""):
            return None
        environ[ASKED] = query
        lasting = not volatile(query)
        tag = _tag(number, self._revision, query, decided) if lasting else ""
        if tag and tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            return CachedResponse(_OK, _headers("", tag, 0), b"", tag=tag, query=query)
        try:
            question = self._question(environ, number, query, decided)
            answer = ask(question, environ.get("REMOTE_ADDR", ""))
        except KGError as error:
            environ[FAILURE] = error
            return None
        if answer is None:
            return None
        media, body, made = answer
        if made != number:
            tag, lasting = "", False
        kind = content_type(media)
        return CachedResponse(_OK, _headers(kind, tag, len(body)), body, kind, tag, lasting, query)

    def _question(
        self, environ: WSGIEnvironment, number: str, query: str, decided: Decisions
    ) -> QueryRequest:
        _, rows, graphs, _ = decided.kinds
        base = root(environ) + SPARQL if needs_base(query) else ""
        handle = environ.get(HANDLE, "")
        return QueryRequest(
            query,
            rows,
            graphs,
            build=number,
            handle=handle,
            base=base,
            **self._costs,  # type: ignore[arg-type]
        )


def _in_parts(environ: WSGIEnvironment) -> bool:
    """Tell whether a part of a file is asked for; of other answers the whole is sent.

    A server may ignore Range (RFC 9110, 14.2). No tag of ours is a strong one, so none could be
    what If-Match names. With either header an answer would be made anew each time.
    """
    if "HTTP_RANGE" not in environ and "HTTP_IF_MATCH" not in environ:
        return False
    if environ["PATH_INFO"].startswith(_FILES):
        return True
    for name in _CONDITIONS:
        environ.pop(name, None)
    return False


def _only_query(text: str) -> str | None:
    """Return the SPARQL query of a URL that gives a query and nothing else."""
    if not text.startswith("query=") or "&" in text:
        return None
    try:
        return unquote_plus(text[len("query=") :], errors="strict")
    except UnicodeDecodeError:
        return None


def _tag(number: str, revision: str, query: str, decided: Decisions) -> str:
    kinds = " ".join(decided.kinds)
    return f'W/"{version(number, revision, SPARQL, [("query", query)], kinds)}"'


def _headers(kind: str, tag: str, size: int) -> list[tuple[str, str]]:
    """Return the headers that Flask would send, in its order."""
    own = [("Content-Type", kind), ("Content-Length", str(size))]
    vary = ("Vary", ", ".join(VARY))
    if not tag:
        return [*own, ("Cache-Control", "no-store"), *EVERYWHERE.items(), vary]
    return [*own, ("ETag", tag), *DATA, *EVERYWHERE.items(), vary]
