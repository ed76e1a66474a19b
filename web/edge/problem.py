"""What the edge answers itself: a problem (RFC 9457) to a request that is not passed on."""

from __future__ import annotations

import json
from http import HTTPStatus

from web.problem_types import status_type
from web.serving.cached_response import EVERYWHERE, CachedResponse

# As the messages of `web.edge.asgi` say.
_RETRY_SECONDS = 5


def problem_response(status: HTTPStatus, detail: str) -> CachedResponse:
    """Return the answer that says what is wrong; with 503, when to try again."""
    members = {"type": status_type(status), "title": status.phrase, "status": status.value}
    body = json.dumps(members | {"detail": detail}).encode() + b"\n"
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *EVERYWHERE,
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", str(_RETRY_SECONDS)))
    return CachedResponse(f"{status.value} {status.phrase}", headers, body)
