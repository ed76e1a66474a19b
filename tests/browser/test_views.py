"""The views over the graph without scripts, and on a telephone at night."""

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import BEYOND, violations
from tests.browser.conftest import Opens


@pytest.mark.parametrize("path", ["/map", "/timeline?from=2018-04-01&until=2018-04-30&as=table"])
def test_opened_views_are_accessible_on_a_telephone_at_night(visit: Opens, path: str) -> None:
    seen = visit(path, "phone", "dark")
    page = seen.page
    if path == "/map":
        page.locator("a.place[aria-label^=Sochi]").focus()
        page.keyboard.press("Enter")
        page.locator(".card-at").wait_for()
    page.locator(".facets summary").first.click()
    assert violations(page) == []
    assert page.evaluate(BEYOND) == 0
    assert seen.wrong == []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/timeline", "ol.moments > li"),
        ("/timeline?as=table", "table.moments-table tbody tr"),
        ("/map", "svg.map a.place"),
        ("/map", ".inset a.territory"),
        ("/network?focus=japan", "svg.network a"),
        ("/network", "svg.network a"),
        ("/network?focus=hungary&focus=skripal-attack", ".shared li"),
        ("/network?focus=japan", "#table tbody tr"),
        ("/search?q=skrpal", ".entries li"),
        ("/class/Event?actor=japan", ".entries li"),
        ("/sparql?query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205", "tbody tr"),
        ("/page/japan", ".moments li"),
    ],
)
def test_each_view_is_of_use_without_scripts(
    chrome: Browser, root: str, path: str, there: str
) -> None:
    window = chrome.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto(root + path)
    assert page.locator(there).count() > 0
    window.close()
