"""The views over the graph, worked by hand and by keyboard; and without scripts."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Opens

NODES = "document.getElementById('explorer').graph.nodes().not('.gone').length"


def test_the_map_zooms_and_moves_by_keyboard(visit: Opens) -> None:
    seen = visit("/map")
    page = seen.page
    svg = page.locator("svg.map")
    whole = svg.get_attribute("viewBox")
    assert page.locator("svg.map a.territory").count() > 3
    page.get_by_role("button", name="Zoom in").click()
    near = svg.get_attribute("viewBox")
    assert near != whole
    page.locator("svg.map a.spot").first.focus()
    page.keyboard.press("ArrowRight")
    assert svg.get_attribute("viewBox") != near
    page.get_by_role("button", name="Show the whole map").click()
    assert svg.get_attribute("viewBox", timeout=1000).split() == whole.split()
    page.get_by_role("button", name="Zoom to Crimea").click()
    assert float(svg.get_attribute("viewBox").split()[2]) < 40
    assert seen.wrong == []


def test_a_point_on_the_map_leads_to_its_place(visit: Opens) -> None:
    page = visit("/map").page
    page.locator("svg.map a.spot[aria-label^=Toronto]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/page/toronto")


def test_the_land_on_a_map_is_drawn(visit: Opens) -> None:
    for path in ("/map", "/page/southern-kurils"):
        seen = visit(path)
        box = seen.page.evaluate("document.querySelector('svg.map use.land').getBBox().width")
        assert box > 10, path
        assert seen.wrong == []


def test_the_timeline_is_drawn_and_zooms(visit: Opens) -> None:
    seen = visit("/timeline")
    drawing = seen.page.locator("#drawn svg")
    drawing.wait_for()
    ticks = drawing.locator(".tick-label").all_text_contents()
    seen.page.get_by_role("button", name="Zoom in").click()
    assert drawing.locator(".tick-label").all_text_contents() != ticks
    seen.page.get_by_role("button", name="Show all of it").click()
    assert drawing.locator("a").count() == seen.page.locator("ol.moments > li").count()
    drawing.locator("a").first.focus()
    with seen.page.expect_navigation():
        seen.page.keyboard.press("Enter")
    assert "/page/" in seen.page.url
    assert seen.wrong == []


def test_the_timeline_narrows_by_actor_and_kind(visit: Opens) -> None:
    page = visit("/timeline").page
    before = page.locator("ol.moments > li").count()
    with page.expect_navigation():
        page.locator(".facets a", has_text="Vladimir Putin").click()
    assert 0 < page.locator("ol.moments > li").count() < before


def test_the_network_opens_further_hides_and_remembers(visit: Opens) -> None:
    seen = visit("/network?focus=skripal-attack")
    page = seen.page
    page.wait_for_selector(".explorer.live")
    before = page.evaluate(NODES)
    assert before > 5
    page.locator("#node").select_option("japan-no-expulsion")
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan-no-expulsion*")
    after = page.evaluate(NODES)
    assert after > before
    page.locator("#node").select_option("sergei-skripal")
    page.get_by_role("button", name="Hide").click()
    assert page.evaluate(NODES) < after
    shared = visit(page.url.removeprefix(seen.root))
    shared.page.wait_for_selector(".explorer.live")
    assert shared.page.evaluate(NODES) == page.evaluate(NODES)
    page.get_by_role("button", name="Show all again").click()
    assert page.evaluate(NODES) == after
    assert seen.wrong == shared.wrong == []


def test_the_network_narrows_by_relation_and_kind_and_the_table_keeps_step(visit: Opens) -> None:
    page = visit("/network?focus=japan").page
    page.wait_for_selector(".explorer.live")
    rows = page.locator("#table tbody tr")
    whole = rows.count()
    page.locator(".relations summary").click()
    page.locator(".relations input[value=participant]").check()
    page.wait_for_url("**relation=participant*")
    assert 0 < rows.count() < whole
    assert page.locator("#ties").inner_text() == f"{rows.count()} ties"
    page.locator(".relations input[value=participant]").uncheck()
    page.wait_for_url(lambda url: "relation" not in url)
    assert rows.count() == whole
    page.locator(".legend .kind-Event input").uncheck()
    page.wait_for_url("**without=Event*")
    assert 0 < rows.count() < whole
    assert page.locator("#node option").count() == page.evaluate(NODES)


def test_the_network_is_the_same_each_time(visit: Opens) -> None:
    places = "document.getElementById('explorer').graph.nodes().map(n => n.position())"
    for layout in ("sides", "spread"):
        drawn = []
        for _ in range(2):
            page = visit(f"/network?focus=g7&focus=japan&layout={layout}").page
            page.wait_for_selector(".explorer.live")
            drawn.append(page.evaluate(places))
        assert drawn[0] == drawn[1]


def test_the_network_is_reached_by_keyboard(visit: Opens) -> None:
    page = visit("/network?focus=skripal-attack").page
    page.wait_for_selector(".explorer.live")
    page.locator("#node").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".chosen h3").inner_text()
    assert chosen == page.locator("#node option:checked").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Expand"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/timeline", "ol.moments > li"),
        ("/map", "svg.map a.spot"),
        ("/network?focus=japan", "svg.ego a"),
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


def test_a_long_page_leads_to_its_parts_and_a_short_one_has_no_list_of_them(visit: Opens) -> None:
    page = visit("/page/japan").page
    ways = page.get_by_role("navigation", name="On this page").get_by_role("link")
    parts = page.locator("article h2[id]:not(#way)").all_text_contents()
    assert ways.all_text_contents() == parts
    ways.last.click()
    assert page.locator("#sources").bounding_box()["y"] < 900
    # Beside the text it stays in sight.
    assert page.locator("nav.way").bounding_box()["y"] >= 0
    assert visit("/page/toronto").page.locator("nav.way").count() == 0


def test_a_footnote_says_where_it_leads(visit: Opens) -> None:
    page = visit("/page/japan").page
    note = page.locator(".notes a").first
    place = page.locator(f"#note-{note.inner_text()} a").inner_text()
    assert note.get_attribute("aria-label").endswith(place)
    note.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    shown = "node => getComputedStyle(node, '::after').content"
    assert note.evaluate(shown) == f'"{place}"'


def test_a_heading_leads_to_its_own_question(visit: Opens) -> None:
    page = visit("/page/japan").page
    with page.expect_navigation():
        page.get_by_role("link", name="the question behind this (Claims made)").click()
    assert "/sparql" in page.url
    assert "claimant" in page.url


def test_paper_shows_what_is_said_and_no_way_about(visit: Opens) -> None:
    page = visit("/page/japan").page
    page.emulate_media(media="print")
    for gone in ("header.site nav", "nav.way", ".head > a", "footer.site nav"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("#sources").is_visible()
    page.emulate_media(media="screen")
