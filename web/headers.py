"""Headers that every answer carries: security, caching by build, ETag."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, g, request

bp = Blueprint("headers", __name__)

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_OK = 200


@bp.after_app_request
def add_security(answer: Response) -> Response:
    """Keep the browser from loading or sending anything elsewhere."""
    answer.headers.extend(SECURITY)
    return answer


@bp.after_app_request
def add_version(answer: Response) -> Response:
    """Version an answer by build, site and representation; 304 if the client has it."""
    cacheable = answer.status_code == _OK and request.method in {"GET", "HEAD"} and "store" in g
    if not cacheable:
        return answer
    parts = (
        g.store.number,
        current_app.config["REVISION"],
        request.full_path,
        answer.mimetype or "",
    )
    answer.set_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20])
    answer.headers.setdefault("Cache-Control", "no-cache")
    answer.make_conditional(request)
    return answer
