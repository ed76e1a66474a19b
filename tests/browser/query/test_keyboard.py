"""From the editor to the answer, past its rows, to the questions and back, by keyboard alone."""

import pytest
from playwright.sync_api import Page

from tests.browser.driving import Visit
from tests.browser.query.desk import PREFIX, TEXT, ask, write

FOCUS = """() => {
  const { id, classList, textContent } = document.activeElement;
  return id || (classList.contains("answer") ? "answer" : textContent.trim());
}"""
ROWS = PREFIX + "SELECT ?a ?b { ?a dip:memberOf ?b }"


def tab(page: Page, times: int = 1) -> list[str]:
    reached = []
    for _ in range(times):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUS))
    return reached


@pytest.fixture
def rows(seen: Visit) -> Page:
    ask(seen.page, ROWS)
    seen.page.wait_for_selector(".answer tbody tr")
    return seen.page


def test_from_the_editor_to_the_answer_it_is_a_few_steps(rows: Page) -> None:
    rows.keyboard.press("Escape")
    assert tab(rows, 4) == ["Run", "Example queries", "Save this question", "JSON"]


def test_escape_leads_out_whatever_it_closes(seen: Visit) -> None:
    write(seen.page, "SELECT * { ?s a ")
    seen.page.keyboard.type("dip:Sta")
    seen.page.wait_for_selector(".cm-tooltip-autocomplete li")
    seen.page.keyboard.press("Escape")
    assert tab(seen.page) == ["Run"]


def test_tab_completes_again_once_somebody_goes_on_writing(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT * { ?s a ")
    page.keyboard.press("Escape")
    page.keyboard.type("dip:Sta")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dip:State')")
    page.wait_for_timeout(150)  # the list takes no key at once, lest one meant for the text be lost
    page.keyboard.press("Tab")
    assert "?s a dip:State" in page.evaluate(TEXT)
    assert page.evaluate(FOCUS) == "editor"


def test_long_rows_can_be_skipped_to_the_questions(rows: Page) -> None:
    rows.get_by_label("Filter rows by words").focus()
    assert tab(rows) == ["Skip the rows"]
    rows.keyboard.press("Enter")
    assert tab(rows, 2) == ["Back to the query", "Example queries"]
    rows.keyboard.press("Enter")
    assert rows.evaluate(FOCUS) != "Back to the query"
    rows.keyboard.press("Tab")
    assert rows.locator("[role=tab]:focus").inner_text() == "Examples"


def test_from_the_rows_it_is_one_step_back_to_the_query(rows: Page) -> None:
    rows.get_by_role("link", name="Back to the query").press("Enter")
    rows.wait_for_selector("#editor:focus")
    rows.keyboard.press("Control+End")
    rows.keyboard.type("# more")
    assert rows.evaluate(TEXT) == ROWS + "# more"


def test_short_rows_need_no_way_around_them(seen: Visit) -> None:
    ask(seen.page, ROWS + " LIMIT 3")
    seen.page.wait_for_selector(".answer tbody tr")
    assert seen.page.locator(".skip-rows, .ways").count() == 0


def test_a_question_chosen_leads_to_its_answer(rows: Page) -> None:
    rows.locator(".gallery .questions a").first.press("Enter")
    rows.wait_for_selector(".answer:focus")
    assert tab(rows) == ["JSON"]


def test_a_link_within_the_page_leaves_what_is_written(rows: Page) -> None:
    write(rows, "ASK { <a:b> <a:c> <a:d> }")
    rows.get_by_role("link", name="Example queries").last.press("Enter")
    assert rows.evaluate("location.hash") == "#examples"
    assert rows.evaluate(TEXT) == "ASK { <a:b> <a:c> <a:d> }"
    assert rows.locator(".answer tbody tr").count() > 10
