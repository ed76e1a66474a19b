"""The WSGI application (PEP 3333): its environment, made of ASGI's scope, and its answer."""

from __future__ import annotations

import io
import logging
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from werkzeug.middleware.proxy_fix import ProxyFix

from web.edge.problem import problem_response
from web.serving.cached_response import CachedResponse, capture
from web.serving.public_queries import AT_ONCE, NotAtOnce

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import HTTPScope

_log = logging.getLogger(__name__)

# Headers that WSGI names without HTTP_.
_PLAIN = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
# Keys by header name, up to a bound, as clients choose the names.
_NAMES: dict[bytes, str] = {}
_NAMES_MOST = 1000


def environment(scope: HTTPScope) -> WSGIEnvironment:
    """Return the environment of a request, without its body."""
    server, port = scope["server"] or ("", 0)
    values: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # Bytes as Latin-1, as PEP 3333 has all text.
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key = _NAMES.get(name) or _key(name)
        text = value.decode("latin-1")
        if key in values:
            # RFC 9110, 5.3; cookies are joined otherwise (RFC 9113, 8.2.3).
            text = values[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        if key:
            values[key] = text
    return values


def _key(name: bytes) -> str:
    """Return the key of a header; "" for one that could pass for another's (X_A for X-A)."""
    if b"_" in name:
        return ""
    key = _PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if len(_NAMES) < _NAMES_MOST:
        _NAMES[name] = key
    return key


def behind_proxies(environ: WSGIEnvironment, proxies: int) -> None:
    """Take the client's address and scheme from what so many trusted proxies have added."""
    if proxies:
        ProxyFix(lambda *_: (), x_for=proxies)(environ, lambda *_: bytes)


def respond(wsgi: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse:
    """Have a WSGI application respond; 500 if it fails."""
    try:
        return capture(wsgi, environ)
    except Exception:  # noqa: BLE001 - else the client would wait for ever
        return _failed(environ)


def respond_at_once(wsgi: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse | None:
    """Have a WSGI application respond on the event loop; None if that may take a while.

    The same environment may then be answered in a thread.
    """
    environ[AT_ONCE] = True
    try:
        return capture(wsgi, environ)
    except NotAtOnce:
        return None
    except Exception:  # noqa: BLE001 - else the connection would break off
        return _failed(environ)
    finally:
        del environ[AT_ONCE]


def _failed(environ: WSGIEnvironment) -> CachedResponse:
    _log.exception("%s %r failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "the server's log has the reason")
