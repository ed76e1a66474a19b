"""From question to question: the shelf, what was asked before, links, stopping, no scripts."""

from playwright.sync_api import Browser

from tests.browser.conftest import Opens
from tests.browser.driving import Visit, context
from tests.browser.pages import asking
from tests.browser.query.desk import TEXT, ask, write


def test_questions_narrow_by_words_and_open_in_the_editor(seen: Visit) -> None:
    page = seen.page
    rows = page.locator(".gallery .questions li:visible")
    before = rows.count()
    page.get_by_label("Filter examples by words").fill("syria struck")
    assert 0 < rows.count() < before
    rows.first.locator("a").click()
    page.wait_for_selector("tbody tr")
    assert page.locator("h1").inner_text().startswith("Who struck Syria")
    assert "# Who struck Syria" in page.evaluate(TEXT)


def test_what_was_asked_is_remembered_and_forgotten(visit: Opens, seen: Visit) -> None:
    ask(seen.page, "ASK { <a:b> <a:c> <a:d> }")
    again = visit("/sparql").page
    again.get_by_role("tab", name="Your queries").click()
    first = again.locator(".past li button").first
    assert first.inner_text() == "ASK { <a:b> <a:c> <a:d> }"
    again.get_by_role("button", name="Clear history").click()
    assert again.locator(".past").count() == 0


def test_a_link_brings_the_query_and_its_answer(visit: Opens) -> None:
    page = visit(asking("strikes-on-syria")).page
    page.wait_for_selector("td.why")
    assert "# Who struck Syria" in page.evaluate(TEXT)


def test_a_query_under_way_is_stopped(seen: Visit) -> None:
    page = seen.page
    page.on("response", lambda answer: refused.append(answer.status))
    refused: list[int] = []
    # More of them than the server would take at once, if it went on with any.
    for number in range(12):
        write(page, f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}")
        page.keyboard.press("Control+Enter")
        cancel = page.get_by_role("button", name="Cancel")
        cancel.press("Enter")
        cancel.wait_for(state="hidden")
        assert page.locator(".query [role=status]").inner_text() == "Stopped."
        assert page.evaluate("document.activeElement.textContent") == "Run"
    ask(page, "ASK {}")
    assert page.locator(".truth").inner_text() == "Yes"
    assert 503 not in refused


def test_back_returns_to_the_query_before(seen: Visit) -> None:
    page = seen.page
    ask(page, "ASK { <a:b> <a:c> 1 }")
    page.locator(".gallery .questions a").first.click()
    page.wait_for_selector(".answer tbody tr")
    page.go_back()
    page.wait_for_selector(".answer .truth")
    assert page.evaluate(TEXT) == "ASK { <a:b> <a:c> 1 }"


def test_the_page_asks_without_scripts(chrome: Browser, root: str) -> None:
    window = context(chrome, "phone", "light", java_script_enabled=False)
    try:
        page = window.new_page()
        page.goto(f"{root}/sparql")
        page.locator("textarea").fill("ASK {}")
        page.get_by_role("button", name="Run").click()
        assert page.locator(".truth").inner_text() == "Yes"
        assert "SPARQLWrapper" in page.locator(".programs").last.text_content()  # type: ignore[operator]
    finally:
        window.close()


def test_without_scripts_the_heads_stand_over_their_columns(chrome: Browser, root: str) -> None:
    window = context(chrome, "phone", "light", java_script_enabled=False)
    try:
        page = window.new_page()
        page.goto(root + asking("strikes-on-syria"))
        for head, below in zip(
            page.locator(".answer th").all(),
            page.locator(".answer tbody tr").first.locator("td").all(),
            strict=True,
        ):
            assert head.bounding_box()["x"] == below.bounding_box()["x"]  # type: ignore[index]
    finally:
        window.close()
