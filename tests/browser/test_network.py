"""The network explorer, worked by hand and by keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import Opens
from tests.browser.driving import context
from tests.browser.test_pages import BEYOND

NODES = "document.getElementById('explorer').graph.nodes().not('.gone').length"


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


def test_a_tie_within_the_middle_counts_once_however_it_got_there(visit: Opens) -> None:
    page = visit("/network?focus=japan").page
    page.wait_for_selector(".explorer.live")
    count = page.locator(".relations label:has([value=neighbourOf]) .count")
    assert count.text_content() == "1"
    page.locator("#nodes input[value=russia]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=russia*")
    assert count.text_content() == "1"
    page = visit("/network?focus=japan&focus=russia").page
    page.wait_for_selector(".explorer.live")
    assert page.locator(".relations label:has([value=neighbourOf]) .count").text_content() == "1"


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


def test_a_way_is_told_until_the_middle_changes(visit: Opens) -> None:
    seen = visit("/network?focus=nerve-agent&focus=tokyo")
    page = seen.page
    page.wait_for_selector(".explorer.live")
    told = page.locator(".between")
    assert told.locator("li").count() == 3
    assert violations(page) == []
    page.locator("#nodes input[value=japan]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=japan*")
    assert not told.is_visible()
    page.go_back()
    expect(told).to_be_visible()
    page.get_by_role("link", name="Put all of these in the middle").click()
    page.wait_for_selector(".explorer.live")
    assert page.locator("h1").inner_text() == (
        "Around nerve agent, attack on the Skripals, Japan and Tokyo"
    )
    assert seen.wrong == []


def test_on_a_telephone_what_is_touched_is_told_below_the_drawing(
    chrome: Browser, root: str
) -> None:
    window = context(chrome, "phone", "dark", has_touch=True, is_mobile=True)
    page = window.new_page()
    page.goto(f"{root}/network?focus=skripal-attack")
    page.wait_for_selector(".explorer.live")
    page.locator("#nodes label", has_text="nerve agent").tap()
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
    page.wait_for_selector(".explorer.live")
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
    page.wait_for_selector(".explorer.live")
    page.locator("#nodes input[value=expulsions-2018]").check()
    page.get_by_role("button", name="Expand").click()
    page.wait_for_url("**focus=expulsions-2018*")
    page.locator(".relations summary").click()
    assert violations(page) == []
    assert page.evaluate(BEYOND) == 0
    assert seen.wrong == []
