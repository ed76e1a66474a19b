"""One browser and one site for all; windows and their pages are opened once and used again.

The browser is the system's. Where there is none, the tests are skipped and say so; with
KG_REQUIRE_BROWSER=1 that is a failure.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.driving import NAMES, Pages, Visit, chromium, driving, site

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
def pages(chrome: Browser) -> Iterator[Pages]:
    opened = Pages(chrome)
    yield opened
    opened.close()


@pytest.fixture
def visit(pages: Pages, root: str) -> Iterator[Opens]:
    """Open a page: `visit(path, width, scheme)`; it is left after the test."""
    visits: list[Visit] = []

    def opens(path: str, width: str = "desktop", scheme: str = "light") -> Visit:
        visits.append(Visit(pages.take(width, scheme), root))
        return visits[-1].open(path)

    yield opens
    for one in visits:
        one.leave()
        pages.give_back(one.page)
