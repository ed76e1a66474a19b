"""The timeline, worked by hand and by keyboard."""

from playwright.sync_api import Locator

from tests.browser.axe import violations
from tests.browser.conftest import Opens


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
