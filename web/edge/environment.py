"""ASGI's scope as the environment of WSGI (PEP 3333)."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from uvicorn._types import HTTPScope

# Headers that WSGI names without HTTP_.
_PLAIN = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_NAMES: dict[bytes, str] = {}
_NAMES_MOST = 1000


def environment(scope: HTTPScope, body: bytes) -> WSGIEnvironment:
    """Return the environment of a request whose body has been read."""
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
        "wsgi.input": io.BytesIO(body),
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
