"""The pages of the most connected things, rendered when a build is taken up, before anybody asks.

They are those that take longest. A page once rendered is kept: see `web.graph`.
"""

from __future__ import annotations

import atexit
import time
from contextvars import copy_context
from threading import Event, Thread

from flask import Flask

from kg.language import SPOKEN
from kg.prefixes import THING
from kg.read.index import Narrowing, index
from web import urls
from web.graph import store

MOST = 50

_SECONDS_BETWEEN_LOOKS = 1.0


def keep_ahead(app: Flask) -> None:
    """Follow the current build for as long as the process lives, in a thread of its own."""
    ended = Event()
    thread = Thread(target=follow, args=(app, ended), name="ahead", daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        thread.join()

    # A thread that is in the engine when the interpreter goes would take the process down.
    atexit.register(end)


def render(app: Flask, ended: Event) -> str:
    """Render the pages in every language, resting as long as each took; return the build's number.

    It stops in the middle if the process ends, or if there is another build.
    """
    with app.app_context():
        number = store().number
        most = index(store()).members(Narrowing(), "degree", MOST)
    for iri in most:
        for tag in SPOKEN:
            start = time.perf_counter()
            path = urls.page_path(iri.removeprefix(THING))
            with app.test_request_context(path, headers={"Accept-Language": tag}):
                if ended.is_set() or store().number != number:
                    return number
                copy_context().run(app.full_dispatch_request)
            ended.wait(time.perf_counter() - start)
    return number


def follow(app: Flask, ended: Event) -> None:
    """Render the pages of every build that becomes current, until the process ends."""
    done = ""
    while not ended.is_set():
        with app.app_context():
            number = store().number
        if number != done:
            done = render(app, ended)
        ended.wait(_SECONDS_BETWEEN_LOOKS)
