"""The map, worked by hand and by keyboard."""

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import violations
from tests.browser.conftest import Opens


def numbers(svg: Locator) -> list[float]:
    return [float(number) for number in (svg.get_attribute("viewBox") or "").split()]


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
