"""The host that a request names: which names this server answers to, and who has read the name.

Anybody may send any Host. Where `KG_HOSTS` names ours, another one is refused. Where it does not,
every host is answered, and a response that holds it is not cached (`web.serving.response_cache`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wsgi import get_host

from kg.model.errors import KGError
from web.request.current_request import current_application, current_request
from web.request.served_path import PREFIX
from web.root_path import root_path

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

bp = Blueprint("hosts", __name__)

# Set in the environment of a request whose answer depends on its host or scheme.
HOSTED = "aide-memoire.hosted"
# Set where the host of a request is none that the server answers to.
REFUSED = "aide-memoire.refused"
# Monitoring calls a server by its IP address, and these responses hold no host.
_WATCHED = {"/healthz", "/metrics"}


class Misdirected(HTTPException):
    """The request names a host that this server does not answer to (RFC 9110, 15.5.20)."""

    code = 421
    description = (
        "this server does not answer to that host; use one of its own names, which its owner sets "
        "with KG_HOSTS"
    )


def root(environ: WSGIEnvironment) -> str:
    """Return the address of the site, without a slash at its end: the public one that is set.

    Else it is as the client names it, and the answer is not cached for clients that name another.
    """
    public: str = current_application().config["PUBLIC_URL"]
    if public:
        return public
    environ[HOSTED] = True
    return address(environ)


def address(environ: WSGIEnvironment) -> str:
    """Return what `root` does, for a cache key: an answer must not hold it."""
    return f"{environ['wsgi.url_scheme']}://{get_host(environ)}{root_path().prefix}"


@bp.app_template_global()
def address_of(path: str) -> str:
    """Return the public address of a path of the site, if one is set; else the path.

    Pages are cached for all hosts alike, so that they have no other one: a reader's program takes
    the path as one at the address that it asked for.
    """
    parts = urlsplit(current_application().config["PUBLIC_URL"])
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else path


def public_address(setting: object) -> str:
    """Read the setting of the site's public address; KGError if no site can have it.

    >>> public_address("https://Graph.example/"), public_address("https://a.example/kg/")
    ('https://graph.example', 'https://a.example/kg')
    """
    text = str(setting).strip()
    parts = urlsplit(text)
    path = parts.path.rstrip("/")
    plain = PREFIX.fullmatch(path) and not (parts.query or parts.fragment or parts.username)
    if text and not (parts.scheme in {"http", "https"} and parts.hostname and plain):
        raise KGError(
            f"KG_PUBLIC_URL: “{text}” is not the address of a site; write it like "
            "https://graph.example or https://example.org/graph"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}{path}" if text else ""


def public_prefix(public: str) -> str:
    """Return the prefix of a public address.

    >>> public_prefix("https://a.example/kg"), public_prefix("https://a.example"), public_prefix("")
    ('/kg', '', '')
    """
    return urlsplit(public).path


def names(setting: object) -> frozenset[str]:
    """Read the setting: the names of hosts, without ports.

    >>> sorted(names("Graph.example, [::1]"))
    ['[::1]', 'graph.example']
    """
    return frozenset(str(setting).lower().replace(",", " ").split())


def answers_to(environ: WSGIEnvironment, hosts: frozenset[str]) -> bool:
    """Tell whether the server answers to the host of a request; to all if it has no names."""
    return not hosts or environ["PATH_INFO"] in _WATCHED or _name(_host(environ)) in hosts


@lru_cache(maxsize=256)
def _name(host: str) -> str:
    """Return the name in a Host header; nothing if it is no host.

    >>> _name("Graph.example:8000"), _name("[::1]"), _name("a b")
    ('graph.example', '[::1]', '')
    """
    return re.sub(r":\d+\Z", "", host).lower() if host_is_trusted(host) else ""


def _host(environ: WSGIEnvironment) -> str:
    return str(environ.get("HTTP_HOST", ""))


@bp.before_app_request
def refuse_other_hosts() -> None:
    """Refuse a request for a host that is none of ours, or is no host (RFC 9112, 3.2)."""
    environ = current_request().environ
    if not environ.get(REFUSED):
        return
    if not _name(_host(environ)):
        raise BadRequest("the Host header is missing or is not the name of a host")
    raise Misdirected
