"""An answer in place: its rows, its views, its evidence, and the ways to take it along."""

import csv
import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import Visit
from tests.browser.query.desk import PREFIX, ask, open_view

GEO = "PREFIX geo: <http://www.opengis.net/ont/geosparql#>\n"


def test_rows_sort_narrow_and_turn_pages(seen: Visit) -> None:
    page = seen.page
    ask(page, "SELECT ?s ?p { ?s ?p ?o } LIMIT 250")
    assert page.locator("tbody tr:not([hidden])").count() == 100
    page.get_by_role("button", name="Next rows").click()
    assert "page 2 of 3" in page.locator(".answer [role=tabpanel]").inner_text()
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
    assert re.fullmatch(r"/source/[a-z0-9-]+/\w+", link.get_attribute("href") or "")


def test_rows_are_downloaded_with_labels_and_sentences(seen: Visit) -> None:
    page = seen.page
    ask(page, PREFIX + "SELECT DISTINCT ?who { ?what dip:signatory ?who }")
    shown = page.locator("tbody tr td:first-child").all_inner_texts()
    part = page.locator(".summary span", has_text="with labels and sentences")
    with page.expect_download() as downloading:
        part.get_by_role("link", name="CSV", exact=True).click()
    with downloading.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["who"] for row in rows) == sorted(shown)
    assert all(row["sentences"] for row in rows)


@pytest.mark.parametrize(
    ("view", "query", "there"),
    [
        ("Timeline", PREFIX + "SELECT ?e ?day { ?e dip:date ?day }", ".drawn .stretch a rect"),
        (
            "Map",
            GEO + "SELECT ?place ?where { ?place geo:hasGeometry/geo:asWKT ?where }",
            "svg.map a.place circle",
        ),
        ("Network", PREFIX + "SELECT ?a ?b { ?a dip:memberOf ?b }", ".canvas .node"),
        ("Network", PREFIX + "CONSTRUCT WHERE { ?a dip:memberOf ?b }", ".canvas .node"),
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
    page.wait_for_selector(".drawn .stretch a rect")


def test_an_empty_answer_says_why(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?x { ?x dip:membrOf ?y }")
    assert "dip:memberOf" in seen.page.locator(".empty").inner_text()


def test_a_query_is_copied_as_a_program(seen: Visit) -> None:
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "ASK { ?s ?p ?o }")
    page.get_by_text("Use in a program").click()
    starts = {"curl": "curl ", "Python": "from SPARQLWrapper", "R": "query <- "}
    for name, start in starts.items():
        page.get_by_role("tab", name=name, exact=True).click()
        page.get_by_role("button", name=f"Copy {name} code").click()
        page.wait_for_selector("[role=status]:text-is('Copied')", state="attached")
        page.wait_for_function(
            "s => navigator.clipboard.readText().then(t => t.startsWith(s))", arg=start
        )


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("?s dip:memberOf ?o", r"[1-9]\d* triples"), ("?s dip:host 1", "0 triples")],
)
def test_a_graph_says_how_large_it_is(seen: Visit, pattern: str, said: str) -> None:
    ask(seen.page, PREFIX + f"CONSTRUCT WHERE {{ {pattern} }}")
    assert re.fullmatch(said, seen.page.locator(".query [role=status]").inner_text())
    assert (seen.page.locator(".empty").count() == 1) == said.startswith("0")


EVENTS = f"""{PREFIX}{GEO}SELECT DISTINCT ?event ?point {{
  ?event a dip:Event ; dip:location/geo:hasGeometry/geo:asWKT ?point
}}"""
BEYOND = """() => {
  const edge = document.querySelector(".map-frame").getBoundingClientRect();
  return [...document.querySelectorAll("svg.map .label:not(.crowded) text")].filter((name) => {
    const { left, right } = name.getBoundingClientRect();
    return left < edge.left - 1 || right > edge.right + 1;
  }).map((name) => name.textContent);
}"""


def test_several_things_at_a_place_are_told_by_keyboard(seen: Visit) -> None:
    ask(seen.page, EVENTS)
    open_view(seen.page, "Map")
    several = seen.page.locator("svg.map a.place[aria-label*=' more']").first
    several.press("Enter")
    card = seen.page.locator(".answer .card-at")
    assert " here" in card.inner_text()
    assert card.get_by_role("link").count() > 1
    seen.page.keyboard.press("Escape")
    expect(several).to_be_focused()


def test_names_on_the_map_end_where_it_ends(seen: Visit) -> None:
    ask(seen.page, EVENTS)
    seen.turn("phone", "light")
    open_view(seen.page, "Map")
    seen.page.wait_for_selector("svg.map.live .label:not(.crowded) text")
    assert seen.page.evaluate(BEYOND) == []


def test_a_column_without_a_value_is_told(seen: Visit) -> None:
    ask(seen.page, PREFIX + "SELECT ?stat ?state { ?state a dip:State }")
    assert "No row has a value for ?stat." in seen.page.locator(".answer").inner_text()
    ask(seen.page, PREFIX + "SELECT ?state { ?state a dip:State }")
    assert "No row has a value" not in seen.page.locator(".answer").inner_text()
