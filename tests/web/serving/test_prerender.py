import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from flask import Flask, request

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import THING
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.store import Store
from web import create_app
from web.root_path import RootPath
from web.serving import current_build
from web.serving.cache import Cache
from web.serving.prerender import follow, render


def _app(held: list[Store]) -> tuple[Flask, Cache]:
    app = create_app({"TESTING": True}, store=held[0])
    pages = Cache(10_000_000)
    current_build.provide(app, lambda: held[-1], pages)
    return app, pages


def _is_kept(app: Flask, pages: Cache, store: Store, tag: str, slug: str) -> bool:
    return (
        pages.get((store.number, app.config["REVISION"], RootPath(), tag, f"page {slug}"))
        is not None
    )


def _first(store: Store) -> str:
    return index(store).members(ThingFilter(), "degree", 1)[0].removeprefix(THING)


@contextmanager
def _following(app: Flask) -> Iterator[None]:
    ended = Event()
    thread = Thread(target=follow, args=(app, ended))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_pages_of_the_most_connected_are_there_in_every_language(store: Store) -> None:
    app, pages = _app([store])
    assert render(app, Event()) == store.number
    slug = _first(store)
    assert all(_is_kept(app, pages, store, tag, slug) for tag in ("en", "ja", "ru"))


def test_a_visitor_is_sent_what_was_rendered_ahead(store: Store) -> None:
    app, pages = _app([store])
    render(app, Event())
    slug = _first(store)
    kept = pages.get((store.number, app.config["REVISION"], RootPath(), "en", f"page {slug}"))
    sent = app.test_client().get(f"/page/{slug}")
    assert kept is not None
    assert sent.data == kept.body


def test_rendering_ends_with_the_process(store: Store) -> None:
    app, pages = _app([store])
    ended = Event()
    ended.set()
    render(app, ended)
    assert not _is_kept(app, pages, store, "en", _first(store))


def test_the_next_build_is_rendered_when_it_comes(store: Store) -> None:
    held = [store]
    app, pages = _app(held)
    with _following(app):
        _wait(app, pages, store)
        later = Store.of(store.quads(), "later")
        held.append(later)
        _wait(app, pages, later)


def test_a_page_that_fails_does_not_keep_the_others_from_being_rendered(store: Store) -> None:
    app, pages = _app([store])

    @app.before_request
    def fail() -> None:
        if request.path in {"/timeline", f"/page/{_first(store)}"}:
            raise RuntimeError("this page cannot be made")

    assert render(app, Event()) == store.number
    second = index(store).members(ThingFilter(), "degree", 2)[1].removeprefix(THING)
    assert _is_kept(app, pages, store, "en", second)


def test_the_next_build_is_rendered_though_one_could_not_be_read(store: Store) -> None:
    held = [Store("broken", EmbeddedEngine(disk=Path("/nowhere")))]
    app, pages = _app(held)
    with _following(app):
        time.sleep(0.2)
        held.append(store)
        _wait(app, pages, store)


def _wait(app: Flask, pages: Cache, store: Store) -> None:
    for _ in range(300):
        if _is_kept(app, pages, store, "ru", _first(store)):
            return
        time.sleep(0.05)
    raise AssertionError(f"no page of build {store.number} was rendered")
