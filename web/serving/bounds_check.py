"""WSGI middleware before all else: requests beyond the bounds are refused before they are read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from werkzeug.http import HTTP_STATUS_CODES

from web.problem_types import status_type
from web.request.bounds import FORM, HEADERS, Refusal, parameters, refusals
from web.serving.cached_response import EVERYWHERE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


# Set in the environment of a request once it has passed the bounds.
_CHECKED = "aide-memoire.checked"


class BoundsCheck:
    """Refuses requests that go beyond `web.request.bounds`, and hands on all others."""

    def __init__(self, application: WSGIApplication) -> None:
        """Take what answers the requests that are within the bounds."""
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        # A request that was tried at once comes a second time, in a thread.
        beyond = None if _CHECKED in environ else refusal(environ)
        if beyond is None:
            environ[_CHECKED] = True
            return self._application(environ, start_response)
        return _refuse(beyond, environ, start_response)


def refusal(environ: WSGIEnvironment) -> Refusal | None:
    """Return the first bound that a request goes beyond, if any."""
    return next(chain(refusals(environ), _form(environ)), None)


def _form(environ: WSGIEnvironment) -> Iterator[Refusal]:
    """Check the fields of a form, whose body is within its bound; what is read is put back."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length and environ.get("CONTENT_TYPE", "").lower().startswith(FORM):
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = io.BytesIO(body)
        yield from parameters(body.decode("latin-1"), 413)


def _refuse(
    beyond: Refusal, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Say which bound is exceeded: in plain text to a browser, else as problem+json (RFC 9457)."""
    title = HTTP_STATUS_CODES[beyond.status]
    if "text/" in environ.get("HTTP_ACCEPT", "")[: HEADERS["Accept"]]:
        kind, body = "text/plain; charset=utf-8", f"{title}: {beyond.detail}\n".encode()
    else:
        members = {"type": status_type(beyond.status), "title": title, **beyond._asdict()}
        kind, body = "application/problem+json", (json.dumps(members, indent=2) + "\n").encode()
    own = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    start_response(f"{beyond.status} {title.upper()}", [*own, *EVERYWHERE])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
