"""The graph that the current request is answered from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import Flask, current_app, g

from kg.model.languages import language
from kg.store.builds import Trouble
from kg.store.store import Store
from web.serving.cache import Cache, CachedResponse


class BuildSource(NamedTuple):
    """Where the store comes from: opened if need be, or None if that had to be done first."""

    current: Callable[[], Store]
    at_hand: Callable[[], Store | None]


_KEY, _PAGES = "aide-memoire", "aide-memoire.pages"
_TROUBLE = "aide-memoire.trouble"


def provide(
    app: Flask,
    source: Callable[[], Store],
    pages: Cache,
    trouble: Callable[[], Trouble | None] = lambda: None,
) -> None:
    """Tell the application where its store comes from, what is wrong, and where pages are kept."""
    app.extensions[_KEY] = source
    app.extensions[_PAGES] = pages
    app.extensions[_TROUBLE] = trouble


def trouble() -> Trouble | None:
    """Return what is wrong with the build that should be served; None if it is served."""
    found: Trouble | None = current_app.extensions[_TROUBLE]()
    return found


def kept(name: str, render: Callable[[], str]) -> str:
    """Return a page that only another build or language changes, whatever else the address says.

    It is rendered once, for as long as there is room for it.
    """
    pages: Cache = current_app.extensions[_PAGES]
    key = (store().number, current_app.config["REVISION"], language(), name)
    found = pages.get(key)
    if found is None:
        found = CachedResponse("200 OK", [], render().encode())
        pages.put(key, found)
    return found.body.decode()


def store() -> Store:
    """Return the store, the same one throughout a request; BuildMissing if there is none."""
    if "store" not in g:
        g.store = current_app.extensions[_KEY]()
    found: Store = g.store
    return found
