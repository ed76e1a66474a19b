"""Whether a form that changes something was sent by a page of this site.

Pages of others can send forms anywhere, in the name of their readers. Browsers say where a form
comes from (https://www.w3.org/TR/fetch-metadata/, and Origin where the site is not served by TLS).
A program that says neither sends in its own name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.wsgi import get_host

from web.request.hosts import root

_OURS = "same-origin"


def require_same_origin() -> None:
    """Refuse a form that a browser sends from a page of another site (403)."""
    site, origin = (request.headers.get(name, "") for name in ("Sec-Fetch-Site", "Origin"))
    if site and site != _OURS:
        raise Forbidden(_refusal(site))
    if origin and not site and origin.partition("://")[2] not in _names():
        raise Forbidden(_refusal(origin))


def _names() -> set[str]:
    return {get_host(request.environ), urlsplit(root(request.environ)).netloc}


def _refusal(origin: str) -> str:
    return (
        f"a form of another site (“{origin[:80]}”) saves nothing here; open the query page of this "
        "site, and save from there"
    )
