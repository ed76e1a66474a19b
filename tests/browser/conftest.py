"""One browser and one site for all; windows of each width and scheme are opened once.

The browser is the system's. Where there is none, the tests are skipped and say so; with
KG_REQUIRE_BROWSER=1 that is a failure.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.driving import NAMES, Visit, chromium, context, driving, site

Opens = Callable[..., Visit]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    if not chromium():
        missing = f"no browser is tested: there is none of {', '.join(NAMES)} on this machine"
        if os.environ.get("KG_REQUIRE_BROWSER", "") not in {"", "0"}:
            pytest.fail(missing)
        pytest.skip(missing)
    with driving() as browser:
        yield browser


@pytest.fixture(scope="session")
def root(chrome: Browser) -> Iterator[str]:
    with site() as address:
        yield address


@pytest.fixture(scope="session")
def windows(chrome: Browser) -> Iterator[dict[tuple[str, str], BrowserContext]]:
    found: dict[tuple[str, str], BrowserContext] = {}
    yield found
    for window in found.values():
        window.close()


@pytest.fixture
def visit(
    chrome: Browser, root: str, windows: dict[tuple[str, str], BrowserContext]
) -> Iterator[Opens]:
    """Open a page: `visit(path, width, scheme)`; all is closed after the test."""
    visits: list[Visit] = []

    def opens(path: str, width: str = "desktop", scheme: str = "light") -> Visit:
        if (width, scheme) not in windows:
            windows[width, scheme] = context(chrome, width, scheme)
        visits.append(Visit(windows[width, scheme].new_page(), root))
        return visits[-1].open(path)

    yield opens
    for one in visits:
        one.page.close()
