"""What every path of the site begins with: the prefix that it is served under, and a language.

A site at `https://graph.example/kg` has the prefix `/kg`, and `/kg/ja/timeline` is its timeline in
Japanese. `web.request.served_path` reads both from the address of a request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class RootPath(NamedTuple):
    """A prefix, such as `/kg`, and the tag of a language; each may be empty."""

    prefix: str = ""
    language: str = ""

    @property
    def pages(self) -> str:
        """Return what the paths of pages begin with.

        >>> RootPath("/kg", "ja").pages, RootPath().pages
        ('/kg/ja', '')
        """
        return f"{self.prefix}/{self.language}" if self.language else self.prefix


AT_ROOT = RootPath()
# A context variable, so that requests in several threads do not share it.
_current: ContextVar[RootPath] = ContextVar("root_path", default=AT_ROOT)


def root_path() -> RootPath:
    """Return what the paths of the site begin with in the current request."""
    return _current.get()


@contextmanager
def in_root_path(root: RootPath) -> Iterator[None]:
    """Write paths with a prefix and a language for the time being.

    >>> with in_root_path(RootPath("/kg")):
    ...     root_path().prefix
    '/kg'
    """
    token = _current.set(root)
    try:
        yield
    finally:
        _current.reset(token)


class PagesRoot:
    """`{{ root }}` of templates: what paths of pages, forms and their JSON begin with."""

    def __str__(self) -> str:
        """Return the prefix and the language of the current request's address."""
        return _current.get().pages


class FilesRoot:
    """`{{ files }}` of templates: what paths begin with that are the same in all languages."""

    def __str__(self) -> str:
        """Return the prefix of the current request's address."""
        return _current.get().prefix
