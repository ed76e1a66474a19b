"""WSGI middleware that takes the prefix of the site and a language off the path of a request.

Behind it the application lives at the root of its host: `/kg/ja/page/japan` is `/page/japan`, with
`/kg/ja` as SCRIPT_NAME (PEP 3333). The prefix is that of `KG_PUBLIC_URL`, else what the proxies of
`KG_PROXIES` send as X-Forwarded-Prefix. A proxy may take the prefix off the path or leave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model.errors import KGError
from kg.model.languages import LANGUAGES
from web.root_path import AT_ROOT, RootPath, in_root_path, root_path

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Set in the environment of a request that has been read.
_ROOT = "aide-memoire.root"
# What stands in pages as it is: neither `//host` nor `..`, nor what would have to be escaped.
PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


class ServedPath:
    """Hands on requests with the path that the application has, and sets the root of links."""

    def __init__(self, application: WSGIApplication, prefix: str = "") -> None:
        """Take what answers, and the prefix of the public address, if there is one."""
        self._application = application
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        # A request that was tried at once comes a second time, in a thread.
        root: RootPath | None = environ.get(_ROOT)
        if root is None:
            prefix = self._prefix or _forwarded(environ.get("SCRIPT_NAME", ""))
            root, environ["PATH_INFO"] = split_path(environ["PATH_INFO"], prefix)
            environ[_ROOT] = root
        environ["SCRIPT_NAME"] = root.pages
        # Most requests have neither, as a thread has between requests: there is nothing to set.
        if root == root_path():
            return self._application(environ, start_response)
        with in_root_path(root):
            return self._application(environ, start_response)


def split_path(path: str, prefix: str = "") -> tuple[RootPath, str]:
    """Return the prefix with the language of a path, and the rest of the path.

    >>> split_path("/kg/ja/page/japan", "/kg")
    (RootPath(prefix='/kg', language='ja'), '/page/japan')
    >>> split_path("/map", "/kg"), split_path("/ja")
    ((RootPath(prefix='/kg', language=''), '/map'), (RootPath(prefix='', language='ja'), '/'))
    """
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        path = path.removeprefix(prefix)
    first = path[1:].partition("/")[0]
    if first in LANGUAGES:
        return RootPath(prefix, first), path[1 + len(first) :] or "/"
    return RootPath(prefix) if prefix else AT_ROOT, path or "/"


def refuse_taken(prefix: str, paths: Iterable[str]) -> None:
    """Raise KGError if a prefix begins as one of the site's paths does, which it would hide.

    >>> refuse_taken("/kg", ["/map"]), refuse_taken("", ["/map"])
    (None, None)
    """
    first = prefix[1:].partition("/")[0]
    if first and first in {*LANGUAGES, *(path[1:].partition("/")[0] for path in paths)}:
        raise KGError(
            f"KG_PUBLIC_URL: /{first} is an address of the site itself; choose another prefix"
        )


def _forwarded(prefix: str) -> str:
    """Return a prefix that a proxy names; nothing if it is none."""
    prefix = prefix.rstrip("/")
    return prefix if PREFIX.fullmatch(prefix) else ""
