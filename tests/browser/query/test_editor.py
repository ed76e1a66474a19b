"""Writing in the editor: by keyboard, faults at their place, prefixes that are declared."""

from tests.browser.driving import Visit
from tests.browser.query.desk import PREFIX, TEXT, ask, write


def test_a_query_is_written_completed_and_asked_by_keyboard(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT ?state { ?state a ")
    page.keyboard.type("dip:Sta")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dip:State')")
    page.wait_for_timeout(150)  # the list takes no key at once, lest one meant for the text be lost
    page.keyboard.press("Enter")
    page.keyboard.type(" ; dip:memberOf id:g7")
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
    assert page.evaluate("document.activeElement.id") == "editor"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"


def test_a_fault_is_marked_at_its_place(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?x\nWHERE { ?x a dip:State }")
    assert "Line 2" in page.locator(".wrong").inner_text()
    assert page.locator(".cm-lintRange-error").inner_text() == "dip:State"
    line = "view => view.state.doc.lineAt(view.state.selection.main.head).number"
    assert page.locator("#editor").evaluate(f"host => ({line})(host.view)") == 2
    assert seen.wrong == []


def test_what_the_server_sees_at_the_end_the_grammar_sees_where_it_is(seen: Visit) -> None:
    ask(seen.page, "SELECT ?s {\n ?s ?p ?o FILTER(?o > )\n}")
    line = "view => view.state.doc.lineAt(view.state.selection.main.head).number"
    assert seen.page.locator("#editor").evaluate(f"host => ({line})(host.view)") == 2


def test_the_pattern_that_leaves_no_row_is_marked(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT * {\n  ?s a dip:Stat ;\n    dip:host ?h\n}")
    assert seen.page.locator(".cm-lintRange-warning").inner_text() == "?s a dip:Stat"


def test_a_prefix_that_is_missing_is_declared_at_a_press(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?s { ?s a dip:State ; rdfs:label 'Japan'@en }")
    page.get_by_role("button", name="Declare dip: and rdfs: and run again").press("Enter")
    page.wait_for_selector("tbody a:has-text('Japan')")
    assert page.evaluate(TEXT).count("PREFIX") == 2


def test_typing_over_a_selection_breaks_no_rule(seen: Visit) -> None:
    write(seen.page, "ASK { ?s ?p ?o }")
    seen.page.keyboard.press("Control+a")
    seen.page.keyboard.type("DESCRIBE")
    assert seen.page.evaluate(TEXT) == "DESCRIBE"
    assert seen.wrong == []
