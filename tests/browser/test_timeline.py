"""The timeline, worked by hand and by keyboard."""

import pytest
from playwright.sync_api import Browser, Locator, expect

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
    expect(seen.page.locator("ol.moments > li")).to_have_count(drawing.locator("a").count())
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
    assert f"{rows.count()} entries with a date" == page.locator("#found").inner_text()
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
    page.get_by_role("button", name="Show the busiest period").click()
    page.wait_for_url(lambda url: "from=" not in url)
    assert (
        page.locator("ol.moments > li:visible").count() == page.locator("ol.moments > li").count()
    )
    assert seen.wrong == []


@pytest.mark.parametrize(
    "query", ["from=2018-04-13&until=2018-04-13", "from=2018-04", "until=2014-02-10", "from=2030"]
)
def test_what_is_drawn_is_what_is_listed_whatever_the_days(visit: Opens, query: str) -> None:
    page = visit(f"/timeline?{query}").page
    drawing = page.locator("#drawn svg").first
    drawing.wait_for()
    assert drawing.locator("a").count() == page.locator("ol.moments > li").count() > 0


def test_the_keyboard_stays_at_a_moment_that_is_drawn_anew(visit: Opens) -> None:
    page = visit("/timeline").page
    drawing = page.locator("#drawn svg").first
    drawing.wait_for()
    # One in the middle: it stays in sight when the drawing is enlarged.
    names = drawing.locator("a text").all_text_contents()
    link = drawing.locator("a", has_text=names[len(names) // 2]).first
    link.focus()
    page.keyboard.press("+")
    expect(link).to_be_focused()
    page.keyboard.press("End")
    expect(link).to_have_count(0)
    expect(drawing).to_be_focused()


def test_facets_and_links_follow_the_span_that_is_chosen(visit: Opens) -> None:
    page = visit("/timeline?as=table").page
    page.locator("#drawn svg").first.wait_for()
    page.locator(".facets summary", has_text="Place").click()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url("**from=*")
    found = page.locator("table.moments-table tbody tr").count()
    assert page.locator("#found").inner_text() == f"{found} entries with a date"
    assert found == page.locator("#drawn svg").first.locator("a").count()
    first = page.get_by_label("From").input_value()
    assert f"from={first}" in page.url
    for link in ("List", "Calendar", "CSV", "XLSX", "JSON"):
        assert f"from={first}" in page.get_by_role("link", name=link, exact=True).get_attribute(
            "href"
        )
    assert first in page.get_by_role("link", name="See the query").get_attribute("href")
    places = page.locator(".facets details details", has_text="Place")
    assert places.get_attribute("open") is not None
    page.get_by_role("link", name="remove the first date").click()
    page.wait_for_url(lambda url: "from=" not in url and "until=" in url)


def test_a_list_that_cannot_follow_says_so(visit: Opens) -> None:
    page = visit("/timeline").page
    page.locator("#drawn svg").first.wait_for()
    page.route("**/timeline?*", lambda route: route.abort())
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator("#drawn .said")).to_contain_text("the server did not answer")


def test_days_are_chosen_without_scripts(chrome: Browser, root: str) -> None:
    window = chrome.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{root}/timeline?actor=japan")
    before = page.locator("ol.moments > li").count()
    page.get_by_label("From").fill("2018-04-01")
    page.get_by_label("to", exact=True).fill("2018-04-30")
    page.get_by_role("button", name="Apply").click()
    assert "actor=japan&from=2018-04-01&until=2018-04-30" in page.url
    assert 0 < page.locator("ol.moments > li").count() < before
    window.close()


def overlap(drawing: Locator) -> list[str]:
    """List the names in a drawing that lie outside it or run into another."""
    return drawing.evaluate(
        """(drawing) => {
          const frame = drawing.getBoundingClientRect();
          const names = [...drawing.querySelectorAll("a text")];
          const boxes = names.map((name) => name.getBoundingClientRect());
          const meet = (a, b) =>
            Math.abs(a.top - b.top) < 8 && a.right > b.left && b.right > a.left;
          const outside = ({ left, right }) => left < frame.left - 1 || right > frame.right + 1;
          const wrong = (one, at) =>
            outside(one) || boxes.slice(at + 1).some((other) => meet(one, other));
          return names.filter((_, at) => wrong(boxes[at], at)).map((name) => name.textContent);
        }"""
    )


def test_names_in_the_timeline_do_not_overlap(visit: Opens) -> None:
    for width in ("phone", "desktop"):
        drawing = visit("/timeline", width).page.locator("#drawn svg").first
        drawing.locator("a text").first.wait_for()
        assert overlap(drawing) == []


def test_names_in_the_timeline_do_not_overlap_whatever_their_size(visit: Opens) -> None:
    page = visit("/timeline").page
    drawing = page.locator("#drawn svg").first
    drawing.locator("a text").first.wait_for()
    drawing.evaluate("(drawing) => { drawing.style.fontSize = '18px'; }")
    page.get_by_role("button", name="Zoom in").click()
    assert overlap(drawing) == []


def test_names_in_the_timeline_do_not_overlap_without_the_style(chrome: Browser, root: str) -> None:
    window = chrome.new_context()
    page = window.new_page()
    page.route("**/style.css*", lambda route: route.abort())
    page.goto(f"{root}/timeline")
    drawing = page.locator("#drawn svg").first
    drawing.locator("a text").first.wait_for()
    assert overlap(drawing) == []
    window.close()


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
