"""Pages are light: figures are in `make weigh`; here only the bounds that they promise."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Pages
from tests.browser.pages import ENTITIES, PAGES
from tests.browser.weigh import weight

KB = 1000
# The page of a thing without its map, and any page whole.
ENTITY, ANY = 100 * KB, 400 * KB


@pytest.fixture(scope="module")
def page(pages: Pages) -> Iterator[Page]:
    page = pages.take("desktop", "light")
    yield page
    pages.give_back(page)


@pytest.mark.parametrize("name", ENTITIES)
def test_the_page_of_a_thing_is_light(page: Page, root: str, name: str) -> None:
    sent = weight(page, root, ENTITIES[name])
    assert sum(size for kind, size in sent.items() if kind != "map") < ENTITY, sent


HEAVIEST = ["home", "timeline", "map", "network", "query with rows", "ontology"]


@pytest.mark.parametrize("name", HEAVIEST)
def test_no_page_is_heavy(page: Page, root: str, name: str) -> None:
    sent = weight(page, root, PAGES[name])
    assert sum(sent.values()) < ANY, sent
