"""WSGI before Flask: what is kept, and plain queries, leave from here.

Flask takes longer over a small request than the engine does. A GET of /sparql that gives a query
and nothing else is asked here; whatever else it may be, and every failure, is left to Flask.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from werkzeug.exceptions import NotAcceptable

from kg.errors import KGError
from kg.public.limits import Limits
from kg.public.question import Question
from web.cache import Cache, Sent
from web.compress import GZIP, coding, compressible, encode
from web.etags import version, volatile
from web.headers import DATA, EVERYWHERE, VARY
from web.negotiate import GRAPHS, ROWS, choose, content_type
from web.observe import Event
from web.public import Public

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SPARQL = "/sparql"
# Where Flask finds what has already gone wrong with the request, and leaves the query of one.
FAILURE, ASKED = "aide-memoire.failure", "aide-memoire.asked"
# The header by which a client may name a query, to have it stopped.
HANDLE = "HTTP_QUERY_HANDLE"

_LONGEST_BODY = 20_000
_LONGEST_FIELD = 2000


class Front:
    """Answers from what is kept, else plain queries itself, else through Flask."""

    def __init__(
        self,
        flask: WSGIApplication,
        public: Public,
        cache: Cache,
        revision: str,
        number: Callable[[], str],
        limits: Limits,
    ) -> None:
        """Take what answers, and how to tell which build is current; KGError if there is none."""
        self._flask = flask
        self._public = public
        self._cache = cache
        self._revision = revision
        self._number = number
        self._costs = {"seconds": limits.query_seconds, "largest": limits.result_bytes}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD", "POST") or "HTTP_RANGE" in environ:
            return self._flask(environ, start_response)
        environ["REQUEST_METHOD"] = "POST" if method == "POST" else "GET"
        try:
            number = self._number()
        except KGError:
            return self._flask(environ, start_response)
        key = self._key(environ, number)
        sent = self._cache.get(key) if key else None
        if sent is None:
            sent = self._make(environ, number)
            if key and sent.lasting:
                self._cache.put(key, sent)
        elif sent.query:
            self._public.observer.note(Event(sent.query, "cached", 0.0, size=len(sent.body)))
        if "HTTP_IF_NONE_MATCH" in environ:
            sent = _unchanged(environ["HTTP_IF_NONE_MATCH"], sent)
        start_response(sent.status, sent.headers)
        return [] if method == "HEAD" else [sent.body]

    def _key(self, environ: WSGIEnvironment, number: str) -> Hashable | None:
        """Return all that the answer to a request depends on; None if it is not to be kept."""
        body = b""
        if environ["REQUEST_METHOD"] == "POST":
            if environ["PATH_INFO"] != SPARQL:
                return None
            found = _small_body(environ)
            if found is None:
                return None
            body = found
            environ["wsgi.input"] = io.BytesIO(body)
        query = environ.get("QUERY_STRING", "")
        accept = environ.get("HTTP_ACCEPT", "")
        if max(len(query), len(accept)) > _LONGEST_BODY:
            return None
        return (
            number,
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            query,
            accept,
            coding(environ.get("HTTP_ACCEPT_ENCODING", "")[:_LONGEST_FIELD]),
            environ.get("HTTP_ACCEPT_LANGUAGE", "")[:_LONGEST_FIELD],
            environ.get("wsgi.url_scheme", ""),
            environ.get("HTTP_HOST", ""),
            environ.get("HTTP_COOKIE", "")[:_LONGEST_FIELD],
            environ.get("CONTENT_TYPE", "") if body else "",
            body,
        )

    def _make(self, environ: WSGIEnvironment, number: str) -> Sent:
        sent = self._plain(environ, number) or _through(self._flask, environ)
        return _coded(environ, sent)

    def _plain(self, environ: WSGIEnvironment, number: str) -> Sent | None:
        """Answer a GET of /sparql that gives a query and nothing else, if it succeeds."""
        if environ["PATH_INFO"] != SPARQL or environ["REQUEST_METHOD"] != "GET":
            return None
        query = _only_query(environ.get("QUERY_STRING", ""))
        accept = environ.get("HTTP_ACCEPT", "")
        takes = _media(accept) if len(accept) < _LONGEST_FIELD else None
        if query is None or takes is None:
            return None
        environ[ASKED] = query
        lasting = not volatile(query)
        tag = _tag(number, self._revision, query, accept) if lasting else ""
        if tag and tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            return Sent(_OK, _headers("", tag, 0), b"", tag=tag, query=query)
        handle = environ.get(HANDLE, "")
        question = Question(query, *takes, number=number, handle=handle, **self._costs)  # type: ignore[arg-type]
        try:
            media, body, made = self._public.ask(question, environ.get("REMOTE_ADDR", ""))
        except KGError as error:
            environ[FAILURE] = error
            return None
        if made != number:
            tag, lasting = "", False
        kind = content_type(media)
        return Sent(_OK, _headers(kind, tag, len(body)), body, kind, tag, lasting, query)


def _small_body(environ: WSGIEnvironment) -> bytes | None:
    """Read the body of a request if it says that it is small, and is as long as it says."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        return None
    return environ["wsgi.input"].read(size) if 0 <= size <= _LONGEST_BODY else None


def _only_query(text: str) -> str | None:
    """Return the SPARQL query of a URL that gives a query and nothing else."""
    if not text.startswith("query=") or "&" in text:
        return None
    try:
        return unquote_plus(text[len("query=") :], errors="strict")
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=256)
def _media(accept: str) -> tuple[str, str] | None:
    """Return the media types for rows and for graphs; None if HTML or nothing is wanted."""
    if "html" in accept:
        return None
    return tuple(_chosen(*offers, accept) for offers in (ROWS, GRAPHS))  # type: ignore[return-value]


def _chosen(offers: dict[str, str], also: dict[str, str], accept: str) -> str:
    try:
        return choose(offers, accept, also=also)
    except NotAcceptable:
        return ""


def _tag(number: str, revision: str, query: str, accept: str) -> str:
    return f'W/"{version(number, revision, SPARQL, [("query", query)], accept)}"'


def _headers(kind: str, tag: str, size: int) -> list[tuple[str, str]]:
    """Return the headers that Flask would send, in its order."""
    own = [("Content-Type", kind), ("Content-Length", str(size))]
    vary = ("Vary", ", ".join(VARY))
    if not tag:
        return [*own, ("Cache-Control", "no-store"), *EVERYWHERE.items(), vary]
    return [*own, ("ETag", tag), *DATA, *EVERYWHERE.items(), vary]


def _through(flask: WSGIApplication, environ: WSGIEnvironment) -> Sent:
    """Have Flask answer, and take its answer whole."""
    head: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        head[:] = [status, headers]
        return lambda _: None

    parts = flask(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    headers = {name.lower(): value for name, value in head[1]}
    tag = headers.get("etag", "")
    stored = tag or environ["REQUEST_METHOD"] == "POST"
    lasting = head[0].startswith("200") and "no-store" not in headers.get("cache-control", "")
    kind = "" if "content-encoding" in headers else headers.get("content-type", "")
    asked = environ.get(ASKED, "")
    return Sent(head[0], head[1], body, kind, tag, bool(stored) and lasting, asked)


def _coded(environ: WSGIEnvironment, sent: Sent) -> Sent:
    """Code the body if the client can read it and it is worth the while."""
    if not compressible(sent.kind, len(sent.body)):
        return sent
    if coding(environ.get("HTTP_ACCEPT_ENCODING", "")[:_LONGEST_FIELD]) != GZIP:
        return sent
    # Equal in meaning, no longer in bytes.
    tag = sent.tag if sent.tag.startswith("W/") or not sent.tag else f"W/{sent.tag}"
    body = encode(sent.body)
    replaced = {"Content-Length": str(len(body)), "ETag": tag}
    headers = [(name, replaced.get(name, value)) for name, value in sent.headers]
    return sent._replace(headers=[*headers, ("Content-Encoding", GZIP)], body=body, tag=tag)


def _unchanged(had: str, sent: Sent) -> Sent:
    """Answer 304 without a body if the client has what would be sent (RFC 9110, 13.1.2)."""
    if not sent.tag or not sent.status.startswith("200"):
        return sent
    if sent.tag.removeprefix("W/") not in had and had.strip() != "*":
        return sent
    kept = [(n, v) for n, v in sent.headers if n not in _OF_A_BODY]
    return Sent("304 NOT MODIFIED", kept, b"")


_OK = "200 OK"
_OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}
