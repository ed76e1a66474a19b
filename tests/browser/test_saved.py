"""A question saved from the query page, and its page at every width, by day and night."""

from tests.browser.axe import violations_everywhere
from tests.browser.conftest import Opens
from tests.browser.pages import asking


def test_what_is_in_the_editor_is_saved_and_its_page_is_accessible(visit: Opens) -> None:
    seen = visit(asking("strikes-on-syria"))
    page, form = seen.page, seen.page.locator("form.save")
    page.locator(".answer td").first.wait_for()
    page.get_by_role("textbox", name="SPARQL query").press("Control+Home")
    page.keyboard.type("# mine\n")
    form.get_by_text("Save this question").click()
    form.get_by_label("Title").fill("Strikes on Syria")
    form.get_by_role("button", name="Save").click()
    page.wait_for_url("**/q/*")
    assert page.locator("h1").inner_text() == "Strikes on Syria"
    assert page.locator("pre").first.text_content().startswith("# mine\n")
    assert "Unchanged since it was saved" in page.locator(".lead").inner_text()
    assert violations_everywhere(seen) == []
    assert seen.wrong == []


def test_without_a_result_there_is_nothing_to_save(visit: Opens) -> None:
    assert not visit("/sparql").page.locator("form.save").is_visible()
