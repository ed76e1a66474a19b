"""The views over the graph, worked by hand and by keyboard; and without scripts."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.axe import violations
from tests.browser.conftest import Opens
from tests.browser.test_pages import BEYOND

NODES = "document.getElementById('explorer').graph.nodes().not('.gone').length"


def numbers(svg: Locator) -> list[float]:
    return [float(number) for number in (svg.get_attribute("viewBox") or "").split()]


def pinch(drawing: Locator, apart: int) -> None:
    """Put two fingers on a drawing and move them apart."""
    box = drawing.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    hand = drawing.page.context.new_cdp_session(drawing.page)
    for kind, half in (("Start", 20), ("Move", apart / 4), ("Move", apart / 2), ("End", 0)):
        fingers = [{"x": x - half, "y": y, "id": 1}, {"x": x + half, "y": y, "id": 2}]
        points = fingers if half else []
        hand.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
    hand.detach()


def test_the_map_zooms_and_moves_by_keyboard(visit: Opens) -> None:
    seen = visit("/map")
    page = seen.page
    svg = page.locator("svg.map.world")
    whole = svg.get_attribute("viewBox")
    assert svg.locator("a.territory").count() > 3
    page.get_by_role("button", name="Zoom in").click()
    near = svg.get_attribute("viewBox")
    assert near != whole
    svg.locator("a.spot").first.focus()
    page.keyboard.press("ArrowRight")
    assert svg.get_attribute("viewBox") != near
    page.get_by_role("button", name="Back to where it happened").click()
    assert numbers(svg) == pytest.approx([float(n) for n in whole.split()])
    page.get_by_role("button", name="Show the whole world").click()
    assert numbers(svg) == [float(n) for n in svg.get_attribute("data-world").split()]
    page.get_by_label("Zoom to a territory").select_option("Crimea")
    assert numbers(svg)[2] < 40
    assert seen.wrong == []


def test_a_view_of_the_map_is_shared_by_its_address(visit: Opens, root: str) -> None:
    page = visit("/map?actor=shinzo-abe").page
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url("**view=*")
    shared = visit(page.url.removeprefix(root)).page
    near = numbers(page.locator("svg.map.world"))
    assert numbers(shared.locator("svg.map.world")) == pytest.approx(near, abs=0.05)
    assert "actor=shinzo-abe" in shared.url


def test_a_map_is_dragged_without_following_a_link(visit: Opens) -> None:
    page = visit("/map").page
    before = numbers(page.locator("svg.map.world"))
    box = page.locator("svg.map.world a.spot[aria-label^=Sochi] circle").last.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 40, steps=4)
    page.mouse.up()
    assert numbers(page.locator("svg.map.world"))[0] > before[0]
    assert page.locator(".card-at").is_hidden()
    assert "/map" in page.url


def test_a_point_on_the_map_says_what_happened_there(visit: Opens) -> None:
    seen = visit("/map")
    page = seen.page
    page.locator("a.spot[aria-label^=Toronto]").focus()
    page.keyboard.press("Enter")
    card = page.locator(".card-at")
    assert "G7 foreign ministers' meeting" in card.inner_text()
    assert card.get_by_role("link", name="Toronto", exact=True).get_attribute("href") == (
        "/page/toronto"
    )
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert card.is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Toronto")
    assert seen.wrong == []


def test_of_points_that_overlap_the_one_pointed_at_comes_first(visit: Opens) -> None:
    page = visit("/map", "phone").page
    centre = page.locator("a.spot[aria-label^=Syria] circle").last.bounding_box()
    page.mouse.click(centre["x"] + centre["width"] / 2, centre["y"] + centre["height"] / 2)
    titles = page.locator(".card-at h2").all_inner_texts()
    assert titles[0] == "Syria"
    assert "Eastern Ghouta" in titles[1:]


def test_points_of_the_map_are_named_where_there_is_room(visit: Opens) -> None:
    page = visit("/map").page
    names = page.locator("svg.map.world .labels text")
    assert "Sochi (6)" in names.all_text_contents()
    boxes = names.evaluate_all("all => all.map((n) => n.getBoundingClientRect().toJSON())")
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"] + 4
                or other["bottom"] <= one["top"] + 4
            )
            assert apart, (one, other)


def test_the_land_on_a_map_is_drawn(visit: Opens) -> None:
    for path in ("/map", "/page/southern-kurils"):
        seen = visit(path)
        box = seen.page.evaluate("document.querySelector('svg.map use.land').getBBox().width")
        assert box > 10, path
        assert seen.wrong == []


def test_the_timeline_is_drawn_and_zooms(visit: Opens) -> None:
    seen = visit("/timeline")
    drawing = seen.page.locator("#drawn svg").first
    drawing.wait_for()
    ticks = drawing.locator(".tick-label").all_text_contents()
    seen.page.get_by_role("button", name="Zoom in").click()
    assert drawing.locator(".tick-label").all_text_contents() != ticks
    seen.page.get_by_role("button", name="Show all since").click()
    assert drawing.locator("a").count() == seen.page.locator("ol.moments > li").count()
    drawing.locator("a").first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/page/*")
    assert seen.wrong == []


def test_the_timeline_opens_where_most_is_and_lists_everything(visit: Opens) -> None:
    page = visit("/timeline").page
    drawing = page.locator("#drawn svg").first
    drawing.wait_for()
    rows = page.locator("ol.moments > li")
    assert 10 < drawing.locator("a").count() < rows.count()
    assert rows.evaluate_all("all => all.every((row) => !row.hidden)")
    assert drawing.locator("a.throughout", has_text="Abe as prime minister").count() == 1
    assert "from=" not in page.url


def test_the_list_follows_the_span_that_is_chosen_and_the_address_shares_it(visit: Opens) -> None:
    seen = visit("/timeline?from=2018-04-01&until=2018-04-30")
    page = seen.page
    drawing = page.locator("#drawn svg").first
    drawing.wait_for()
    shown = page.locator("ol.moments > li:visible")
    assert shown.count() == drawing.locator("a").count()
    assert page.locator("ol.moments > li#annexation-of-crimea:visible").count() == 0
    assert "1 April 2018 – 30 April 2018" in page.locator("#drawn .said").inner_text()
    assert violations(page) == []
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**from=2018-04-05*")
    assert "from=2018-04-05" in page.locator(".facets a").first.get_attribute("href")
    page.get_by_role("button", name="Show where most is").click()
    page.wait_for_url(lambda url: "from=" not in url)
    assert (
        page.locator("ol.moments > li:visible").count() == page.locator("ol.moments > li").count()
    )
    assert seen.wrong == []


def test_names_in_the_timeline_do_not_overlap(visit: Opens) -> None:
    for width in ("phone", "desktop"):
        page = visit("/timeline", width).page
        page.locator("#drawn svg").first.wait_for()
        boxes = (
            page.locator("#drawn svg")
            .first.locator("a text")
            .evaluate_all("all => all.map((n) => n.getBoundingClientRect().toJSON())")
        )
        frame = page.locator("#drawn svg").first.bounding_box()
        for at, one in enumerate(boxes):
            assert one["left"] >= frame["x"] - 1
            assert one["right"] <= frame["x"] + frame["width"] + 1
            for other in boxes[at + 1 :]:
                level = abs(one["top"] - other["top"]) < 8
                assert not level or one["right"] <= other["left"] or other["right"] <= one["left"]


def test_the_timeline_is_pinched_and_dragged(visit: Opens) -> None:
    page = visit("/timeline").page
    drawing = page.locator("#drawn svg").first
    drawing.wait_for()
    said = page.locator("#drawn .said")
    before = said.inner_text()
    pinch(drawing, 300)
    near = said.inner_text()
    assert near != before
    assert drawing.locator("a").count() < 29
    box = drawing.bounding_box()
    page.mouse.move(box["x"] + 500, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 100, steps=4)
    page.mouse.up()
    assert said.inner_text() != near
    assert "/timeline" in page.url


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
    page.locator("#nodes input[value=japan-no-expulsion]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan-no-expulsion*")
    after = page.evaluate(NODES)
    assert after > before
    page.locator("#nodes input[value=sergei-skripal]").check()
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
    assert page.locator("#nodes input").count() == page.evaluate(NODES)


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
    page.locator("#nodes input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".chosen h3").inner_text()
    assert chosen == page.locator("#nodes label:has(:checked)").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Expand"


def test_going_back_takes_a_step_back(visit: Opens) -> None:
    seen = visit("/network?focus=skripal-attack")
    page = seen.page
    page.wait_for_selector(".explorer.live")
    before = page.evaluate(NODES)
    page.locator("#nodes input[value=japan-no-expulsion]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan-no-expulsion*")
    more = page.evaluate(NODES)
    page.go_back()
    expect(page.locator("#nodes input")).to_have_count(before)
    assert "japan-no-expulsion" not in page.url
    assert page.locator("h1").inner_text() == "Around attack on the Skripals"
    page.go_forward()
    expect(page.locator("#nodes input")).to_have_count(more)
    assert seen.wrong == []


def test_the_question_behind_the_network_is_about_what_is_shown(visit: Opens, root: str) -> None:
    page = visit("/network?focus=skripal-attack&hide=sergei-skripal&without=Claim").page
    page.wait_for_selector(".explorer.live")
    for act in (None, ".legend .kind-Person input", ".legend .kind-Claim input"):
        if act:
            page.locator(act).click()
        query = parse_qs(urlsplit(page.locator("#question").get_attribute("href")).query)["query"]
        answer = page.request.get(
            f"{root}/sparql", params={"query": query[0], "format": "json"}
        ).json()
        others = {row["other"]["value"].split("/")[-1] for row in answer["results"]["bindings"]}
        shown = page.locator("#nodes input").evaluate_all("all => all.map((box) => box.value)")
        assert others == set(shown) - {"skripal-attack"}


def test_what_ties_two_things_together_is_said(visit: Opens) -> None:
    page = visit("/network?focus=hungary&focus=skripal-attack").page
    page.wait_for_selector(".explorer.live")
    told = page.locator(".shared li")
    assert told.count() == 1
    assert told.inner_text().startswith("expulsion of Russian diplomats")
    assert "agent Hungary" in told.inner_text()
    page.locator(".legend .kind-Event input").uncheck()
    page.wait_for_url("**without=Event*")
    assert told.count() == 0
    assert page.locator(".shared .none").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_an_expanded_network_is_accessible(visit: Opens, width: str, scheme: str) -> None:
    seen = visit("/network?focus=hungary&focus=skripal-attack", width, scheme)
    page = seen.page
    page.wait_for_selector(".explorer.live")
    page.locator("#nodes input[value=expulsions-2018]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=expulsions-2018*")
    page.locator(".relations summary").click()
    assert violations(page) == []
    assert page.evaluate(BEYOND) == 0
    assert seen.wrong == []


@pytest.mark.parametrize("path", ["/map", "/timeline?from=2018-04-01&until=2018-04-30&as=table"])
def test_opened_views_are_accessible_on_a_telephone_at_night(visit: Opens, path: str) -> None:
    seen = visit(path, "phone", "dark")
    page = seen.page
    if path == "/map":
        page.locator("a.spot[aria-label^=Sochi]").focus()
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
        ("/map", "svg.map a.spot"),
        ("/map", ".inset a.territory"),
        ("/network?focus=japan", "svg.ego a"),
        ("/network", "svg.ego a"),
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
