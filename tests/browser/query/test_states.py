"""Whatever can be opened on the query page, at every width and in every scheme."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations_everywhere
from tests.browser.driving import Visit
from tests.browser.query.desk import PREFIX, ask, open_view, write

EVERYTHING = """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT ?event ?earliest ?place ?point (1 AS ?number) {
  ?event a dip:Event ; dip:earliest ?earliest ; dip:location ?place .
  ?place geo:hasGeometry/geo:asWKT ?point
}"""


def show_evidence(page: Page) -> None:
    page.get_by_role("button", name="Sources of row 1", exact=True).click()
    page.locator(".sources-of a").first.wait_for()


def show_completion(page: Page) -> None:
    write(page, "SELECT * { ?s a ")
    page.keyboard.type("dip:St")
    page.locator(".cm-completionInfo").wait_for()


def show_fault(page: Page) -> None:
    ask(page, "SELECT * {\n  ?s a dip:State\n  ?s dip:host\n}")
    page.locator(".cm-lint-marker-error").first.hover()
    page.locator(".cm-diagnostic").first.wait_for()


def show_programs(page: Page) -> None:
    page.get_by_text("Use in a program").click()
    page.get_by_role("tab", name="R", exact=True).click()


STATES = {
    "Map": lambda page: open_view(page, "Map"),
    "Timeline": lambda page: open_view(page, "Timeline"),
    "Network": lambda page: open_view(page, "Network"),
    "Chart": lambda page: open_view(page, "Chart"),
    "evidence": show_evidence,
    "completion": show_completion,
    "fault": show_fault,
    "programs": show_programs,
    "empty": lambda page: ask(page, PREFIX + "SELECT ?x { ?x dip:membrOf ?y }"),
    "graph": lambda page: ask(page, "DESCRIBE <https://w3id.org/aide-memoire/id/japan>"),
    "past": lambda page: page.get_by_role("tab", name="Your queries").click(),
}


@pytest.mark.parametrize(("place", "state"), [*enumerate(STATES)], ids=STATES)
def test_whatever_is_opened_is_sound_and_accessible(seen: Visit, place: int, state: str) -> None:
    page = seen.page
    ask(page, EVERYTHING)
    STATES[state](page)
    assert violations_everywhere(seen, place) == []
    assert seen.wrong == []
