"""The graph that the current request is answered from."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, g

from kg.language import language
from kg.memory import per_store
from kg.store import Store

_KEY = "aide-memoire"


def provide(app: Flask, source: Callable[[], Store]) -> None:
    """Tell the application where its store comes from."""
    app.extensions[_KEY] = source


def kept(name: str, render: Callable[[], str]) -> str:
    """Return a large page that only another build changes; it is rendered once for each build."""
    pages, key = _pages(store()), f"{language()} {name}"
    if key not in pages:
        pages[key] = render()
    return pages[key]


def store() -> Store:
    """Return the store, the same one throughout a request; BuildMissing if there is none."""
    if "store" not in g:
        g.store = current_app.extensions[_KEY]()
    found: Store = g.store
    return found


@per_store
def _pages(_: Store) -> dict[str, str]:
    return {}
