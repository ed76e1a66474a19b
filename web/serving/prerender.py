"""Render the slowest pages when a build becomes current, before anybody requests them.

The pages of the best connected things are cached when rendered (`web.serving.current_build`), and
so are the counts of the views of everything (`kg.index.reader`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextvars import copy_context
from threading import Event

from flask import Flask

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.errors import BuildMissing
from kg.model.languages import DEFAULT, LANGUAGES
from kg.model.prefixes import THING
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.request.hosts import public_prefix
from web.root_path import RootPath, in_root_path
from web.serving.current_build import follow_builds, store

MOST = 50

_VIEWS = ("/", "/timeline", "/map")

_SECONDS_BETWEEN_LOOKS = 1.0


def keep_ahead(app: Flask) -> None:
    """Follow the current build for as long as the process lives, in a background thread."""
    follow_builds(app, follow, "ahead")


def render(app: Flask, ended: Event) -> str:
    """Render what takes longest, resting as long as each page took; return the build's number.

    It stops in the middle if the process ends, or if there is another build. A page that fails is
    logged, and the next one follows.
    """
    with app.app_context():
        number = store().number
        wanted = list(_longest(store()))
    for path, tag in wanted:
        start = time.perf_counter()
        headers = {"Accept-Language": tag}
        root = RootPath(public_prefix(app.config["PUBLIC_URL"]))
        with in_root_path(root), app.test_request_context(path, headers=headers):
            if ended.is_set() or store().number != number:
                return number
            _render(app, path)
        ended.wait(time.perf_counter() - start)
    return number


def _render(app: Flask, path: str) -> None:
    try:
        copy_context().run(app.full_dispatch_request)
    except Exception:  # whatever is wrong with one page, the others are wanted all the same
        app.logger.exception("%s was not rendered ahead", path)


def _longest(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the addresses to render and the language of each."""
    vocabulary = read_vocabulary(store)
    classes = [urls.class_path(iri) for iri, cls in vocabulary.classes.items() if cls.principal]
    for path in (*_VIEWS, *classes):
        yield path, DEFAULT
    for iri in index(store).members(ThingFilter(), "degree", MOST):
        for tag in LANGUAGES:
            yield urls.page_path(iri.removeprefix(THING)), tag


def follow(app: Flask, ended: Event) -> None:
    """Render the pages of every build that becomes current, until the process ends."""
    done = ""
    while not ended.is_set():
        done = _follow(app, ended, done)
        ended.wait(_SECONDS_BETWEEN_LOOKS)


def _follow(app: Flask, ended: Event, done: str) -> str:
    """Render the current build if it is not `done`; return its number, even if that failed."""
    number = done
    try:
        with app.app_context():
            number = store().number
        if number != done:
            render(app, ended)
    except BuildMissing:
        pass  # the error page says so, and there may be a build soon
    except Exception:  # the thread lives as long as the process, for the builds to come
        app.logger.exception("build %s was not rendered ahead", number)
    return number
