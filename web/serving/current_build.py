"""The build that the current request is answered from, and the pages rendered from it."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from threading import Event, Thread
from typing import NamedTuple

from flask import Flask, current_app, g, has_request_context

from kg.model.languages import current_language
from kg.model.prefixes import use_prefixes
from kg.store.builds import Trouble
from kg.store.store import Store
from web.request.current_request import current_request
from web.request.parameters import BUILD
from web.root_path import root_path
from web.serving.cache import Cache
from web.serving.cached_response import CachedResponse


class BuildSource(NamedTuple):
    """Where the store comes from.

    `current` opens the build if need be, which takes seconds; `at_hand` returns None then.
    """

    current: Callable[[], Store]
    at_hand: Callable[[], Store | None]


# The key in `environ` of the store that a request is answered from: the response cache sets it.
STORE = "aide-memoire.store"

_KEY, _PAGES = "aide-memoire", "aide-memoire.pages"
_TROUBLE = "aide-memoire.trouble"


def provide(
    app: Flask,
    source: Callable[[], Store],
    pages: Cache,
    trouble: Callable[[], Trouble | None] = lambda: None,
) -> None:
    """Give the application its store, what is wrong with it, and the cache of rendered pages."""
    app.extensions[_KEY] = source
    app.extensions[_PAGES] = pages
    app.extensions[_TROUBLE] = trouble


def trouble() -> Trouble | None:
    """Return what is wrong with the build that should be served; None if it is served."""
    current: Trouble | None = current_app.extensions[_TROUBLE]()
    return current


def cached_page(name: str, render: Callable[[], str]) -> str:
    """Return a page that depends on build, language and root alone, whatever the address says.

    It is rendered once, and cached for as long as there is room. Where the address names another
    build, the page says so, and is rendered for that address.
    """
    if current_request().args.get(BUILD, store().number) != store().number:
        return render()
    key = (root_path(), current_language(), name)
    return _cached(key, lambda: render().encode()).decode()


def cached_bytes(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what depends on build and name alone; it is made once, as a page is."""
    return _cached(("", name), make)


def _cached(key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
    pages: Cache = current_app.extensions[_PAGES]
    key = (store().number, current_app.config["REVISION"], *key)
    made = pages.get(key)
    if made is None:
        made = CachedResponse("200 OK", [], make())
        pages.put(key, made)
    return made.body


def follow_builds(app: Flask, follow: Callable[[Flask, Event], None], name: str) -> None:
    """Call `follow` in a background thread that ends with the process, when its event is set."""
    ended = Event()
    thread = Thread(target=follow, args=(app, ended), name=name, daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join()

    # A thread that is in the engine when the interpreter goes would take the process down.
    atexit.register(end)


def store() -> Store:
    """Return the store, the same one throughout a request; BuildMissing if there is none."""
    # Not in `g` of a request: reading it there takes 2 µs each time.
    chosen = current_request().environ if has_request_context() else g.__dict__
    current: Store | None = chosen.get(STORE)
    if current is None:
        current = chosen[STORE] = current_app.extensions[_KEY]()
    use_prefixes(current.texts.prefixes)
    return current
