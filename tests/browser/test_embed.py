"""What other sites may show in a frame, and what they may not; copying with one press."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.driving import context
from tests.browser.pages import STATEMENT_KEY
from tests.loopback import LoopbackHandler

EMBEDDED = {
    "timeline": "/embed/timeline?actor=japan",
    "map": "/embed/map",
    "network": "/embed/network?focus=skripal-attack",
    "statement": f"/embed/statement/{STATEMENT_KEY}",
}
NARROWEST = 280  # pixels


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """Serve one page at another port of this machine, which is another origin."""

    class OnePage(LoopbackHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
            self.respond(200, "text/html; charset=utf-8", html.encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    window = context(chrome, "desktop", "light")
    yield window.new_page()
    window.close()


def test_another_site_frames_what_is_made_for_it_and_nothing_else(page: Page, root: str) -> None:
    frames = "".join(
        f'<iframe name="{name}" src="{root}{path}" width="600" height="400"></iframe>'
        for name, path in {**EMBEDDED, "whole": "/map"}.items()
    )
    with another_site(f"<!doctype html><title>Elsewhere</title>{frames}") as elsewhere:
        page.goto(elsewhere)
        for name in EMBEDDED:
            frame = page.frame(name)
            assert frame is not None
            frame.locator("h1").wait_for()
            assert frame.locator("footer a").first.inner_text() == "Open in Aide-Mémoire"
        refused = page.frame("whole")
        assert refused is not None
        assert refused.url.startswith("chrome-error:")
        assert refused.locator("h1").count() == 0 or "Map" not in refused.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", EMBEDDED)
def test_a_narrow_frame_shows_all_of_it(chrome: Browser, root: str, name: str, scheme: str) -> None:
    window = context(chrome, "desktop", scheme)
    try:
        page = window.new_page()
        page.set_viewport_size({"width": NARROWEST, "height": 400})
        page.goto(root + EMBEDDED[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
        assert violations(page) == []
    finally:
        window.close()


@pytest.mark.parametrize("path", ["/page/japan", f"/statement/{STATEMENT_KEY}", "/cite/page/japan"])
def test_one_press_copies_a_reference(chrome: Browser, root: str, path: str) -> None:
    window = context(chrome, "desktop", "light")
    try:
        window.grant_permissions(["clipboard-read", "clipboard-write"])
        page = window.new_page()
        page.goto(root + path)
        button = page.locator("[data-copies]").last
        named = page.locator(f"#{button.get_attribute('data-copies')}")
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        button.click()
        page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == named.evaluate(
            "element => element.textContent.trim()"
        )
        # Nothing moves when the button says so.
        assert button.bounding_box() == before
    finally:
        window.close()
