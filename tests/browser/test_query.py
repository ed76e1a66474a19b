"""The query page, by keyboard alone where a hand would tire."""

import json

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import Opens
from tests.browser.driving import SCHEMES, WIDTHS, Visit, context
from tests.browser.pages import asking

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "document.getElementById('editor').view.state.doc.toString()"
GEO = "PREFIX geo: <http://www.opengis.net/ont/geosparql#>\n"
PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"


def write(page: Page, text: str) -> None:
    page.locator("#editor").evaluate("host => host.view.focus()")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def ask(page: Page, text: str) -> None:
    write(page, text)
    page.locator(".answer").evaluate("place => place.replaceChildren()")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".answer:not([aria-busy]) > *")


def open_view(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector(f".answer [role=tab][aria-selected=true]:text-is('{name}')")


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
    assert page.evaluate("document.activeElement.id") == "editor"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ask"


def test_a_fault_is_marked_at_its_place(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?x\nWHERE { ?x a dip:State }")
    assert "Line 2" in page.locator(".wrong").inner_text()
    assert page.locator(".cm-lintRange-error").inner_text() == "dip:State"
    line = "view => view.state.doc.lineAt(view.state.selection.main.head).number"
    assert page.locator("#editor").evaluate(f"host => ({line})(host.view)") == 2
    assert seen.wrong == []


def test_rows_sort_narrow_and_turn_pages(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?s ?p { ?s ?p ?o } LIMIT 250")
    assert page.locator("tbody tr:not([hidden])").count() == 100
    page.get_by_role("button", name="Next rows").click()
    assert "Page 2 of 3" in page.locator(".answer [role=tabpanel]").inner_text()
    page.locator("th button").first.click()
    column = page.locator("tbody tr:not([hidden]) td:first-child").all_inner_texts()
    assert column == sorted(column, key=str.casefold) or len(set(column)) > 1
    assert page.locator("th").first.get_attribute("aria-sort") == "ascending"
    page.get_by_label("Filter rows by words").fill("qqqq")
    assert page.locator("tbody tr:not([hidden])").count() == 0


def test_each_row_tells_its_evidence(seen: Visit) -> None:
    page = seen.page
    ask(page, PREFIX + "SELECT ?who { ?what dip:signatory ?who } LIMIT 1")
    page.get_by_role("button", name="Sources of row 1").click()
    link = page.locator(".sources-of a").first
    link.wait_for()
    assert link.get_attribute("href").startswith("/source/japan-russia-2018/p")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("view", "query", "there"),
    [
        ("Timeline", PREFIX + "SELECT ?e ?day { ?e dip:date ?day }", ".timeline li i"),
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
            ".bars rect",
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
    page.get_by_text("Use it in a program").click()
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


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_opened_is_sound_and_accessible(seen: Visit, state: str) -> None:
    page = seen.page
    ask(page, EVERYTHING)
    STATES[state](page)
    for width in WIDTHS:
        for scheme in SCHEMES:
            seen.turn(width, scheme)
            assert page.evaluate(BEYOND) == 0, (width, scheme)
            assert violations(page) == [], (width, scheme)
    assert seen.wrong == []


def test_views_are_not_offered_where_columns_do_not_allow(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?s { ?s a dip:State }")
    assert seen.page.locator(".answer [role=tab]").all_inner_texts() == ["Table"]
    assert seen.page.locator(".answer table").count() == 1


def test_tabs_turn_by_arrow(seen: Visit) -> None:
    page = seen.page
    ask(page, PREFIX + "SELECT ?e ?day { ?e dip:date ?day }")
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Timeline"
    page.wait_for_selector(".timeline li i")


def test_an_empty_answer_says_why(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?x { ?x dip:membrOf ?y }")
    assert "dip:memberOf" in seen.page.locator(".empty").inner_text()


def test_questions_narrow_by_words_and_open_in_the_editor(seen: Visit) -> None:
    page = seen.page
    rows = page.locator(".gallery .questions li:visible")
    before = rows.count()
    page.get_by_label("Filter questions by words").fill("syria struck")
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
    again.get_by_role("button", name="Forget them").click()
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
        assert page.evaluate("document.activeElement.textContent") == "Ask"
    ask(page, "ASK {}")
    assert page.locator(".truth").inner_text() == "Yes"
    assert 503 not in refused


def test_a_query_is_copied_as_a_program(seen: Visit) -> None:
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "ASK { ?s ?p ?o }")
    page.get_by_text("Use it in a program").click()
    starts = {"curl": "curl ", "Python": "from SPARQLWrapper", "R": "query <- "}
    for name, start in starts.items():
        page.get_by_role("tab", name=name, exact=True).click()
        page.get_by_role("button", name=f"Copy {name} code").click()
        page.wait_for_selector("[role=status]:text-is('Copied')", state="attached")
        page.wait_for_function(
            "s => navigator.clipboard.readText().then(t => t.startsWith(s))", arg=start
        )


def test_the_words_to_complete_are_those_of_the_graph(seen: Visit) -> None:
    found = json.loads(seen.page.request.get(f"{seen.root}/sparql/terms").text())
    names = {term["name"]: term for term in found["terms"]}
    assert names["dip:State"]["uses"] > 10
    assert names["dip:memberOf"]["definition"]
    assert found["prefixes"]["id"] == "https://w3id.org/aide-memoire/id/"


def test_a_prefix_is_declared_only_once(seen: Visit) -> None:
    page = seen.page
    write(page, "# Who?\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\nSELECT * { ?s a ")
    page.keyboard.type("dip:Tre")
    page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    assert page.evaluate(TEXT).count("PREFIX dip:") == 1


def test_a_thing_is_found_by_its_name_where_a_word_stands(seen: Visit) -> None:
    page = seen.page
    write(page, "SELECT * { ?s ?p putin")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('Vladimir Putin')")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    text = page.evaluate(TEXT)
    assert text.startswith("PREFIX id: <https://w3id.org/aide-memoire/id/>\n")
    assert "?p id:vladimir-putin" in text


def test_things_are_offered_by_any_part_of_their_names_while_somebody_types(seen: Visit) -> None:
    page = seen.page
    for typed, local in (("skripal", "id:sergei-skripal"), ("id:росси", "id:russia")):
        write(page, "SELECT * { ?s dip:actor ")
        page.keyboard.type(typed)
        page.wait_for_selector(f".cm-tooltip-autocomplete li:has-text('{local}')")


def test_values_of_the_property_come_first(seen: Visit) -> None:
    write(seen.page, "SELECT * { ?claim dip:certainty ")
    seen.page.keyboard.type("dip:")
    first = seen.page.locator(".cm-tooltip-autocomplete li").first
    first.wait_for()
    assert first.inner_text().startswith("dip:certain\n")
    assert "without reserve" in seen.page.locator(".cm-completionInfo").inner_text()


def test_terms_are_found_by_what_they_mean(seen: Visit) -> None:
    write(seen.page, "SELECT * { ?statement ")
    seen.page.keyboard.type("signed")
    seen.page.wait_for_selector(".cm-tooltip-autocomplete li:has-text('dip:signatory')")


def test_a_prefix_that_is_missing_is_declared_at_a_press(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?s { ?s a dip:State ; rdfs:label 'Japan'@en }")
    page.get_by_role("button", name="Declare dip: and rdfs: and ask again").press("Enter")
    page.wait_for_selector("tbody a:has-text('Japan')")
    assert page.evaluate(TEXT).count("PREFIX") == 2


def test_what_the_server_sees_at_the_end_the_grammar_sees_where_it_is(seen: Visit) -> None:
    ask(seen.page, "SELECT ?s {\n ?s ?p ?o FILTER(?o > )\n}")
    line = "view => view.state.doc.lineAt(view.state.selection.main.head).number"
    assert seen.page.locator("#editor").evaluate(f"host => ({line})(host.view)") == 2


@pytest.mark.parametrize(
    ("pattern", "said"), [("?s dip:memberOf ?o", "20 triples"), ("?s dip:host 1", "0 triples")]
)
def test_a_graph_says_how_large_it_is(seen: Visit, pattern: str, said: str) -> None:
    ask(seen.page, PREFIX + f"CONSTRUCT WHERE {{ {pattern} }}")
    assert seen.page.locator(".query [role=status]").inner_text() == said
    assert (seen.page.locator(".empty").count() == 1) == said.startswith("0")


def test_the_pattern_that_leaves_no_row_is_marked(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT * {\n  ?s a dip:Stat ;\n    dip:host ?h\n}")
    assert seen.page.locator(".cm-lintRange-warning").inner_text() == "?s a dip:Stat"


def test_typing_over_a_selection_breaks_no_rule(seen: Visit) -> None:
    write(seen.page, "ASK { ?s ?p ?o }")
    seen.page.keyboard.press("Control+a")
    seen.page.keyboard.type("DESCRIBE")
    assert seen.page.evaluate(TEXT) == "DESCRIBE"
    assert seen.wrong == []


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
        page.get_by_role("button", name="Ask").click()
        assert page.locator(".truth").inner_text() == "Yes"
        assert "SPARQLWrapper" in page.locator(".programs").text_content()  # type: ignore[operator]
    finally:
        window.close()
