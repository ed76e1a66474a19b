"""The map, worked by hand and by keyboard."""

import json

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.axe import violations
from tests.browser.conftest import Opens


def numbers(svg: Locator) -> list[float]:
    return [float(number) for number in (svg.get_attribute("viewBox") or "").split()]


def ground(page: Page) -> Locator:
    """Return the part of the map that has the view."""
    return page.locator("svg.map.world .ground")


def layout(page: Page) -> dict[str, list[float]]:
    """Return what the scripts place the points by."""
    text = page.locator("script.layout").text_content()
    assert text
    return json.loads(text)  # type: ignore[no-any-return]


def test_the_map_zooms_and_moves_by_keyboard(visit: Opens) -> None:
    seen = visit("/map")
    page = seen.page
    svg = ground(page)
    whole = svg.get_attribute("viewBox")
    assert svg.locator("a.territory").count() > 3
    page.get_by_role("button", name="Zoom in").click()
    near = svg.get_attribute("viewBox")
    assert near != whole
    page.locator("svg.map.world a.place").first.focus()
    page.keyboard.press("ArrowRight")
    assert svg.get_attribute("viewBox") != near
    page.get_by_role("button", name="Back to the events").click()
    assert numbers(svg) == pytest.approx([float(n) for n in whole.split()])
    page.get_by_role("button", name="Show the whole world").click()
    assert numbers(svg) == layout(page)["world"]
    page.get_by_label("Zoom to a territory").select_option("Crimea")
    assert numbers(svg)[2] < 40
    assert seen.wrong == []


def test_a_view_of_the_map_is_shared_by_its_address(visit: Opens, root: str) -> None:
    page = visit("/map?actor=shinzo-abe").page
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url("**view=*")
    shared = visit(page.url.removeprefix(root)).page
    near = numbers(ground(page))
    assert numbers(ground(shared)) == pytest.approx(near, abs=0.05)
    assert "actor=shinzo-abe" in shared.url


def test_a_map_is_dragged_without_following_a_link(visit: Opens) -> None:
    page = visit("/map").page
    before = numbers(ground(page))
    box = page.locator("svg.map.world a.place[aria-label^=Sochi] circle").last.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 40, steps=4)
    page.mouse.up()
    assert numbers(ground(page))[0] > before[0]
    assert page.locator(".card-at").is_hidden()
    assert "/map" in page.url


def test_a_point_on_the_map_says_what_happened_there(visit: Opens) -> None:
    seen = visit("/map")
    page = seen.page
    page.locator("a.place[aria-label^=Toronto]").focus()
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
    centre = page.locator("a.place[aria-label^=Syria] circle").last.bounding_box()
    page.mouse.click(centre["x"] + centre["width"] / 2, centre["y"] + centre["height"] / 2)
    titles = page.locator(".card-at h2").all_inner_texts()
    assert titles[0] == "Syria"
    assert "Syria, Eastern Ghouta" in titles[1:]


def test_what_happened_at_several_points_stands_once_below_all_of_them(visit: Opens) -> None:
    page = visit("/map").page
    page.locator("a.place[aria-label^=Bolshoi]").focus()
    page.keyboard.press("Enter")
    card = page.locator(".card-at")
    assert ", ".join(card.locator("h2").all_inner_texts()) == "Bolshoi Theatre, Moscow"
    links = card.locator("li a").evaluate_all("all => all.map((link) => link.href)")
    assert len(links) == len(set(links)) > 1


def boxes(names: Locator) -> list[dict[str, float]]:
    return names.evaluate_all("all => all.map((n) => n.getBoundingClientRect().toJSON())")


def touching(one: dict[str, float], other: dict[str, float]) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] + 4 < other["bottom"] and other["top"] + 4 < one["bottom"]


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_points_are_named_without_scripts_and_apart(chrome: Browser, root: str, width: int) -> None:
    window = chrome.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = window.new_page()
    page.goto(root + "/map")
    names = page.locator("svg.map.world .labels text:visible")
    texts = [" ".join(text.split()) for text in names.all_text_contents()]
    # On narrow screens there is no room at the eastern edge; zooming shows what is left out.
    for name in ("Crimea", "Da Nang", *(["Southern Kurils"] if width > 1000 else [])):
        assert any(text.startswith(name) for text in texts), (name, texts)
    found, frame = boxes(names), boxes(page.locator("svg.map.world"))[0]
    for at, one in enumerate(found):
        assert frame["left"] <= one["left"] < one["right"] <= frame["right"]
        assert not any(touching(one, other) for other in found[at + 1 :]), texts[at]
    window.close()


def test_from_near_the_coasts_are_finer(visit: Opens) -> None:
    seen = visit("/map?view=15,50,45")
    page = seen.page
    page.wait_for_selector("svg.map.world .coast >> nth=1", state="attached")
    assert page.locator("svg.map.world .coast .land").first.get_attribute("d").count("L") > 500
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert 0 < len([name for name in asked if "/coast_" in name]) < 8
    page.get_by_role("button", name="Show the whole world").click()
    assert not page.locator("svg.map.world .coast").first.is_visible()
    far = visit("/map").page
    far.wait_for_load_state("networkidle")
    asked = far.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in asked if "/coast_" in name]
    assert seen.wrong == []


def test_points_of_the_map_are_named_where_there_is_room(visit: Opens) -> None:
    page = visit("/map").page
    names = page.locator("svg.map.world .labels text")
    assert "Sochi (6)" in names.all_text_contents()
    found = boxes(names)
    for at, one in enumerate(found):
        assert not any(touching(one, other) for other in found[at + 1 :]), one


def test_the_land_on_a_map_is_drawn(visit: Opens) -> None:
    for path in ("/map", "/page/southern-kurils"):
        seen = visit(path)
        box = seen.page.evaluate("document.querySelector('svg.map use.land').getBBox().width")
        assert box > 10, path
        assert seen.wrong == []
