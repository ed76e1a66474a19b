"""A headless Chromium of the system's, and the site that it visits: both on this machine alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kg.pipeline.build import build
from tests.serving import serving

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = {"phone": 390, "desktop": 1280}
SCHEMES = ("light", "dark")
# Pages whose scripts ask for more once they are there.
ASKING = ("/sparql", "/network")

_QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--disable-component-update",
    "--disable-quic",
)
_HEIGHT = 900


def chromium() -> str:
    """Return the path of the machine's Chromium; the empty string if it has none."""
    return next((path for path in map(shutil.which, NAMES) if path), "")


@contextmanager
def driving() -> Iterator[Browser]:
    """Start the browser; it is gone when the block ends."""
    # Chromium refuses its sandbox to root.
    alone = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=[*_QUIET, *alone])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def site() -> Iterator[str]:
    """Build the real graph and serve it; yield where."""
    with tempfile.TemporaryDirectory(prefix="kg-browser-") as folder:
        builds = Path(folder) / "builds"
        build(builds=builds)
        with serving(Path(folder) / "log", BUILDS=builds) as (port, _):
            yield f"http://127.0.0.1:{port}"


def context(browser: Browser, width: str, scheme: str, **more: object) -> BrowserContext:
    """Open a window of a width and a colour scheme, with nothing in its cache."""
    size = {"width": WIDTHS[width], "height": _HEIGHT}
    return browser.new_context(viewport=size, color_scheme=scheme, **more)  # type: ignore[arg-type]


class Pages:
    """Pages to use one after another: to start a process for each takes longer than most tests."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._windows: dict[tuple[str, str], BrowserContext] = {}
        self._free: dict[tuple[str, str], list[Page]] = defaultdict(list)
        self._taken: dict[Page, tuple[str, str]] = {}

    def take(self, width: str, scheme: str) -> Page:
        """Return a page of a width and a colour scheme that nobody uses."""
        kind = width, scheme
        if kind not in self._windows:
            self._windows[kind] = context(self._browser, width, scheme)
        page = self._free[kind].pop() if self._free[kind] else self._windows[kind].new_page()
        self._taken[page] = kind
        return page

    def give_back(self, page: Page) -> None:
        """Empty a page, and keep it for the next one who takes one."""
        kind = width, scheme = self._taken.pop(page)
        page.unroute_all(behavior="ignoreErrors")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.set_viewport_size({"width": WIDTHS[width], "height": _HEIGHT})
        page.emulate_media(color_scheme=scheme, media="null")  # type: ignore[arg-type]
        self._free[kind].append(page)

    def close(self) -> None:
        """Close all windows."""
        for window in self._windows.values():
            window.close()


class Visit:
    """A page, and all that went wrong in it."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root
        self.wrong: list[str] = []
        self.status = 0
        self._watches = {
            "console": self._console,
            "pageerror": lambda error: self.wrong.append(f"error: {error}"),
            "requestfailed": self._failed,
            "request": self._request,
        }
        for event, watch in self._watches.items():
            page.on(event, watch)  # type: ignore[call-overload]

    def leave(self) -> None:
        """Watch the page no longer, as another visit may use it."""
        for event, watch in self._watches.items():
            self.page.remove_listener(event, watch)

    def open(self, path: str) -> Visit:
        """Go to a path and wait until the page is at rest."""
        # To see that nothing more is asked for takes half a second; most pages ask for nothing.
        rest = "networkidle" if path.startswith(ASKING) else "load"
        answer = self.page.goto(self.root + path, wait_until=rest)  # type: ignore[arg-type]
        self.status = answer.status if answer else 0
        return self

    def turn(self, width: str, scheme: str) -> None:
        """Look at the page at another width or in another scheme."""
        self.page.set_viewport_size({"width": WIDTHS[width], "height": _HEIGHT})
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    def _console(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        # The browser says of each page that is not found that it was not.
        if kind in {"error", "warning"} and "the server responded with a status of" not in text:
            self.wrong.append(f"{kind}: {text}")

    def _failed(self, request: object) -> None:
        # What a newer question makes idle is withdrawn by the page itself.
        url, failure = request.url, request.failure  # type: ignore[attr-defined]
        if failure != "net::ERR_ABORTED":
            self.wrong.append(f"{url} failed: {failure}")

    def _request(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith((self.root, "data:", "blob:")):
            self.wrong.append(f"asked another host: {url}")
