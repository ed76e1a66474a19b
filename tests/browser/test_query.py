"""The query page, by keyboard alone where a hand would tire."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opens
from tests.browser.driving import Visit
from tests.browser.pages import asking

TEXT = "document.getElementById('editor').view.state.doc.toString()"
GEO = "PREFIX geo: <http://www.opengis.net/ont/geosparql#>\n"
PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"


def write(page: Page, text: str) -> None:
    page.locator("#editor").evaluate("host => host.view.focus()")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def ask(page: Page, text: str) -> None:
    write(page, text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('#status:text-matches("^(answered|not answered)")')


def open_view(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector(f"[role=tabpanel][aria-labelledby=view-{name.lower()}]")


@pytest.fixture
def seen(visit: Opens) -> Visit:
    return visit("/sparql")


def test_a_query_is_written_completed_and_asked_by_keyboard(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT ?state { ?state a ")
    page.keyboard.type("dip:Sta")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dip:State')")
    page.wait_for_timeout(150)  # the list takes no key at once, lest one meant for the text be lost
    page.keyboard.press("Enter")
    page.keyboard.type(" ; dip:memberOf id:g")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('id:g7')")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    text = page.evaluate(TEXT)
    assert "PREFIX dip:" in text
    assert "PREFIX id:" in text
    assert "?state a dip:State ; dip:memberOf id:g7" in text
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("tbody a:has-text('Japan')")
    assert "memberOf" in page.url
    assert seen.wrong == []


def test_the_keyboard_can_leave_the_editor(seen: Visit) -> None:
    page = seen.page
    write(page, "ASK {}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask"


def test_a_fault_is_marked_at_its_place(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?x\nWHERE { ?x a dip:State }")
    assert "Line 2" in page.locator(".wrong").inner_text()
    assert page.locator(".cm-lintRange-error").inner_text() == "dip:State"
    page.get_by_role("button", name="Go to line 2").click()
    line = "view => view.state.doc.lineAt(view.state.selection.main.head).number"
    assert page.locator("#editor").evaluate(f"host => ({line})(host.view)") == 2
    assert seen.wrong == []


def test_rows_sort_narrow_and_turn_pages(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?s ?p { ?s ?p ?o } LIMIT 250")
    assert page.locator("tbody tr:not([hidden])").count() == 100
    page.get_by_role("button", name="after").click()
    assert "page 2 of 3" in page.locator("[role=tabpanel]").inner_text()
    page.locator("th button").first.click()
    column = page.locator("tbody tr:not([hidden]) td:first-child").all_inner_texts()
    assert column == sorted(column, key=str.casefold) or len(set(column)) > 1
    assert page.locator("th").first.get_attribute("aria-sort") == "ascending"
    page.locator("#narrow").fill("qqqq")
    assert page.locator("tbody tr:not([hidden])").count() == 0


def test_each_row_tells_its_evidence(seen: Visit) -> None:
    page = seen.page
    ask(page, PREFIX + "SELECT ?who { ?what dip:signatory ?who } LIMIT 1")
    page.get_by_role("button", name="why?").click()
    link = page.locator(".evidence a").first
    link.wait_for()
    assert link.get_attribute("href").startswith("/source/japan-russia-2018/p")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("view", "query", "there"),
    [
        ("Timeline", PREFIX + "SELECT ?e ?day { ?e dip:date ?day }", ".moments li time"),
        (
            "Map",
            GEO + "SELECT ?place ?where { ?place geo:hasGeometry/geo:asWKT ?where }",
            "svg.map a.spot circle",
        ),
        ("Network", PREFIX + "SELECT ?a ?b { ?a dip:memberOf ?b }", ".graph canvas"),
        ("Network", PREFIX + "CONSTRUCT WHERE { ?a dip:memberOf ?b }", ".graph canvas"),
        (
            "Chart",
            PREFIX + "SELECT ?g (COUNT(?a) AS ?n) { ?a dip:memberOf ?g } GROUP BY ?g",
            ".bars progress",
        ),
    ],
)
def test_an_answer_is_shown_as_its_columns_allow(
    seen: Visit, view: str, query: str, there: str
) -> None:
    ask(seen.page, query)
    open_view(seen.page, view)
    seen.page.wait_for_selector(there, state="attached")
    assert seen.wrong == []


def test_views_are_not_offered_where_columns_do_not_allow(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?s { ?s a dip:State }")
    assert seen.page.locator("[role=tab]").count() == 0
    assert seen.page.locator("table").count() == 1


def test_tabs_turn_by_arrow(seen: Visit) -> None:
    page = seen.page
    ask(page, PREFIX + "SELECT ?e ?day { ?e dip:date ?day }")
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Timeline"
    page.wait_for_selector(".moments li time")


def test_an_empty_answer_says_why(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?x { ?x dip:membrOf ?y }")
    assert "dip:memberOf" in seen.page.locator(".empty").inner_text()


def test_questions_narrow_by_words_and_open_in_the_editor(seen: Visit) -> None:
    page = seen.page
    rows = page.locator("#questions li:visible")
    before = rows.count()
    page.locator("#words").fill("syria struck")
    assert 0 < rows.count() < before
    rows.first.locator("a").click()
    page.wait_for_selector("tbody tr")
    assert "# Who struck Syria" in page.evaluate(TEXT)


def test_what_was_asked_is_remembered_and_forgotten(visit: Opens, seen: Visit) -> None:
    ask(seen.page, "ASK { <a:b> <a:c> <a:d> }")
    again = visit("/sparql").page
    again.locator("#history summary").click()
    assert again.locator("#history li").first.inner_text() == "ASK { <a:b> <a:c> <a:d> }"
    again.get_by_role("button", name="Forget them").click()
    assert again.locator("#history").is_hidden()


def test_a_link_brings_the_query_and_its_answer(visit: Opens) -> None:
    page = visit(asking("strikes-on-syria")).page
    page.wait_for_selector(".why")
    assert "# Who struck Syria" in page.evaluate(TEXT)


def test_a_query_under_way_is_stopped(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("#status:text-is('stopped')")


def test_a_query_is_copied_as_a_program(seen: Visit) -> None:
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, "ASK { ?s ?p ?o }")
    starts = {"curl": "curl ", "Python": "from SPARQLWrapper", "R": "library(httr2)"}
    for name, start in starts.items():
        page.locator(f"[data-act={name}]").click()
        page.wait_for_selector(f"#status:text-is('copied as {name}')")
        assert page.evaluate("navigator.clipboard.readText()").startswith(start)


def test_the_words_to_complete_are_those_of_the_graph(seen: Visit) -> None:
    found = json.loads(seen.page.request.get(f"{seen.root}/sparql/terms").text())
    names = {term["name"]: term for term in found["terms"]}
    assert names["dip:State"]["uses"] > 10
    assert names["dip:memberOf"]["definition"]
    assert found["prefixes"]["id"] == "https://w3id.org/aide-memoire/id/"
