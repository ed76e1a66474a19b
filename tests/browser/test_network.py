"""The network explorer, worked by hand and by keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import BEYOND, violations
from tests.browser.conftest import Opens
from tests.browser.driving import context

NODES = "document.querySelectorAll('#graph .node').length"
PLACES = """[...document.querySelectorAll('#graph .node')].map(
  (node) => [node.dataset.id, node.getAttribute('transform')])"""


def test_the_network_opens_further_hides_and_remembers(visit: Opens) -> None:
    seen = visit("/network?focus=skripal-attack")
    page = seen.page
    page.wait_for_selector("#graph .node")
    before = page.evaluate(NODES)
    assert before > 5
    page.locator("#nodes input[value=japan-no-expulsion]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan-no-expulsion*")
    after = page.evaluate(NODES)
    assert after > before
    page.locator("#nodes input[value=sergei-skripal]").check()
    page.get_by_role("button", name="Hide").click()
    page.wait_for_url("**hide=sergei-skripal*")
    assert page.evaluate(NODES) < after
    shared = visit(page.url.removeprefix(seen.root))
    shared.page.wait_for_selector("#graph .node")
    assert shared.page.evaluate(NODES) == page.evaluate(NODES)
    page.get_by_role("button", name="Show all again").click()
    page.wait_for_url(lambda url: "hide" not in url)
    assert page.evaluate(NODES) == after
    assert seen.wrong == shared.wrong == []


def test_the_network_narrows_by_relation_and_kind_and_the_table_keeps_step(visit: Opens) -> None:
    page = visit("/network?focus=japan").page
    page.wait_for_selector("#graph .node")
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


def test_a_tie_within_the_middle_counts_once_however_it_got_there(visit: Opens) -> None:
    page = visit("/network?focus=japan").page
    page.wait_for_selector("#graph .node")
    count = page.locator(".relations label:has([value=neighbourOf]) .count")
    assert count.text_content() == "1"
    page.locator("#nodes input[value=russia]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=russia*")
    assert count.text_content() == "1"
    page = visit("/network?focus=japan&focus=russia").page
    page.wait_for_selector("#graph .node")
    assert page.locator(".relations label:has([value=neighbourOf]) .count").text_content() == "1"


@pytest.mark.parametrize(("width", "form"), [("desktop", "wide"), ("phone", "narrow")])
@pytest.mark.parametrize("layout", ["sides", "spread"])
def test_the_network_is_drawn_where_the_server_has_it(
    visit: Opens, root: str, layout: str, width: str, form: str
) -> None:
    query = f"focus=g7&focus=japan&layout={layout}"
    page = visit(f"/network?{query}", width).page
    page.wait_for_selector("#graph .node")
    nodes = page.request.get(f"{root}/network.json?{query}&form={form}").json()["nodes"]
    places = {one["id"]: [one["x"], one["y"]] for one in nodes}
    drawn = {slug: [float(n) for n in at[10:-1].split()] for slug, at in page.evaluate(PLACES)}
    assert drawn == places


def test_the_drawing_is_magnified_moved_and_fitted(visit: Opens) -> None:
    seen = visit("/network?focus=japan")
    page = seen.page
    page.wait_for_selector("#graph .node")
    sheet = page.locator("#graph svg > g")
    home = sheet.get_attribute("transform")
    page.get_by_role("button", name="Zoom in").click()
    larger = sheet.get_attribute("transform")
    assert larger != home
    page.get_by_role("button", name="Fit").click()
    assert sheet.get_attribute("transform") == home
    box = page.locator("#graph").bounding_box()
    assert box
    x, y = box["x"] + 10, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    assert sheet.get_attribute("transform") not in {home, larger}
    assert seen.wrong == []


def test_a_node_is_put_elsewhere_with_the_mouse_and_its_edges_follow(visit: Opens) -> None:
    page = visit("/network?focus=skripal-attack").page
    page.wait_for_selector("#graph .node")
    node = page.locator("#graph .node[data-id=nerve-agent]")
    before = node.get_attribute("transform")
    edges = page.locator("#graph .edge").evaluate_all("all => all.map(e => e.outerHTML)")
    box = node.locator(".shape").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y + 30, steps=4)
    page.mouse.up()
    assert node.get_attribute("transform") != before
    moved = page.locator("#graph .edge").evaluate_all("all => all.map(e => e.outerHTML)")
    assert sum(one != other for one, other in zip(edges, moved, strict=True)) >= 1
    assert page.locator(".chosen h3").count() == 0


def test_a_node_is_chosen_and_opened_in_the_drawing(visit: Opens) -> None:
    page = visit("/network?focus=skripal-attack").page
    page.wait_for_selector("#graph .node")
    node = page.locator("#graph .node[data-id=nerve-agent] .shape")
    node.click()
    assert page.locator(".chosen h3").inner_text() == "nerve agent"
    assert page.locator("#graph .node.hot").get_attribute("data-id") == "nerve-agent"
    node.dblclick()
    page.wait_for_url("**focus=nerve-agent*")


def test_no_more_things_are_put_in_the_middle_than_the_server_lays_out(visit: Opens) -> None:
    page = visit("/network?focus=g7").page
    page.wait_for_selector("#graph .node")
    slugs = [node[0] for node in page.evaluate(PLACES)][:12]
    page = visit("/network?" + "&".join(f"focus={slug}" for slug in slugs)).page
    page.wait_for_selector("#graph .node")
    before = page.evaluate(NODES)
    page.locator("#nodes label:not(.middle) input").first.check()
    page.get_by_role("button", name="Expand").click()
    expect(page.locator(".status")).to_contain_text("at most 12 things are put in the middle")
    assert page.evaluate(NODES) == before


def test_the_network_is_reached_by_keyboard(visit: Opens) -> None:
    page = visit("/network?focus=skripal-attack").page
    page.wait_for_selector("#graph .node")
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
    page.wait_for_selector("#graph .node")
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
    page.wait_for_selector("#graph .node")
    for act in (None, ".legend .kind-Person input", ".legend .kind-Claim input"):
        if act:
            before = page.url
            page.locator(act).click()
            page.wait_for_url(lambda url, before=before: url != before)
        query = parse_qs(urlsplit(page.locator("#question").get_attribute("href")).query)["query"]
        answer = page.request.get(
            f"{root}/sparql", params={"query": query[0], "format": "json"}
        ).json()
        others = {row["other"]["value"].split("/")[-1] for row in answer["results"]["bindings"]}
        shown = page.locator("#nodes input").evaluate_all("all => all.map((box) => box.value)")
        assert others == set(shown) - {"skripal-attack"}


def test_a_way_is_told_until_the_middle_changes(visit: Opens) -> None:
    seen = visit("/network?focus=nerve-agent&focus=tokyo")
    page = seen.page
    page.wait_for_selector("#graph .node")
    told = page.locator(".between")
    assert told.locator("li").count() > 1
    assert violations(page) == []
    page.locator("#nodes input[value=japan]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan*")
    assert not told.is_visible()
    page.go_back()
    expect(told).to_be_visible()
    page.get_by_role("link", name="Put all of these in the middle").click()
    page.wait_for_selector("#graph .node")
    heading = page.locator("h1").inner_text()
    assert heading.startswith("Around nerve agent, ")
    assert heading.endswith(" and Tokyo")
    assert seen.wrong == []


def test_on_a_telephone_what_is_touched_is_told_below_the_drawing(
    chrome: Browser, root: str
) -> None:
    window = context(chrome, "phone", "dark", has_touch=True, is_mobile=True)
    page = window.new_page()
    page.goto(f"{root}/network?focus=skripal-attack")
    page.wait_for_selector("#graph .node")
    page.locator("#nodes label").get_by_text("nerve agent", exact=True).tap()
    drawing, card = (page.locator(name).bounding_box() for name in ("#graph", ".chosen"))
    legend = page.locator(".legend").bounding_box()
    assert drawing
    assert card
    assert legend
    assert drawing["y"] + drawing["height"] <= card["y"] < card["y"] + 40 < legend["y"]
    fingers = page.locator(".legend label, #nodes label, .relations label, .tools button:visible")
    heights = fingers.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(height for height in heights if height) >= 38
    window.close()


def test_what_ties_two_things_together_is_said(visit: Opens) -> None:
    page = visit("/network?focus=hungary&focus=skripal-attack").page
    page.wait_for_selector("#graph .node")
    told = page.locator(".shared li")
    assert told.count() == 1
    assert told.inner_text().startswith("expulsion of Russian diplomats")
    assert "agent Hungary" in told.inner_text()
    page.locator(".legend .kind-Event input").uncheck()
    page.wait_for_url("**without=Event*")
    assert told.count() == 0
    assert page.locator(".shared .none").is_visible()


@pytest.mark.parametrize("path", ["/network", "/network?focus=japan"])
def test_names_are_offered_for_a_thing_to_add(visit: Opens, path: str) -> None:
    seen = visit(path)
    seen.page.locator("#add").press_sequentially("Skrip")
    expect(seen.page.locator("#add-names option[value='Sergei Skripal']")).to_have_count(1)
    assert seen.wrong == []


@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_an_expanded_network_is_accessible(visit: Opens, width: str, scheme: str) -> None:
    seen = visit("/network?focus=hungary&focus=skripal-attack", width, scheme)
    page = seen.page
    page.wait_for_selector("#graph .node")
    page.locator("#nodes input[value=expulsions-2018]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=expulsions-2018*")
    page.locator(".relations summary").click()
    assert violations(page) == []
    assert page.evaluate(BEYOND) == 0
    assert seen.wrong == []
